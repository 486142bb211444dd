"""SQLite over the same rows: loads them, answers the question. One command a line of input, one JSON line of output.

    load FOLDER             inserts the rows (held in memory) in one transaction, then makes the indexes
    ask TOP DAY KNOWN       units, covered and unbroken on each level below TOP, on DAY as known at KNOWN
"""
import csv
import json
import sqlite3
import sys
import time

TABLES = {
    "unit": "id INTEGER PRIMARY KEY, code TEXT, name TEXT, class TEXT, day INT, known INT, known_to INT",
    "placed": "unit INT, superior INT, day INT, known INT, known_to INT",
    "post": "id INTEGER PRIMARY KEY, code TEXT, unit INT, name TEXT, day INT, known INT, known_to INT",
    "letter": "id INTEGER PRIMARY KEY, code TEXT, title TEXT, issuer INT, receiver INT, first INT, last INT, duty TEXT,"
              " digest TEXT, known INT, known_to INT",
    "signatory": "letter INT, post INT",
    "signing": "letter INT, post INT, person TEXT, day INT, known INT, known_to INT",
}
INDEXES = [
    "CREATE INDEX placed_superior ON placed (superior, unit, day, known, known_to)",
    "CREATE INDEX letter_receiver ON letter (receiver, issuer, first, last, known, known_to)",
    "CREATE INDEX signatory_letter ON signatory (letter, post)",
    "CREATE INDEX signing_letter ON signing (letter, post, day, known, known_to)",
    "ANALYZE",
]
# The tree is walked from the top; whether a letter in force leads down an edge is asked edge by edge, by index.
# state: 0 no letter, 1 a letter, 3 letters from the top down without a break.
QUESTION = """
WITH RECURSIVE tree (unit, depth, state) AS (
  SELECT :top, 0, 3
  UNION ALL
  SELECT placed.unit, tree.depth + 1, (1 + 2 * (tree.state / 2)) * EXISTS (
    SELECT 1 FROM letter
    WHERE letter.receiver = placed.unit AND letter.issuer = tree.unit
      AND letter.first <= :day AND letter.last >= :day AND letter.known <= :known AND letter.known_to > :known
      AND NOT EXISTS (
        SELECT 1 FROM signatory
        WHERE signatory.letter = letter.id AND NOT EXISTS (
          SELECT 1 FROM signing
          WHERE signing.letter = signatory.letter AND signing.post = signatory.post
            AND signing.day <= :day AND signing.known <= :known AND signing.known_to > :known)))
  FROM tree JOIN placed ON placed.superior = tree.unit
  WHERE placed.day <= :day AND placed.known <= :known AND placed.known_to > :known
)
SELECT depth, count(*), sum(state % 2), sum(state / 2) FROM tree WHERE depth > 0 GROUP BY depth ORDER BY depth
"""


def rows(folder, table):
    with open(f"{folder}/{table}.csv", encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


def load(folder):
    held = {table: rows(folder, table) for table in TABLES}
    start = time.process_time()
    with connection:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ",".join("?" * len(held[table][0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", held[table])
    loaded = time.process_time()
    for index in INDEXES:
        connection.execute(index)
    return {"load_s": loaded - start, "index_s": time.process_time() - loaded, "version": sqlite3.sqlite_version}


def ask(top, day, known):
    start = time.perf_counter()
    levels = connection.execute(QUESTION, {"top": int(top), "day": int(day), "known": int(known)}).fetchall()
    return {"seconds": time.perf_counter() - start, "levels": levels}


connection = sqlite3.connect(":memory:")
for line in sys.stdin:
    word, *arguments = line.split()
    print(json.dumps({"load": load, "ask": ask}[word](*arguments)), flush=True)
