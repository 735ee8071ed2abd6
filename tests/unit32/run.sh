#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD: runs all tests of the translator, with the programs in BUILD.
# Under emulation, only some of the cases are tested, because freshly written
# code runs about a hundred times slower.
set -e
test=$1/translator/test
i386() { tests/lib/i386.sh run "$@"; }

if [ "$(tests/lib/i386.sh how)" = native ]; then
    i386 "$test"
    i386 "$test" --isolation
else
    i386 "$test" --stride 97 10000
    i386 "$test" --stride 29 --isolation
fi
tests/unit32/x86_decode.sh "$test" "$1/translator"
i386 "$1/replay/translator" 2>"$1/replay/translator.log" || {
    cat "$1/replay/translator.log"
    exit 1
}
