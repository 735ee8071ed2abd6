#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs one fuzz target and prints a one-line summary:
#
#   run.sh BUILD TARGET SECONDS
#
# New inputs are kept in BUILD/new/TARGET for the next run.  If an input fails,
# prints its path and exits with 1.  If tests/fuzz/TARGET.dict exists, libFuzzer
# inserts its strings in inputs.
build=$1 target=$2 seconds=$3 corpus=tests/fuzz/corpus/$2
new=$build/new/$target found=$build/found/$target log=$build/$target.log
seeds=$build/seeds/$target dict=tests/fuzz/$target.dict

mkdir -p "$new" "$found" "$seeds" && tar xf "$corpus.tar" -C "$seeds" || exit 1
[ ! -f "$dict" ] || dictionary=-dict=$dict
if "$build/$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
        -print_final_stats=1 -artifact_prefix="$found/" \
        ${dictionary:+"$dictionary"} "$new" "$corpus" "$seeds" >"$log" 2>&1; then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
         "inputs tried, $(sed -n 's/.* \(cov: [0-9]*\).*/\1/p' "$log" |
             tail -n 1), no finding"
else
    tail -n 60 "$log"
    echo "$target: FOUND" \
         "$(sed -n 's/.*Test unit written to //p' "$log")"
    exit 1
fi
