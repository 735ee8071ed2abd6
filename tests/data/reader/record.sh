#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes recorded.txt, what the file reader of commit 914a9f6 makes of program
# files and their mutants.  Needs the history of git.  Run it after a change of
# the files below or of tests/lib/mutants.h; then let test_reader_recording
# print which exceptions its table needs.
set -e
export LC_ALL=C
cd "$(dirname "$0")/../../.."
old=$(mktemp -d)
trap 'git worktree remove --force "$old"' EXIT
git worktree add --detach "$old" 914a9f6 >/dev/null 2>&1

${CC:-cc} -std=c11 -O1 -I"$old" -I. tests/data/reader/record.c \
    "$old"/emu/*.c -o "$old/record"

corpus=tests/fuzz/corpus/reader
# shellcheck disable=SC2046
"$old/record" $(
    ls $corpus/* tests/data/*.asm tests/data/*.snp \
        tests/conformance/dialects/*.asm tests/conformance/dialects/*.txt \
        tests/conformance/dialects/*.mif tests/conformance/dialects/*.hex \
        tests/conformance/dialects/*.coe
    tar tf $corpus.tar | sed "s|^|$corpus.tar/|"
) >tests/data/reader/recorded.txt
