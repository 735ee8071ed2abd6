# SPDX-License-Identifier: MIT
# Generates the symbol table of symbols.h from `nm -n`, omitting local labels.
# The table is placed after all code, so that adding it does not move the code.
$2 ~ /^[tT]$/ && $3 !~ /^\.L/ {
    sub(/\..*/, "", $3) # of a copy that gcc specialized
    if (count++ > 0)
        gaps = gaps "\t.short 0x" $1 " - 0x" last "\n"
    else
        first = $1
    last = $1
    names = names "\t.asciz \"" $3 "\"\n"
}
END {
    print "\t.section .rodata\n\t.balign 4"
    print "\t.global symbol_count, symbol_first, symbol_gaps, symbol_names"
    print "symbol_count:\n\t.long " count + 0
    print "symbol_first:\n\t.long 0x" (count ? first : 0)
    print "symbol_gaps:\n" gaps "symbol_names:\n" names
    print "\t.section .note.GNU-stack, \"\", @progbits"
}
