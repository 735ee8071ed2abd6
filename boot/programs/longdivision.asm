; Long division, 36 by 5
; by Alan Turing and Geoff Tootill, July 1948
;
; Divides as one does on paper, in base two: does the divisor go? Write a 1
; or a 0 and double the rest. Line 30 holds the divisor doubled n times, here
; twice, so that it is not above the number but above its half, and line 29
; holds 2^(31-n). The sign digit is part of the quotient.
; Watch: the quotient enters line 28 at digit 29 and is pushed to the right
; edge, while line 31 shrinks.
; Operate: F6 again and again, one instruction at a time.
; Ends: stops at line 19 after 53 instructions. The last three digits of line
; 28 are the quotient, 7; line 31 is minus the rest, doubled three times: -8.
32
0 NUM 19          ; leads to line 20
1 LDN 31          ; minus the number
2 STO 31          ; keep it
3 LDN 31          ; A = number
4 SUB 30          ; less the divisor
5 CMP             ; does it go?
6 JMP 0           ; yes: line 20
7 LDN 31          ; A = number
8 STO 31          ; as it was
9 LDN 28          ; minus the quotient
10 SUB 28         ; doubled
11 STO 28         ; a 0 is added to it
12 LDN 31         ; minus the rest
13 SUB 31         ; doubled
14 STO 31         ; next rest, negative
15 LDN 28         ; turn the sign
16 STO 28         ; quotient so far
17 CMP            ; first 1 at digit 31?
18 JMP 26         ; not yet: line 3
19 STP            ; done
20 STO 31         ; rest without divisor
21 LDN 29         ; minus the marker
22 SUB 28         ; less the quotient
23 SUB 28         ; and again
24 STO 28         ; a 1 is added to it
25 JMP 27         ; go on at line 12
26 NUM 2          ; leads to line 3
27 NUM 11         ; leads to line 12
28 NUM 0          ; quotient
29 NUM 536870912  ; 2^29, the marker
30 NUM 20         ; divisor, doubled twice
31 NUM 36         ; number, then the rest
