"""Columns, and questions to a scheme, through the Python package: columns.py TRANSCRIPT SCHEME."""

import array
import json
import sys
from pathlib import Path

import zeren

ROWS = 40
STATES = bytes(1 if row % 16 == 5 else 0 for row in range(ROWS))


def compact(answer):
    """An answer as the library wrote it: the package has read it, and a dict keeps its order."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def facts(row, meetings):
    """The facts of a row as a document."""
    values = {
        "场次": meetings,
        "投入": 100 + row,
        "达标": row % 2 == 0,
        "档次": "高" if row % 3 == 0 else "低",
        "报送日": f"2023-{row % 12 + 1:02}-15",
    }
    return {"kind": "facts", "format": 1, "subject": str(row), "scheme": "s", "facts": values}


def transcript(document):
    with zeren.Scheme(document) as scheme, scheme.columns() as columns:
        yield compact(columns.about)
        table = {
            "场次": array.array("q", (row * 7 % 21 for row in range(ROWS))),
            "投入": zeren.Scaled(array.array("q", (100 + row * 97 % 90_000 for row in range(ROWS))), 2),
            "达标": bytes(row % 2 == 0 for row in range(ROWS)),
            "档次": array.array("i", (0 if row % 3 == 0 else 1 for row in range(ROWS))),
            "报送日": array.array("i", (20_230_015 + (row % 12 + 1) * 100 for row in range(ROWS))),
        }
        scored = columns.score(table, {"场次": STATES}, [row // 10 for row in range(ROWS)])
        by_sheet = set(scored.by_sheet)
        for given in columns.about["results"]:
            column = scored.column(given["what"], given.get("item"))
            below = column.denominators or [1] * ROWS
            cells = (f" {column.numbers[row]}/{below[row]}" for row in range(ROWS) if row not in by_sheet)
            yield f"{given['what']} {given.get('item', '-')}{''.join(cells)}"
        for row in sorted(by_sheet):
            yield compact(scored.sheet(row))
        before = [facts(row, row) for row in range(4)]
        after = [facts(row, 5 if row == 0 else row) for row in range(4)]
        for sheet in scheme.score_cohort(before):
            yield compact(sheet)
        yield compact(scheme.check())
        yield compact(scheme.would_take(before, "0", total=12))
        yield compact(scheme.difference(before, after, "0"))


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as out:
        for part in transcript(Path(sys.argv[2]).read_text(encoding="utf-8")):
            out.write(part + "\n")
