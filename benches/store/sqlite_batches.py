"""sqlite_batches.py DATABASE LINES: stores the lines of a ledger's file, a transaction a batch, each durable; prints seconds.

The first two batches found the units and are not timed, as with the others.
"""
import json
import sqlite3
import sys
import time

database, path = sys.argv[1:]
batches = {}
with open(path, encoding="utf-8") as file:
    for line in file:
        body = json.loads(line)
        batches.setdefault(body["batch"], []).append((body["ledger"], body["sequence"], line.rstrip("\n")))
connection = sqlite3.connect(database, isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("PRAGMA synchronous=FULL")
connection.execute(
    "CREATE TABLE zeren_line (ledger_id TEXT NOT NULL, line_no INTEGER NOT NULL, line_text TEXT NOT NULL,"
    " PRIMARY KEY (ledger_id, line_no))"
)
untimed, timed = list(batches.values())[:2], list(batches.values())[2:]


def enter(batch):
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO zeren_line VALUES (?, ?, ?)", batch)
    connection.execute("COMMIT")


for batch in untimed:
    enter(batch)
start = time.perf_counter()
for batch in timed:
    enter(batch)
print(time.perf_counter() - start, flush=True)
