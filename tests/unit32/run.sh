#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD: all tests of the translator, with the programs built there.
# Where an i386 is emulated, code that was just written costs about a hundred
# times more, so there only some of the cases are tested.
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
