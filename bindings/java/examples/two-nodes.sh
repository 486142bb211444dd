#!/usr/bin/env bash
# Two processes share a ledger in a PostgreSQL of their own: two-nodes.sh CLASSPATH LIBRARY [BATCHES]
# CLASSPATH holds the compiled package and programs, JNA and the JDBC driver; BATCHES is the number of both together.
set -euo pipefail
classpath=$1 library=$(realpath "$2") batches=${3:-10000}
ddl=$(realpath "$(dirname "$0")/../../sql/postgresql.sql")
bin=$(pg_config --bindir 2>/dev/null || true)
[ -x "$bin/initdb" ] || bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")

# PostgreSQL does not run as root, and not where its user may not look.
as=()
[ "$(id -u)" -ne 0 ] || as=(runuser -u postgres --)
work=$(mktemp -d)
postgres() { (cd "$work" && "${as[@]}" "$bin/$1" "${@:2}"); }
stop() {
  postgres pg_ctl -D "$work/data" -m immediate stop >"$work/stopped" 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT
mkdir "$work/data" "$work/socket"
[ ${#as[@]} -eq 0 ] || { chmod 755 "$work"; chown postgres: "$work/data" "$work/socket"; }
postgres initdb -D "$work/data" -E UTF8 --locale=C -U zeren -A trust >"$work/initdb" || { cat "$work/initdb"; exit 1; }

# A free port, on this machine only.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
postgres pg_ctl -D "$work/data" -w -s -l "$work/data/log" \
  -o "-h 127.0.0.1 -p $port -k $work/socket" start || { cat "$work/data/log"; exit 1; }

run() {
  LC_ALL=C java -Xmx512m -Dfile.encoding=GB18030 -Dzeren.library="$library" -cp "$classpath" Cluster "$@"
}
url="jdbc:postgresql://127.0.0.1:$port/postgres?user=zeren"
run tables "$url" "$ddl"
half=$((batches / 2))
run node "$url" north "$half" 1 &
run node "$url" south $((batches - half)) 4 &
wait -n
wait -n
run check "$url" "$batches"
