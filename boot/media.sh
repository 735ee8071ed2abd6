#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Puts GRUB, its menu and the kernel on a medium:
#
#     media.sh iso KERNEL IMAGE       CD and USB stick, for a BIOS and for UEFI
#     media.sh floppy KERNEL IMAGE    1.44 MB, for a BIOS
#
# GRUB names its grub-mkimage, GRUB_LIB the folder with its platforms.  GRUB's
# modules are all in its cores, and nothing in an image tells where, when or by
# whom it was made: the same tools give the same bytes.
set -eu

: "${GRUB:=grub-mkimage}" "${GRUB_LIB:=/usr/lib/grub}"
here=$(dirname "$0")
medium=$1 kernel=$2 image=$3
work=$image.d

# All dates are those of the replica's first run in public, fifty years on.
export SOURCE_DATE_EPOCH=898426800 TZ=UTC LC_ALL=C
umask 022

# What the menu needs, and who types at GRUB's own prompt.
MENU='normal test regexp multiboot configfile echo ls cat reboot halt'
BIOS='biosdisk serial terminal vbe'

# core FORMAT OUTPUT ARGUMENTS...: GRUB with modules, for one kind of firmware.
# Each word of MENU and of BIOS is an argument.
# shellcheck disable=SC2086
core() {
    format=$1 output=$2
    shift 2
    "$GRUB" -d "$GRUB_LIB/${format%-eltorito}" -O "$format" -o "$output" \
        -p /boot/grub "$@" $MENU
}

# UEFI starts GRUB from a partition or file of its own: the rest is wherever
# the kernel is.  Its console is where its own setup says, so no serial here.
efi_core() {
    cat >"$work/efi.cfg" <<-'END'
	search.file /boot/baby.elf root
	set prefix=($root)/boot/grub
	END
    if [ -d "$GRUB_LIB/$1" ]; then
        core "$1" "$2" -c "$work/efi.cfg" search_fs_file all_video iso9660 \
            fat part_gpt part_msdos
    else
        echo "note: the image does not boot under $3 UEFI, as" \
            "$GRUB_LIB/$1 is missing (make deps)"
    fi
}

# Some tools talk even when all is well.
quietly() {
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# The EFI partition is a file of the image, so that files can be added to the
# image without moving it.  What is in it is there as files as well: copied to
# a FAT stick they boot, too.  Some BIOSes take for no disk what has no active
# partition.
# shellcheck disable=SC2086 # BIOS is words
iso() {
    files=$work/files
    mkdir -p "$files/boot/grub" "$files/programs" "$files/EFI/BOOT"
    cp "$kernel" "$files/boot/baby.elf"
    cp "$here/grub.cfg" "$files/boot/grub/"
    core i386-pc-eltorito "$files/boot/grub/cd.img" $BIOS iso9660
    efi_core x86_64-efi "$files/EFI/BOOT/BOOTX64.EFI" 64-bit
    efi_core i386-efi "$files/EFI/BOOT/BOOTIA32.EFI" 32-bit
    mformat -C -i "$work/efi.img" -h 2 -s 16 -t 128 -N 19480621 ::
    mcopy -s -i "$work/efi.img" "$files/EFI" ::/
    cp "$work/efi.img" "$files/boot/grub/"
    quietly xorriso -as mkisofs -r -J -V BABY -o "$image" \
        -b boot/grub/cd.img -no-emul-boot -boot-load-size 4 \
        -boot-info-table --grub2-boot-info \
        --grub2-mbr "$GRUB_LIB/i386-pc/boot_hybrid.img" \
        --protective-msdos-label --mbr-force-bootable \
        -eltorito-alt-boot -e boot/grub/efi.img -no-emul-boot \
        --efi-boot-part --efi-boot-image \
        --set_all_file_dates "=$SOURCE_DATE_EPOCH" "$files"
}

# poke FILE OFFSET BYTE: the inner printf makes the outer one's escape.
# shellcheck disable=SC2059
poke() {
    printf "\\$(printf %o "$3")" |
        dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# A FAT floppy as DOS makes it, which anybody can put programs on.  GRUB's core
# is its first file, and as nothing was there before, its sectors are those
# from FIRST on: one boot sector, two FATs of 9 and 14 of the root come before.
# The boot sector is told where it begins, and its own first sector where it
# goes on.
FIRST=33
BOOT_SECTOR_CORE=92 CORE_REST=500

# shellcheck disable=SC2086 # BIOS is words
floppy() {
    core i386-pc "$work/core.img" $BIOS fat gzio
    cp "$GRUB_LIB/i386-pc/boot.img" "$work/boot.img"
    poke "$work/boot.img" $BOOT_SECTOR_CORE $FIRST
    poke "$work/core.img" $CORE_REST $((FIRST + 1))
    gzip -9nc "$kernel" >"$work/baby.elf"
    mformat -C -i "$image" -f 1440 -N 19480621 -v BABY -B "$work/boot.img" ::
    mcopy -i "$image" "$work/core.img" ::/GRUB.SYS
    mattrib -i "$image" +r +s +h ::/GRUB.SYS
    mmd -i "$image" ::/BOOT ::/BOOT/GRUB ::/PROGRAMS
    mcopy -i "$image" "$work/baby.elf" ::/BOOT/BABY.ELF
    mcopy -i "$image" "$here/grub.cfg" ::/BOOT/GRUB/GRUB.CFG
}

rm -rf "$work" "$image"
mkdir -p "$work"
$medium
