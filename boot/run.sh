#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Boots the Baby in QEMU:
#
#     run.sh image ISO        the image, in a window; in this terminal if there
#                             is no display
#     run.sh serial KERNEL    the kernel, with its console on COM1, which is
#                             this terminal
#
# QEMU names the emulator.
set -eu

: "${QEMU:=qemu-system-i386}"

# A /dev/kvm on a processor without VMX and SVM is an imitation, slower than
# QEMU's own translator.
accel='-accel tcg'
! grep -qwE 'vmx|svm' /proc/cpuinfo 2>/dev/null || accel="-accel kvm $accel"

# shellcheck disable=SC2086 # accel, display: words
qemu() {
    "$QEMU" $accel -m 16 -nic none -no-reboot "$@"
}

# A terminal with too few rows for 50 gets the short screen.
curses() {
    display='-display curses'
    rows=$(stty size 2>/dev/null </dev/tty | cut -d' ' -f1)
    [ "${rows:-24}" -ge 50 ] || options=video=text25
}

# QEMU opens a "pipe" as a FIFO, .in, to read from, and as a file, .out, which
# it overwrites from the start.  So .out is /dev/null, and QEMU's log of the
# port collects the output of all runs.  The boot menu keeps off COM1, which
# carries programs here.
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

# All keys but Ctrl-A reach the Baby; that one is QEMU's.
serial() {
    echo "To leave: F10 in the Baby, or Ctrl-A and then X."
    qemu -display none -chardev stdio,id=com1,mux=on,signal=off \
        -serial chardev:com1 -mon chardev=com1 \
        -kernel "$1" -append console=ttyS0,115200
}

"$@"
