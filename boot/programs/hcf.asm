; Highest common factor
; by Geoff Tootill, June 1948
;
; Finds the largest number that divides both lines 30 and 31, the way Euclid
; did it: the smaller takes the place of the larger, and what is left of the
; larger that of the smaller, until 0 or 1 is left. The numbers are the first
; digits of pi and of e. Put others into lines 30 and 31, the larger into 30.
; Watch: lines 29, 30 and 31 shrink from the right as the rests get smaller.
; Operate: F5. For other numbers type them over the old ones, put out the
; lamp with F6, clear control with Esc C, and F5.
; Ends: stops at line 16 after 417 instructions with 1 in line 31: no common
; factor. With 0 in line 31 the answer would be in line 30.
22
0 NUM 0           ; leads to line 1
1 LDN 30          ; minus the larger
2 STO 29          ; keep it
3 LDN 31          ; minus the smaller
4 STO 31          ; keep it
5 LDN 31          ; A = smaller
6 STO 30          ; next time the larger
7 LDN 29          ; A = larger
8 SUB 30          ; take away the smaller
9 CMP             ; gone below 0?
10 JRP 27         ; no: again, line 8
11 SUB 31         ; one back: the rest
12 STO 31         ; now the smaller
13 SUB 28         ; less 2
14 CMP            ; was it 0 or 1?
15 JMP 0          ; no: next round, line 1
16 STP            ; yes: done
27 NUM -3         ; two lines up
28 NUM 2          ; two
29 NUM 0          ; minus the larger
30 NUM 314159265  ; larger number, answer
31 NUM 271828183  ; smaller number, rest
