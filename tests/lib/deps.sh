#!/bin/sh
# SPDX-License-Identifier: MIT
# The tools that the targets of the Makefile need, and their packages.
#
#   deps.sh install TARGET      installs the packages of TARGET, deps or
#                               deps-check; without apt, prints what to do
#   deps.sh missing TOOL NAME   fails with one sentence: TOOL is missing, and
#                               the package of NAME contains it
#   deps.sh lacks NAME          says what is lost without the package of NAME
set -eu

# Under each target: name, and the package on Debian, Fedora and Arch.
packages() {
    awk '/:$/ {sub(":", ""); target = $1; next} {print target, $0}' <<'END'
deps:
qemu         qemu-system-x86     qemu-system-x86        qemu-system-x86
grub         grub-common         grub2-tools            grub
i386-pc      grub-pc-bin         grub2-pc-modules       grub
x86_64-efi   grub-efi-amd64-bin  grub2-efi-x64-modules  grub
i386-efi     grub-efi-ia32-bin   grub2-efi-ia32-modules grub
xorriso      xorriso             xorriso                libisoburn
terminus     console-setup-linux terminus-fonts-console terminus-font
mtools       mtools              mtools                 mtools
ovmf         ovmf                edk2-ovmf              edk2-ovmf
ovmf-ia32    ovmf-ia32           edk2-ovmf-ia32         edk2-ovmf
pytest       python3-pytest      python3-pytest         python-pytest
xdist        python3-pytest-xdist python3-pytest-xdist   python-pytest-xdist
pillow       python3-pil         python3-pillow         python-pillow
pyte         python3-pyte        python3-pyte           python-pyte
gdb          gdb                 gdb                    gdb
zbarimg      zbar-tools          zbar                   zbar
cmocka       libcmocka-dev       libcmocka-devel        cmocka
libc         libc6-dev           glibc-devel            glibc
binutils     binutils            binutils               binutils
multilib     gcc-multilib        glibc-devel.i686       lib32-glibc
libgcc       gcc-multilib        libgcc.i686            lib32-gcc-libs
qemu-i386    qemu-user           qemu-user              qemu-user
deps-check:
gcovr        gcovr               gcovr                  gcovr
gcc          gcc                 gcc                    gcc
bochs        bochs               bochs                  bochs
bochsbios    bochsbios           bochs                  bochs
vgabios      vgabios             bochs                  bochs
clang        clang               clang                  clang
compiler-rt  libclang-rt-dev     compiler-rt            compiler-rt
libstdc++    g++-multilib        libstdc++-devel.i686   lib32-gcc-libs
clang-tidy   clang-tidy          clang-tools-extra      clang
clang-format clang-format        clang-tools-extra      clang
shellcheck   shellcheck          ShellCheck             shellcheck
pyflakes     python3-pyflakes    python3-pyflakes       python-pyflakes
pycodestyle  pycodestyle         python3-pycodestyle    python-pycodestyle
END
}

# column TARGET NUMBER: the packages of TARGET, on one line.
column() {
    packages | awk -v target="$1" -v column="$2" \
        '$1 == target {print $column}' | sort -u | tr '\n' ' '
}

# On Debian a display needs a package of its own; qemu-i386 is not needed where
# this system executes i386 programs itself.
debian() {
    wanted=$(column "$1" 3)
    [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ] || [ "$1" != deps ] ||
        wanted="$wanted qemu-system-gui"
    for package in $wanted; do
        if [ "$package" = qemu-user ] && tests/lib/i386.sh executes; then
            continue
        fi
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
            grep -q ' installed$' || echo "$package"
    done
}

# install_by_apt PACKAGE...: as root, or by sudo.
install_by_apt() {
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo=sudo
        command -v sudo >/dev/null || {
            echo "As root, please: apt-get install $*"
            exit 1
        }
    fi
    $sudo apt-get update -q
    $sudo apt-get install -qy --no-install-recommends "$@"
}

install() {
    if command -v apt-get >/dev/null; then
        missing=$(debian "$1")
        # shellcheck disable=SC2086 # one word a package
        [ -z "$missing" ] || install_by_apt $missing
    elif command -v dnf >/dev/null; then
        echo "Please run: sudo dnf install $(column "$1" 4)"
    elif command -v pacman >/dev/null; then
        echo "Please run: sudo pacman -S --needed $(column "$1" 5)"
    else
        echo "Please install (Debian's names): $(column "$1" 3)"
    fi
}

# Something is missing that is not necessary.
lacks() {
    packages | awk -v name="$1" '$2 == name {
        printf "Without %s (make %s installs %s on Debian), framebuffers show " \
               "the Baby'"'"'s own letters.\n", name, $1, $3}' >&2
}

missing() {
    packages | awk -v tool="$(basename "$1")" -v name="$2" '$2 == name {
        printf "%s is missing: make %s installs it (%s on Debian).\n",
               tool, $1, $3}'
    exit 1
}

"$@"
