#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs i386 programs on this host.
#
#   i386.sh how                 prints native, emulated or none
#   i386.sh executes            succeeds if the system runs them natively
#   i386.sh run PROGRAM [..]    runs one, under qemu-i386 if necessary
#
# "none": HOSTCC -m32 cannot build a program.  I386=emulated or I386=none in the
# environment overrides the detection, for tests.
set -eu

HOSTCC=${HOSTCC:-cc}

# An exit(0) without libc: 32-bit libraries may be missing until `make deps`.
executes() {
    [ -z "${I386:-}" ] || [ "$I386" = native ] || return 1
    folder=$(mktemp -d)
    cat >"$folder/exit.s" <<'END'
        .globl _start
_start: movl    $1, %eax
        xorl    %ebx, %ebx
        int     $0x80
END
    runs=0
    $HOSTCC -m32 -nostdlib -static -o "$folder/exit" "$folder/exit.s" \
        2>/dev/null && "$folder/exit" 2>/dev/null || runs=1
    rm -r "$folder"
    return $runs
}

makes() {
    echo 'int main(void) { return 0; }' |
        $HOSTCC -m32 -xc - -o /dev/null 2>/dev/null
}

how() {
    if [ -n "${I386:-}" ]; then
        echo "$I386"
    elif ! makes; then
        echo none
    elif executes; then
        echo native
    else
        echo emulated
    fi
}

case $1 in
how) how ;;
executes) executes ;;
run)
    shift
    [ "$(how)" != native ] || exec "$@"
    command -v qemu-i386 >/dev/null || {
        echo "qemu-i386 is missing: make deps installs it (qemu-user on" \
            "Debian)."
        exit 1
    }
    exec qemu-i386 "$@"
    ;;
esac
