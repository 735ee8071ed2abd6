#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Builds a bootable image from GRUB, its menu and the kernel:
#
#     media.sh iso KERNEL IMAGE       CD and USB stick, for BIOS and UEFI
#     media.sh floppy KERNEL IMAGE    1.44 MB, for BIOS
#
# GRUB is the grub-mkimage command, and GRUB_LIB is the directory of its
# platforms.  All modules are built into GRUB's core images.  Builds are
# reproducible with the same versions of the tools.
set -eu

: "${GRUB:=grub-mkimage}" "${GRUB_LIB:=/usr/lib/grub}"
here=$(dirname "$0")
medium=$1 kernel=$2 image=$3
work=$image.d

# All files are dated 21 June 1998, the replica's first public run.
export SOURCE_DATE_EPOCH=898426800 TZ=UTC LC_ALL=C
umask 022

# Modules for the menu and for GRUB's prompt.
MENU='normal test regexp multiboot configfile echo ls cat reboot halt'
BIOS='biosdisk serial terminal vbe'

# Type of a partition on which Windows writes (UEFI 2.10, table 5.7)
BASIC_DATA=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7

# core FORMAT OUTPUT ARGUMENTS... builds a GRUB core image with the modules.
# shellcheck disable=SC2086 # MENU is a list of words
core() {
    format=$1 output=$2
    shift 2
    "$GRUB" -d "$GRUB_LIB/${format%-eltorito}" -O "$format" -o "$output" \
        -p /boot/grub "$@" $MENU
}

# UEFI starts GRUB from the EFI partition, so GRUB must search for the volume
# with the kernel.  No serial module is needed, as the firmware selects the
# console.
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

# Shows a command's output only if it fails.
quietly() {
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# The EFI partition is a file in the image, so it does not move when files are
# added.  Its contents are also plain files, which boot when on a FAT stick.
# --mbr-force-bootable is for BIOSes that require an active partition.
#
# A second partition is for the user's options and programs.  Windows shows only
# one partition of its type, so there must be no others for the gaps between
# partitions: -part_like_isohybrid leaves them out, but would make an MBR without
# the type ee that announces the GPT.
# shellcheck disable=SC2086 # BIOS is a list of words
iso() {
    files=$work/files
    mkdir -p "$files/boot/grub" "$files/programs" "$files/EFI/BOOT"
    cp "$kernel" "$files/boot/baby.elf"
    cp "$here/grub.cfg" "$files/boot/grub/"
    core i386-pc-eltorito "$files/boot/grub/cd.img" $BIOS iso9660 fat part_gpt
    efi_core x86_64-efi "$files/EFI/BOOT/BOOTX64.EFI" 64-bit
    efi_core i386-efi "$files/EFI/BOOT/BOOTIA32.EFI" 32-bit
    mformat -C -i "$work/efi.img" -h 2 -s 16 -t 128 -N 19480621 ::
    mcopy -s -i "$work/efi.img" "$files/EFI" ::/
    cp "$work/efi.img" "$files/boot/grub/"
    mformat -C -i "$work/files.img" -h 2 -s 16 -t 128 -N 19480622 \
        -v "BABY FILES" ::
    mmd -i "$work/files.img" ::/programs
    sed "s/\$/$(printf '\r')/" "$here/options.cfg" >"$work/options.cfg"
    mcopy -i "$work/files.img" "$work/options.cfg" ::/options.cfg
    quietly xorriso -as mkisofs -r -J -V BABY -o "$image" \
        -b boot/grub/cd.img -no-emul-boot -boot-load-size 4 \
        -boot-info-table --grub2-boot-info \
        --grub2-mbr "$GRUB_LIB/i386-pc/boot_hybrid.img" \
        --protective-msdos-label --mbr-force-bootable \
        -append_partition 3 "$BASIC_DATA" "$work/files.img" \
        -appended_part_as_gpt -part_like_isohybrid -iso_mbr_part_type 0xee \
        -eltorito-alt-boot -e boot/grub/efi.img -no-emul-boot \
        --efi-boot-part --efi-boot-image \
        --set_all_file_dates "=$SOURCE_DATE_EPOCH" "$files"
}

# poke FILE OFFSET BYTE overwrites a byte; the inner printf makes its escape.
# shellcheck disable=SC2059
poke() {
    printf "\\$(printf %o "$3")" |
        dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# The floppy has a DOS FAT file system, so that users can copy programs onto it.
# GRUB's core must be the first file, because mtools then puts it in the first
# data sectors.  FIRST comes after the boot sector, two FATs of 9 sectors and a
# root directory of 14.  The boot sector holds the number of the core's first
# sector, and the core holds that of its second.
FIRST=33
BOOT_SECTOR_CORE=92 CORE_REST=500

# The file to which the Baby saves programs, and which it never makes longer: a
# comment, and rows of blanks up to the largest size that it reads.
SAVED_SIZE=65536

saved() {
    awk -v size=$SAVED_SIZE 'BEGIN {
        head = "; Programs that the Baby has saved, each after its number\n" \
               "; Its page Save appends them to this file on the boot floppy\n"
        printf "%s", head
        for (at = length(head); at < size; at++)
            printf "%s", at % 64 == 63 ? "\n" : " "
    }'
}

# shellcheck disable=SC2086 # BIOS is a list of words
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
    saved >"$work/saved.asm"
    mcopy -i "$image" "$work/saved.asm" ::/PROGRAMS/SAVED.ASM
}

rm -rf "$work" "$image"
mkdir -p "$work"
$medium
