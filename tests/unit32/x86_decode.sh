#!/bin/sh
# SPDX-License-Identifier: MIT
# x86_decode.sh TEST FOLDER: checks that the translator generates code for an
# 80386 and that our disassembler agrees with objdump.  Each distinct
# instruction is assembled again for an i386.
set -e
code=$2/code.bin
list=$2/code.s

tests/lib/i386.sh run "$1" --code "$code" "$2/ours.txt"
objdump -D -b binary -m i386 -M intel --no-show-raw-insn "$code" |
    sed -n 's/^ *\([0-9a-f]*:\)\t/\1 /p' |
    sed 's/  */ /g; s/ $//' >"$2/theirs.txt"
if ! diff "$2/ours.txt" "$2/theirs.txt" >"$2/code.diff"; then
    echo "translator: our disassembly differs from that of objdump:"
    head -n 6 "$2/code.diff"
    exit 1
fi
objdump -D -b binary -m i386 --no-show-raw-insn "$code" |
    sed -n 's/^ *[0-9a-f]*:\t//p' |
    sed 's/0x[0-9a-f]*/0x1234567/g; s/[ \t]*$//' | sort -u >"$list"

assemble() {
    as --32 -march=i386+no87 -o "$2/code.o" "$1"
}

echo 'cmovs %eax, %ecx' >"$2/later.s"
if assemble "$2/later.s" "$2" 2>/dev/null; then
    echo "translator: this assembler accepts instructions that an 80386 lacks"
    exit 1
fi
assemble "$list" "$2"
if [ "$(wc -l <"$list")" -lt 30 ]; then
    echo "translator: too few kinds of instructions"
    exit 1
fi
echo "translator: $(wc -l <"$list") kinds of instructions, all of the i386"
