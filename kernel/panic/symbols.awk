# SPDX-License-Identifier: MIT
# Generates the symbol table of symbols.h from `nm -n`, without local labels.
BEGIN { print "\t.section .rodata\n\t.global symbol_count, symbol_places" \
              ", symbol_names\n\t.balign 4\nsymbol_places:" }
$2 ~ /^[tT]$/ && $3 !~ /^\.L/ {
    print "\t.long 0x" $1
    names = names "\t.asciz \"" $3 "\"\n"
    count++
}
END { print "symbol_count:\n\t.long " count + 0 "\nsymbol_names:\n" names \
            "\t.section .note.GNU-stack, \"\", @progbits" }
