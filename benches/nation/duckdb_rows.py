"""DuckDB over the same rows: loads them, answers the question. Commands and output as in sqlite_rows.py."""
import json
import sys
import time

import duckdb

TABLES = {
    "unit": "id INT, code TEXT, name TEXT, class TEXT, day INT, known INT, known_to INT",
    "placed": "unit INT, superior INT, day INT, known INT, known_to INT",
    "post": "id INT, code TEXT, unit INT, name TEXT, day INT, known INT, known_to INT",
    "letter": "id INT, code TEXT, title TEXT, issuer INT, receiver INT, first INT, last INT, duty TEXT, digest TEXT,"
              " known INT, known_to INT",
    "signatory": "letter INT, post INT",
    "signing": "letter INT, post INT, person TEXT, day INT, known INT, known_to INT",
}
# DuckDB is quickest when sets are joined: letters in force and the edges that they lead down once, then the walk.
QUESTION = """
WITH RECURSIVE signed AS (
  SELECT letter, post FROM signing WHERE day <= $day AND known <= $known AND known_to > $known
), open AS (
  SELECT DISTINCT letter FROM signatory ANTI JOIN signed USING (letter, post)
), given AS (
  SELECT DISTINCT issuer, receiver FROM letter
  ANTI JOIN open ON open.letter = letter.id
  WHERE first <= $day AND last >= $day AND known <= $known AND known_to > $known
), edge AS MATERIALIZED (
  SELECT placed.unit, placed.superior, given.receiver IS NOT NULL AS given
  FROM placed LEFT JOIN given ON given.receiver = placed.unit AND given.issuer = placed.superior
  WHERE day <= $day AND known <= $known AND known_to > $known
), tree (unit, depth, covered, unbroken) AS (
  SELECT $top, 0, TRUE, TRUE
  UNION ALL
  SELECT edge.unit, tree.depth + 1, edge.given, edge.given AND tree.unbroken
  FROM tree JOIN edge ON edge.superior = tree.unit
)
SELECT depth, count(*), sum(covered::INT), sum(unbroken::INT) FROM tree WHERE depth > 0 GROUP BY depth ORDER BY depth
"""


def load(folder):
    start = time.process_time()
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({columns})")
        connection.execute(f"COPY {table} FROM '{folder}/{table}.csv' (HEADER FALSE)")
    return {"load_s": time.process_time() - start, "version": duckdb.__version__}


def ask(top, day, known):
    start = time.perf_counter()
    levels = connection.execute(QUESTION, {"top": int(top), "day": int(day), "known": int(known)}).fetchall()
    return {"seconds": time.perf_counter() - start, "levels": [[int(cell) for cell in level] for level in levels]}


connection = duckdb.connect(":memory:")
for line in sys.stdin:
    word, *arguments = line.split()
    print(json.dumps({"load": load, "ask": ask}[word](*arguments)), flush=True)
