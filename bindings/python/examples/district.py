"""The first case: python3 district.py examples/district OUT. Two years of acts, what the checks find, and the scores.

Each answer is written as the library gives it. zeren.System and the others read it into Python objects; programs that
compare or keep bytes take the text.
"""

import json
import sys
from pathlib import Path
from typing import Any, List

import zeren


def main(district: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)

    def write(name: str, value: Any) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        (out / name).write_bytes(text.encode("utf-8"))

    def scheme(name: str) -> zeren.Scheme:
        return zeren.Scheme((district / "schemes" / name).read_text(encoding="utf-8"))

    with zeren.System("示例新区") as system:
        stored = enter(system, district / "2022")
        write("findings-2022.json", system.view("findings", "2022-12-31"))
        write("cascade-2022.json", system.view("cascade", "2022-12-31"))
        with scheme("2022-trial.json") as trial, zeren.Year() as year:
            write("trial-2022.json", year.assess(system, trial, "2022-12-31", subjects=["s-xinqu"]))

        stored += enter(system, district / "2023")
        with scheme("2023.json") as own, scheme("2023-annual.json") as annual, zeren.Year() as year:
            write("table-2023.md", own.read_back())
            write("sheets-2023.json", year.assess(system, own, "2024-01-31"))
            write("annual-2023.json", year.assess(system, annual, "2024-01-31"))

        write("ledger.jsonl", "".join(line + "\n" for line in stored))
        with zeren.System("示例新区", stored) as again:
            assert again.head() == system.head() == zeren.verify("示例新区", stored)
        nobody = {"act": "unit.ended", "id": "x", "effective": "2024-01-01", "unit": "无此单位"}
        try:
            system.prepare(request(system, "2024-01-31T09:00:00+08:00", "office-1", [nobody])).close()
        except zeren.ZerenError as refused:
            write("refused.json", {"kind": refused.kind, "status": refused.status, "findings": refused.findings})

    with zeren.System("生僻字") as system:
        unit = {"id": "u-𬱖", "name": "䶮㙍𬱖𫘦𨱔镇", "class": "镇"}
        founded = {"act": "units.founded", "id": "a-1", "effective": "2023-01-01", "units": [unit]}
        with system.prepare(request(system, "2023-01-04T09:00:00+08:00", "u-17", [founded])) as prepared:
            write("names.jsonl", prepared.lines[0] + "\n")
            system.commit(prepared)
        write("names.json", system.view("unit", "2023-06-30", unit="u-𬱖"))


def request(system: zeren.System, time: str, operator: str, acts: Any) -> Any:
    return {"head": system.head(), "time": time, "operator": operator, "acts": acts}


def enter(system: zeren.System, folder: Path) -> List[str]:
    """Enters every request of a folder, in the order of their names: prepare, store, commit. Gives what was stored."""
    stored: List[str] = []
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        with system.prepare({"head": system.head(), **document}) as prepared:
            stored += prepared.lines
            system.commit(prepared)
    return stored


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
