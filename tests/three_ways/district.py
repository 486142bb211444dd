"""The case of examples/district through the Python package: district.py TRANSCRIPT DISTRICT."""

import json
import sys
from pathlib import Path

import zeren

DAYS = ("2022-12-31", "2023-12-31")
SCHEMES = (
    ("2022-trial", "2022-12-31", ["s-xinqu"]),
    ("2023", "2024-01-31", None),
    ("2023-annual", "2024-01-31", None),
)


def compact(answer):
    """An answer as the library wrote it: the package has read it, and a dict keeps its order."""
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def transcript(district):
    with zeren.System("示例新区") as system, zeren.Year() as year:
        yield "lines"
        for folder in ("2022", "2023"):
            for file in sorted((district / folder).glob("*.json")):
                # The text and not a dict, so that numbers come as they were written.
                rest = file.read_text(encoding="utf-8").lstrip()[1:]
                with system.prepare(f'{{"head": {compact(system.head())},{rest}') as prepared:
                    yield from prepared.lines
                    system.commit(prepared)
        for view in ("findings", "cascade", "obligations", "due", "duties", "burden", "letters"):
            for day in DAYS:
                yield f"{view} {day}"
                yield compact(system.view(view, day))
        for name, day, subjects in SCHEMES:
            document = (district / "schemes" / f"{name}.json").read_text(encoding="utf-8")
            with zeren.Scheme(document) as scheme:
                yield f"scheme {name}"
                about = scheme.about()
                yield compact(about)
                yield scheme.read_back()
                assessed = year.assess(system, scheme, day, subjects=subjects)
                yield compact(assessed)
                # The first subject once more, from the facts that the view gives.
                facts = system.view("facts", day, scheme=about["id"], subject=assessed["sheets"][0]["subject"])
                yield compact(scheme.score(facts))


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as out:
        for part in transcript(Path(sys.argv[2])):
            out.write(part + "\n")
