; Fibonacci numbers
; by the Baby project, 2026
;
; Each number is the sum of the two before it: 1, 1, 2, 3, 5, 8, 13 ... The
; machine cannot add, so line 3 takes away from a negative instead. When a sum
; no longer fits it turns negative, and the test in line 6 ends it.
; Watch: lines 16 and 17 push each other to the right; each new number is
; about two thirds of a digit longer than the last.
; Operate: F11 until each instruction can be followed, then F5.
; Ends: stops at line 8 after 502 instructions with the 46th number,
; 1836311903, in line 17.
18
0 NUM 0         ; leads to line 1
1 LDN 17        ; minus this one
2 STO 18        ; keep it
3 SUB 16        ; minus the sum
4 STO 19
5 LDN 19        ; A = sum
6 CMP           ; too large?
7 JMP 13        ; no: line 9
8 STP           ; yes: done
9 STO 17        ; sum is this one
10 LDN 18       ; A = this one before
11 STO 16       ; now the one before
12 JMP 0        ; next, line 1
13 NUM 8        ; leads to line 9
16 NUM 0        ; the one before
17 NUM 1        ; this one
18 NUM 0        ; minus this one
19 NUM 0        ; minus the sum
