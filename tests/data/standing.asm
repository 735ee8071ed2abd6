; Round and round
; by the Baby project, 2026
;
; Nothing on the tube changes, so that a picture of it can be compared.
1
1 JMP 0
