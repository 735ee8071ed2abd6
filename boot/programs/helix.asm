; A turning double helix
; by the Baby project, 2026
;
; Two strands wound round each other seem to turn, though all the program does
; is copy each of the lines 19 to 31 one line up, over and over. The twelfth
; row fits under the first again, so there is no seam. Lines 1 and 4 are
; rewritten to go from row to row; digits 27 to 31 of line 1 count the rows.
; Watch: lines 19 to 31; the helix moves a line every quarter of a second.
; Operate: F5; F12 turns it faster, F11 slower.
; Ends: never.
32
0 NUM 0            ; leads to line 1
1 NUM -1610596332  ; LDN 20, count at 27
2 STO 15           ; minus the row below
3 LDN 15           ; A = row below
4 STO 19           ; one row up
5 LDN 1            ; minus line 1
6 SUB 16           ; LDN becomes STO
7 STO 15
8 LDN 15
9 STO 4            ; STO, next row
10 SUB 17          ; LDN, row after
11 CMP             ; count run out?
12 SUB 18          ; yes: back to row 19
13 STO 1           ; LDN, row after
14 JMP 0           ; next row, line 1
15 NUM 0           ; work line
16 NUM 8192        ; from LDN to STO
17 NUM -134209537  ; back, one row on
18 NUM 1744830477  ; thirteen rows
19 NUM 939524124   ; the helix
20 NUM 492153528
21 NUM 117440736
22 NUM 29361024
23 NUM 3824640
24 NUM 458752      ; one strand in front
25 NUM 57344
26 NUM 3824640
27 NUM 29361024
28 NUM 117440736
29 NUM 492153528
30 NUM 939524124
31 NUM 939524124   ; same as line 19
