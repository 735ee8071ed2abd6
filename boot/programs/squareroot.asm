; Square root of 1948
; by the Baby project, 2026
;
; The odd numbers 1, 3, 5, 7 ... add up to the squares 1, 4, 9, 16 ... So take
; them away one by one while you can: how many there were is the root. For
; another number put its negative into line 20.
; Watch: line 20 shrinks to the rest while line 21 counts 0, 1, 2, 3 ...
; Operate: F11 to slow it down, then F5.
; Ends: stops at line 7 after 666 instructions with the root, 44, in line 21
; and minus the rest, -12, in line 20: 44 times 44 is 1936.
22
0 NUM 0         ; leads to line 1
1 LDN 20        ; A = number
2 SUB 21        ; less the root
3 SUB 21        ; twice
4 SUB 22        ; and less 1
5 CMP           ; gone below 0?
6 JMP 17        ; no: line 8
7 STP           ; yes: done
8 STO 19        ; rest
9 LDN 19        ; its negative
10 STO 20       ; keep it
11 LDN 21       ; minus the root
12 SUB 22       ; one more
13 STO 19
14 LDN 19       ; A = root, 1 more
15 STO 21       ; keep it
16 JMP 0        ; next, line 1
17 NUM 7        ; leads to line 8
19 NUM 0        ; work line
20 NUM -1948    ; minus number, then rest
21 NUM 0        ; root
22 NUM 1        ; one
