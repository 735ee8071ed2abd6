; Highest factor of 2^18, first program
; by Tom Kilburn, June 1948
;
; Finds the largest number below 262144 that divides it, by trying every one
; from 262143 down. There is no division: a trial is taken away again and
; again until the rest turns negative. As far as is known, this is the text
; that Kilburn and Tootill put together again in 1996; the first run of such
; a program, on a small number, was on 21 June 1948.
; Watch: lines 20 and 22, the trial and its negative, count down together.
; Operate: F5; Esc M for as fast as the PC can.
; Ends: stops at line 17 after 2228228 instructions (53 minutes at 1.44 ms);
; line 20 then holds 131071, one less than the answer 131072.
25
1 LDN 18        ; clear A, not needed
2 LDN 19        ; A = the number
3 SUB 20        ; take away the trial
4 CMP           ; gone below 0?
5 JRP 21        ; no: again, line 3
6 SUB 22        ; one back: the rest
7 STO 24        ; keep it
8 LDN 22        ; A = trial
9 SUB 23        ; one less
10 STO 20       ; next trial
11 LDN 20       ; its negative
12 STO 22       ; next negative
13 LDN 24       ; minus the rest
14 CMP          ; any rest?
15 JMP 25       ; none: to line 17
16 JMP 18       ; next trial, line 1
17 STP          ; found
18 NUM 0        ; nought
19 NUM -262144  ; minus the number
20 NUM 262143   ; trial
21 NUM -3       ; two lines up
22 NUM -262143  ; minus the trial
23 NUM 1        ; one
24 NUM 0        ; the rest
25 NUM 16       ; leads to line 17
