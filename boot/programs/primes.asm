; Prime numbers, one at each stop
; by the Baby project, 2026
;
; Stops at every prime number from 3 on. A number is tried by all the numbers
; below it, from the largest down; if none goes into it, it is prime. To go on
; after a stop press KC once and start again.
; Watch: line 28, the trial, runs down to 2 and then shows the prime.
; Operate: F5; at each Stop F6 puts out the lamp, and F5 goes on.
; Ends: stops at line 24 after 24 instructions with the first prime, 3, in
; line 28; the next stops are 5, 7, 11 ... without end.
32
0 NUM 0         ; leads to line 1
1 LDN 27        ; A = old number less 1
2 SUB 26        ; A = old number
3 STO 28        ; first trial for next
4 LDN 28        ; its negative
5 STO 27        ; keep it
6 LDN 27        ; A = number less 1
7 SUB 28        ; take away the trial
8 CMP           ; gone below 0?
9 JRP 30        ; no: again, line 7
10 SUB 26       ; 0 if it divides
11 CMP          ; does it?
12 JMP 0        ; yes: not prime, line 1
13 LDN 28       ; minus the trial
14 SUB 26       ; one less
15 STO 28
16 LDN 28       ; A = next trial
17 STO 28       ; keep it
18 SUB 29       ; less 2
19 CMP          ; down to 1?
20 JMP 31       ; no: try it, line 6
21 LDN 27       ; prime: A = prime less 1
22 SUB 26       ; one more
23 STO 28       ; show it
24 STP          ; KC, then run: next
25 JMP 0        ; next number, line 1
26 NUM -1       ; minus one
27 NUM -1       ; minus number, plus 1
28 NUM 0        ; trial, then the prime
29 NUM 2        ; two
30 NUM -3       ; two lines up
31 NUM 5        ; leads to line 6
