; Highest factor of 2^18, lecture copy
; by Tom Kilburn, July 1948
;
; The program of July 1948 as it is sometimes printed in lectures: line 22
; holds 1 instead of 4. Each new trial then starts three lines too early and
; does over what lines 2 to 4 have done. The answer is the same, it only
; takes a fifth longer. Compare it with july1948.
; Watch: lines 26 and 27; the trial is first written twice over.
; Operate: F5; Esc M for as fast as the PC can.
; Ends: stops at line 13 after 2490367 instructions (60 minutes at 1.44 ms);
; line 27 then holds 131072.
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
19 JMP 22       ; next trial, line 2
20 NUM -3       ; two lines up
21 NUM 1        ; one
22 NUM 1        ; leads to line 2
23 NUM -262144  ; minus the number
24 NUM 262143   ; first trial
25 NUM 0        ; the rest
26 NUM 0        ; minus the trial
27 NUM 0        ; trial, then the answer
