; A counter that runs for ever and rewrites no instruction
;
; For benchmarks.  Line 20 counts down from 0.
1 LDN 20
2 SUB 21
3 STO 20
4 LDN 20
5 STO 20
6 JMP 0
21 NUM 1
