#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs one fuzz target for some seconds and says in one line what came of it:
#
#   run.sh BUILD TARGET SECONDS
#
# New inputs are kept in BUILD/new/TARGET, and are begun with next time.  With
# a finding it ends as failed and says where the input is.
build=$1 target=$2 seconds=$3
new=$build/new/$target found=$build/found/$target log=$build/$target.log

mkdir -p "$new" "$found"
if "$build/$target" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
        -print_final_stats=1 -artifact_prefix="$found/" \
        "$new" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
         "inputs tried, $(sed -n 's/.* \(cov: [0-9]*\).*/\1/p' "$log" |
             tail -n 1), no finding"
else
    tail -n 60 "$log"
    echo "$target: FOUND" \
         "$(sed -n 's/.*Test unit written to //p' "$log")"
    exit 1
fi
