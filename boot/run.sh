#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Boots the Baby in QEMU:
#
#     run.sh image ISO        boots the image in a window, or in this terminal
#                             if there is no display
#     run.sh serial KERNEL    boots the kernel with its console on COM1, which
#                             is this terminal
#
# QEMU is the emulator's command.
set -eu

: "${QEMU:=qemu-system-i386}"

# Without VMX or SVM, /dev/kvm is emulated and slower than QEMU's translator.
accel='-accel tcg'
! grep -qwE 'vmx|svm' /proc/cpuinfo 2>/dev/null || accel="-accel kvm $accel"

# shellcheck disable=SC2086 # accel, display: words
qemu() {
    "$QEMU" $accel -m 16 -nic none -no-reboot "$@"
}

# Selects the 25-row screen if the terminal has fewer than 50 rows.
curses() {
    display='-display curses'
    rows=$(stty size 2>/dev/null </dev/tty | cut -d' ' -f1)
    [ "${rows:-24}" -ge 50 ] || options=video=text25
}

# A QEMU "pipe" reads from the FIFO .in and overwrites the file .out from its
# start.  Therefore .out is /dev/null, and QEMU's log of the port collects the
# output of all runs.  The boot menu leaves COM1 to the transfer of programs.
# shellcheck disable=SC2086 # display: words
image() {
    build=$(dirname "$1")
    work=$(mktemp -d "$build/run.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    display='' options=''
    if [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ] ||
        ! "$QEMU" -display help 2>/dev/null | grep -qE 'gtk|sdl|cocoa'; then
        curses
    fi
    cp "$1" "$work/baby.iso"
    printf 'set com1=no\nset options="%s"\n' "$options" >"$work/options.cfg"
    xorriso -report_about SORRY -boot_image any keep -dev "$work/baby.iso" \
        -map "$work/options.cfg" /boot/options.cfg
    if [ ! -p "$build/com1.in" ]; then
        rm -f "$build/com1.in"
        mkfifo "$build/com1.in"
    fi
    ln -s ../com1.in "$work"
    ln -s /dev/null "$work/com1.out"
    echo "F3 in the Baby adds to $build/com1.out, and receives what you"
    echo "write to $build/com1.in.  To leave: F10 in the Baby, or close the"
    echo "window (in a terminal: Alt-2, then type quit)."
    log=logfile=$build/com1.out,logappend=on
    qemu $display -chardev "pipe,id=com1,path=$work/com1,$log" \
        -serial chardev:com1 -cdrom "$work/baby.iso" -boot d
}

# All keys reach the Baby except Ctrl-A, which is QEMU's escape key.
serial() {
    echo "To leave: F10 in the Baby, or Ctrl-A and then X."
    qemu -display none -chardev stdio,id=com1,mux=on,signal=off \
        -serial chardev:com1 -mon chardev=com1 \
        -kernel "$1" -append console=ttyS0,115200
}

"$@"
