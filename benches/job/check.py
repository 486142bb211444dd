"""`python3 check.py ORACLE.csv RESULT.csv`: where a result differs from the oracle's, as one JSON line.

{"units": n, "columns": {name: units that differ, ...}, "missing": [...], "first": [...]}: `columns` has those that both
files have, `missing` those that the result lacks. A unit that the result lacks differs in every column, a unit that the
oracle does not know counts as `strangers`. Amounts are compared as decimal numbers, not as text, and never as floats.
"""

import csv
import json
import os
import sys
from decimal import Decimal, InvalidOperation

SHOWN = 5  # differences told one by one


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return (list(rows[0]) if rows else []), {row["id"]: row for row in rows}


def read_means(path):
    with open(path) as file:
        return ["id", "mean"], {row[0]: dict(id=row[0], mean=row[1]) for row in csv.reader(file)}


def same(left, right):
    if left == right:
        return True
    try:
        return Decimal(left) == Decimal(right)
    except (InvalidOperation, TypeError):
        return False


def compare(right, result, prefix, report):
    (names, expected), (given, found) = right, result
    for name in names[1:]:
        if name not in given:
            report["missing"].append(prefix + name)
            continue
        wrong = 0
        for key, row in expected.items():
            value = found.get(key, {}).get(name)
            if not same(row[name], value):
                wrong += 1
                if len(report["first"]) < SHOWN:
                    report["first"].append(f"{key} {prefix}{name}: {value}, not {row[name]}")
        report["columns"][prefix + name] = wrong
    report["strangers"] += len(found.keys() - expected.keys())


def main(oracle, result):
    report = dict(units=0, columns={}, missing=[], strangers=0, first=[])
    right = read(oracle)
    report["units"] = len(right[1])
    compare(right, read(result), "", report)
    for means in ("groups", "provinces"):
        if os.path.exists(f"{result}.{means}"):
            compare(read_means(f"{oracle}.{means}"), read_means(f"{result}.{means}"), f"{means}.", report)
        else:
            report["missing"].append(f"{means}.mean")
    print(json.dumps(report))


main(*sys.argv[1:])
