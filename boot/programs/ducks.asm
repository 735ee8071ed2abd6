; Ducks on a pond
; by the Baby project, 2026
;
; A duck and her two ducklings swim to the right, and come in again at the
; left. Doubling a word moves it one digit to the right, as digit 0 is at the
; left. The program rewrites its own lines 1 and 7 to go from row to row, and
; counts the rows in digits 28 to 31 of them, which the machine does not read.
; Watch: lines 23 to 31, the pond; a stroke every 0.18 seconds. Lines 1 and 7
; count along.
; Operate: F5 runs and stops it, F12 makes the ducks swim faster.
; Ends: never.
32
0 NUM 0             ; leads to line 1
1 NUM -2147467241   ; LDN 23, count at 28
2 CMP               ; digit 31 clear?
3 SUB 19            ; no: it comes back at 1
4 STO 18            ; minus the row
5 LDN 18            ; A = row
6 SUB 18            ; doubled: one step right
7 NUM -2147459049   ; STO 23, count at 28
8 LDN 1             ; minus line 1
9 SUB 20            ; next row
10 STO 18
11 LDN 18           ; A = new line 1
12 CMP              ; count run out?
13 SUB 21           ; yes: back to row 23
14 STO 1            ; LDN next row
15 SUB 22           ; LDN becomes STO
16 STO 7            ; STO next row
17 JMP 0            ; next row, line 1
18 NUM 0            ; work line
19 NUM 1            ; one
20 NUM 268435457    ; one row, one count
21 NUM -2147483640  ; eight of them
22 NUM -8192        ; from LDN to STO
23 NUM 14680064     ; mother duck
24 NUM 28311552
25 NUM 133169152
26 NUM 15764504     ; ducklings
27 NUM 16366970
28 NUM 16748318
29 NUM 16748060
30 NUM 8326168
31 NUM -555893317   ; water
