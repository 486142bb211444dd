#!/usr/bin/env bash
# The example Dossier beside the command-line program, which calls Rust and no C: beside-rust.sh CLASSPATH LIBRARY PROGRAM
# CLASSPATH holds the compiled package and programs and JNA; PROGRAM is zeren, built with the feature cli.
set -euo pipefail
classpath=$1 library=$(realpath "$2") zeren=$(realpath "$3")
root=$(realpath "$(dirname "$0")/../../..")
district=$root/examples/district
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

LC_ALL=C java -Dfile.encoding=GB18030 -Dzeren.library="$library" -cp "$classpath" Dossier "$district" "$work/java"

# The store's file, batch by batch.
"$zeren" ledger new "$work/ledger.jsonl" 示例新区 >"$work/said"
for request in "$district"/2022/*.json "$district"/2023/*.json; do
  "$zeren" ledger add "$work/ledger.jsonl" 示例新区 "$request" >"$work/said"
done
cmp "$work/ledger.jsonl" "$work/java/ledger.jsonl"

# The program ends what it prints with a line break.
ask() { "$zeren" ledger ask "$work/java/ledger.jsonl" 示例新区 "$1"; }
ask '{"view": "certificate_page", "day": "2024-02-21", "letter": "l-2023-jia"}' | cmp - <(cat "$work/java/certificate.json"; echo)
ask '{"view": "facts", "day": "2024-01-31", "scheme": "xinqu-zrz-2023", "subject": "s-yi"}' |
  cmp - <(cat "$work/java/facts.json"; echo)

# The table; the program's roster puts nothing into the cells, the example 9 into one.
printf '考核对象编号,考核对象\ns-jia,甲镇\ns-yi,乙镇\n' >"$work/roster.csv"
"$zeren" template "$district/schemes/2023.json" "$work/roster.csv" "$work/tables" >"$work/said"
sed 's/^s-yi,乙镇,,,/&9/' "$work/tables/宣传文化部.csv" | cmp - "$work/java/table.csv"

# The archive, by a program that knows nothing of zeren.
python3 "$root/docs/verify_archive.py" "$work/java/archive.jsonl" "$work/java/checkpoint.json" | grep -q ^proven
echo "Dossier: as Rust gives it"
