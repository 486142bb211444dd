"""zeren (责任): responsibility systems of public bodies.

A SCORE IN FIVE MINUTES

    import zeren
    scheme = zeren.Scheme({
        "kind": "scheme", "format": 1, "edition": "1", "id": "xj", "version": "1", "title": "考核办法", "year": 2024,
        "status": "adopted", "not_applicable": "renormalise",
        "rounding": {"when": "total", "place": 2, "mode": "half_up"},
        "facts": [{"name": "场次", "kind": "count", "unit": "场", "max": 60}],
        "items": [{"id": "1", "title": "宣讲", "points": 100, "wording": "全年不少于12场，每少一场扣5分，扣完为止",
                   "rule": {"kind": "deduct", "floor": 0, "channels": [
                       {"title": "不足12场", "count": "12 - 场次", "measure": "场", "each": 5}]}}],
    })
    sheet = scheme.score({"kind": "facts", "format": 1, "subject": "甲镇", "scheme": "xj", "facts": {"场次": 9}})
    print(sheet["total"]["lowest"])  # prints: 85
    for line in sheet["lines"]: print(line["points"]["lowest"], line["reason"])
    # prints: 100 基础分 100 分
    # prints: -15 不足12场：3 场，每场扣 5 分，扣 15 分

print(sheet) shows all of it as a table. Change a clause, and the error says what is missing: ZerenError.findings. Other rule
kinds: zeren.schema("scheme").

THE PARTS

A System is the state that a ledger leads to. The ledger's lines are yours: store them in your own database.

    import zeren

    with zeren.System("示例新区") as system:
        request = {
            "head": system.head(),
            "time": "2022-01-04T09:00:00+08:00",
            "operator": "u-17",
            "acts": [{"act": "edges.declared", "id": "a-1", "effective": "2022-01-01",
                      "edges": [{"id": "line", "name": "隶属", "single": True, "acyclic": True}]}],
        }
        with system.prepare(request) as prepared:
            ...  # store prepared.lines in a transaction, unique by ledger and sequence
            system.commit(prepared)
        print(system.view("findings", "2022-03-01"))

A Scheme is a published set of assessment rules as data; a Year scores rosters from the ledger's facts:

    with zeren.Scheme(path.read_text(encoding="utf-8")) as scheme, zeren.Year() as year:
        print(scheme.read_back())  # the table that its adopters approve
        for sheet in year.assess(system, scheme, "2024-01-31")["sheets"]:
            print(sheet)  # a dict that prints as a table, and shows as HTML in a notebook

Many subjects at once go in columns: lists or buffers (array.array, NumPy, pandas) in, arrays of whole numbers out:

    with zeren.Scheme(document) as scheme, scheme.columns() as columns:
        scored = columns.score({"场次": numpy.array([3, 9, 5]), "投入": zeren.Scaled(cents, 2)})
        print(scored.total(0), scored.rank(0), scored.points("1", 0))  # Decimal, int, Decimal
        totals = scored.total().to_numpy()  # whole numbers over scored.total().per

Without a database of your own, a Store keeps the lines in one file and loses nothing that it has acknowledged:

    with zeren.Store.create("账本.jsonl", "示例新区") as store:
        store.enter(acts, time="2022-01-04T09:00:00+08:00", operator="u-17")
        print(store.system.view("findings", "2022-03-01"))

Every call that is refused raises ZerenError. Objects may be used from any thread. Read on, one at a time: help(zeren.Scheme),
help(zeren.System), help(zeren.Year), help(zeren.Columns), help(zeren.ZerenError).
"""

import json
from ctypes import byref
from typing import Any, Dict

from ._columns import Column, Columns, Scored
from ._evidence import (
    checkpoint,
    inclusion,
    signature_digest,
    verify,
    verify_against,
    verify_archive,
    verify_inclusion,
    verify_signature,
)
from ._native import ZerenError
from ._native import call as _call
from ._native import LIBRARY as _LIBRARY
from ._native import take as _take
from ._native import Text as _Text
from ._native import utf8 as _utf8
from ._paper import Paper
from ._progress import Progress, Reading
from ._scheme import Scheme
from ._sheet import Sheet
from ._shown import Difference, Findings, Questions, ReadBack, WouldTake
from ._store import Store, read_store
from ._system import Prepared, System
from ._values import NOT_APPLICABLE, Scaled
from ._year import Year

__all__ = [
    "NOT_APPLICABLE",
    "Column",
    "Columns",
    "Difference",
    "Findings",
    "Paper",
    "Prepared",
    "Progress",
    "Questions",
    "ReadBack",
    "Reading",
    "Scaled",
    "Scheme",
    "Scored",
    "Sheet",
    "Store",
    "System",
    "WouldTake",
    "Year",
    "ZerenError",
    "build_info",
    "check_text",
    "checkpoint",
    "inclusion",
    "read_store",
    "schema",
    "self_test",
    "signature_digest",
    "verify",
    "verify_against",
    "verify_archive",
    "verify_inclusion",
    "verify_signature",
    "version",
]


def version() -> str:
    """The version of the library that was loaded."""
    text = _Text()
    status = _LIBRARY.zeren_version(byref(text))
    if status != 0:
        raise ZerenError(status, "internal", [])
    return _take(text)


def build_info() -> Dict[str, Any]:
    """How the library that was loaded was built: version, abi, editions of the scheme language, features, arch, os, debug."""
    text = _Text()
    status = _LIBRARY.zeren_build_info(byref(text))
    if status != 0:
        raise ZerenError(status, "internal", [])
    result: Dict[str, Any] = json.loads(_take(text))
    return result


def self_test() -> None:
    """Computes what is known (digests, exact numbers, dates, a stored line, a sheet); raises ZerenError if anything differs."""
    _call(_LIBRARY.zeren_self_test)


def schema(kind: str) -> Dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of document: "scheme", "facts", "act", "request", "rule_set", "calendar",
    "query", "assess_query", "paper_request" or "template_query". For editors, and for checks before the library is asked."""
    text = _Text()
    _call(_LIBRARY.zeren_schema, *_utf8(kind), byref(text))
    result: Dict[str, Any] = json.loads(_take(text))
    return result


def check_text(text: str) -> Findings:
    """Findings about a text that stays with you, such as the name of a person: private-use characters, which converters of
    older encodings leave (docs/encodings.md), each with the character that is meant. Empty when there is nothing to say."""
    found = _Text()
    _call(_LIBRARY.zeren_text_check, *_utf8(text), byref(found))
    return Findings(json.loads(_take(found)))

# Tracebacks and help name things as their users do: zeren.ZerenError.
for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__
