; Highest factor of 989, July 1948
; by Tom Kilburn, July 1948
;
; The program of July 1948 with a smaller number, so that the speed of 1948
; is fast enough to wait for the end. The trials run from 988 down until one
; leaves no rest. 989 is 23 times 43.
; Watch: line 27, the trial, counts down to the answer.
; Operate: F5, and wait half a minute.
; Ends: stops at line 13 after 20439 instructions (29 seconds at 1.44 ms);
; line 27 then holds 43.
27
1 LDN 24        ; minus first trial
2 STO 26        ; keep it
3 LDN 26        ; A = trial
4 STO 27        ; trial
5 LDN 23        ; A = the number
6 SUB 27        ; take away the trial
7 CMP           ; gone below 0?
8 JRP 20        ; no: again, line 6
9 SUB 26        ; one back: the rest
10 STO 25       ; keep it
11 LDN 25       ; minus the rest
12 CMP          ; any rest?
13 STP          ; none: found
14 LDN 26       ; A = trial
15 SUB 21       ; one less
16 STO 27       ; next trial
17 LDN 27       ; its negative
18 STO 26       ; keep it
19 JMP 22       ; next trial, line 5
20 NUM -3       ; two lines up
21 NUM 1        ; one
22 NUM 4        ; leads to line 5
23 NUM -989     ; minus the number
24 NUM 988      ; first trial
25 NUM 0        ; the rest
26 NUM 0        ; minus the trial
27 NUM 0        ; trial, then the answer
