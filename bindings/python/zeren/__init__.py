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
from ctypes import byref, c_void_p
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Optional, Union

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
from ._evidence import joined as _joined
from ._native import LIBRARY as _LIBRARY
from ._native import Handle as _Handle
from ._native import Text as _Text
from ._native import ZerenError
from ._native import call as _call
from ._native import raw as _raw
from ._native import take as _take
from ._native import take_bytes as _take_bytes
from ._native import utf8 as _utf8
from ._paper import Paper
from ._progress import Progress, Reading
from ._progress import watched as _watched
from ._sheet import Sheet
from ._shown import Difference, Findings, Questions, ReadBack, WouldTake
from ._values import NOT_APPLICABLE, Scaled

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


class Prepared:
    """A batch that was checked and has not happened yet. System.prepare makes it.

    lines: the lines to store, without line feeds; none when the ledger holds every act already.
    """

    def __init__(self, pointer: c_void_p, lines: List[str]) -> None:
        self._handle = _Handle(pointer, _LIBRARY.zeren_prepared_free)
        self.lines = lines

    def receipts(self) -> List[Dict[str, Any]]:
        """Where each act stands or will stand: {"act": id, "position": number, "repeated": bool}."""
        text = _Text()
        with self._handle as pointer:
            _call(_LIBRARY.zeren_prepared_receipts, pointer, byref(text))
        result: List[Dict[str, Any]] = json.loads(_take(text))
        return result

    def close(self) -> None:
        """Frees the batch. A committed one has happened; of another nothing remains. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "Prepared":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class System:
    """The state that a ledger leads to.

    ledger: its id; one ledger a tenant.
    lines: what is stored, in order, as Prepared.lines gave it, with or without line feeds; none for an empty ledger.
    progress: a Progress that another thread reads; so for every call that takes one.
    """

    def __init__(self, ledger: str, lines: Iterable[str] = (), progress: Optional[Progress] = None) -> None:
        pointer = c_void_p()
        _call(_LIBRARY.zeren_system_new, *_utf8(ledger), byref(pointer))
        self._handle = _Handle(pointer, _LIBRARY.zeren_system_free)
        self.follow(lines, progress)

    @classmethod
    def _over(cls, pointer: c_void_p) -> "System":
        """A system that another function of the library made."""
        system = cls.__new__(cls)
        system._handle = _Handle(pointer, _LIBRARY.zeren_system_free)
        return system

    @classmethod
    def from_snapshot(cls, ledger: str, snapshot: bytes) -> "System":
        """The state that a snapshot holds; follow the lines that came since.

        Raises ZerenError where another version of the library wrote it or where it was changed: open the system from its
        lines then.
        """
        pointer = c_void_p()
        _call(_LIBRARY.zeren_system_open_snapshot, *_utf8(ledger), *_raw(snapshot), byref(pointer))
        return cls._over(pointer)

    def snapshot(self) -> bytes:
        """The state as bytes, for from_snapshot: it saves a replay, and proves nothing; keep the lines."""
        data = _Text()
        with self._handle as system:
            _call(_LIBRARY.zeren_system_snapshot, system, byref(data))
        return _take_bytes(data)

    def prepare(self, request: Union[str, Dict[str, Any]]) -> Prepared:
        """Checks a batch of acts and changes nothing.

        request: head (as your database shows it), time, operator, acts; a dict, or the same as JSON text. Numbers with
        decimals: decimal.Decimal, or the text, since a float is written as Python sees fit.
        Raises ZerenError: kind "conflict" when the head has moved, else with every problem of every act.
        """
        pointer, lines = c_void_p(), _Text()
        with self._handle as system:
            _call(_LIBRARY.zeren_system_prepare, system, *_utf8(_json(request)), byref(pointer), byref(lines))
        prepared = Prepared(pointer, [])
        # Only a line feed ends a line; splitlines would also break at other characters that a text may hold.
        prepared.lines = _take(lines).split("\n")[:-1]
        return prepared

    def commit(self, prepared: Prepared) -> None:
        """Takes a prepared batch over, once its lines are stored."""
        with self._handle as system, prepared._handle as batch:
            _call(_LIBRARY.zeren_system_commit, system, batch)

    def follow(self, lines: Iterable[str], progress: Optional[Progress] = None) -> None:
        """Takes over lines that others have stored since this system's head: all or none."""
        with self._handle as system:
            _watched("zeren_system_follow", progress)(system, *_utf8(_joined(lines)))

    def view(
        self,
        view: str,
        day: str,
        known: Optional[int] = None,
        **more: Any,
    ) -> Any:
        """Answers a question about a day.

        view: "findings", "cascade", "obligations", "due", "letters", "letter", "answers", "unit", "group", "burden",
            "facts", "head" and so on; zeren.schema("query") lists all of them.
        day: such as "2022-03-01".
        known: acts up to this position of the ledger; all of them when missing.
        more: what the question names besides, such as letter="l-1", unit="u-1", scheme="s", subject="s-1".
        Numbers with decimals come as decimal.Decimal. A question that does not exist, or lacks what it needs, raises
        zeren.ZerenError.

            system.view("answers", "2022-10-01", unit="u-1")    # who answered for it on that day
            system.view("letter", "2022-10-01", letter="l-1")   # the whole life of a letter
        """
        asked = {"view": view, "day": day, "known": known, **more}
        query = json.dumps({name: value for name, value in asked.items() if value is not None})
        text = _Text()
        with self._handle as system:
            _call(_LIBRARY.zeren_system_view, system, *_utf8(query), byref(text))
        # Decimal, since a fact such as 92.35 is exact and a float is not.
        answer = json.loads(_take(text), parse_float=Decimal)
        return Findings(answer) if view == "findings" else answer

    def certificate(self, letter: str, day: str, form: str = "data", **more: Any) -> Any:
        """The certificate page of a letter: who signed which manifestation when in which capacity, what was verified by whom,
        amendments and successions in order.

        form: "data" (a dict), "markdown" or "html" (text that prints on A4).
        more: known (a position); names, such as [{"person": "p-1", "name": "张三"}]; keys of signers, such as
            [{"post": "p-1", "key": "04..."}], with which signatures over signing statements are verified.
        """
        asked = {"letter": letter, "day": day, "format": form, **more}
        text = _Text()
        with self._handle as system:
            _call(_LIBRARY.zeren_letter_certificate, system, *_utf8(_json(asked)), byref(text))
        page = _take(text)
        return json.loads(page, parse_float=Decimal) if form == "data" else page

    def archive(self, scheme: "Scheme", subject: str, day: str, lines: Iterable[str]) -> str:
        """The archive package of a subject under a scheme: one JSON object a line (docs/archive.md).

        lines: all that is stored, since the package carries acts byte for byte. verify_archive checks it, and so does a
        program that needs nothing but Python.
        """
        query = _json({"subject": subject, "day": day})
        text = _Text()
        with self._handle as system, scheme._handle as rules:
            _call(_LIBRARY.zeren_archive_write, system, rules, *_utf8(query), *_utf8(_joined(lines)), byref(text))
        return _take(text)

    def paper(
        self,
        kind: str,
        day: str,
        scheme: Optional["Scheme"] = None,
        audience: Optional[Dict[str, str]] = None,
        known: Optional[int] = None,
        **more: Any,
    ) -> Paper:
        """Makes a paper (文书): data, markdown and html, which also shows in a notebook.

        kind: "letter", "score_feedback", "appeal_receipt", "appeal_answer", "rectification_notice", "missing_data",
            "ranking", "publicity", "approval", "cascade_map", "duty_report", "leaders_page".
        day: the day looked at, such as "2024-02-21", and printed unless date="..." says another.
        scheme: for the papers about results and missing data.
        audience: for whom, such as {"who": "subject", "subject": "s-1"} or {"who": "public"}; the office when missing.
        known: acts up to this position of the ledger; all of them when missing.
        more: what the paper is about and bears, such as letter="l-1", subject="s-1", appeal="a-1", unit="u-1",
            number="示考〔2024〕3号", issuer="示例新区考核办公室"; zeren.schema("paper_request") lists all of it.
        What is not for the audience, or not yet settled, raises zeren.ZerenError.

            system.paper("score_feedback", "2024-02-02", scheme, subject="s-1").html
        """
        if known is None:
            known = self.head()["position"]  # the three forms are of one state, whatever follows meanwhile
        asked = {"kind": kind, "day": day, "audience": audience, "known": known, **more}
        asked = {name: value for name, value in asked.items() if value is not None}
        forms = [self._paper({**asked, "format": form}, scheme) for form in ("data", "markdown", "html")]
        return Paper(*forms)

    def _paper(self, request: Dict[str, Any], scheme: Optional["Scheme"]) -> str:
        text, query = _Text(), _utf8(_json(request))
        with self._handle as system:
            if scheme is None:
                _call(_LIBRARY.zeren_system_paper, system, None, *query, byref(text))
            else:
                with scheme._handle as pointer:
                    _call(_LIBRARY.zeren_system_paper, system, pointer, *query, byref(text))
        return _take(text)

    def head(self) -> Dict[str, Any]:
        """Where this system stands: {"position": ..., "digest": ...}."""
        head: Dict[str, Any] = self.view("head", "2000-01-01")  # a head is the same on every day
        return head

    def close(self) -> None:
        """Frees the state. Batches that it prepared stay good. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "System":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Scheme:
    """A scheme (考核办法): what is declared, what is scored and how. It never changes.

    document: the scheme document, a dict or the same as JSON text.
    Raises ZerenError with every problem at once; for an adopted scheme also with every question that it leaves open.
    """

    def __init__(self, document: Union[str, Dict[str, Any]]) -> None:
        pointer = c_void_p()
        _call(_LIBRARY.zeren_scheme_parse, *_utf8(_json(document)), byref(pointer))
        self._handle = _Handle(pointer, _LIBRARY.zeren_scheme_free)

    def about(self) -> Dict[str, Any]:
        """id, version, title, year, status ("draft" or "adopted"), digest and table_digest (SM3, of the document and of
        what read_back gives), questions (what a draft leaves open: each a finding and the answers there are)."""
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_about, scheme, byref(text))
        result: Dict[str, Any] = json.loads(_take(text))
        return result

    @property
    def questions(self) -> Questions:
        """What a draft leaves open (待明确事项); none of an adopted scheme."""
        return Questions(self.about()["questions"])

    def read_back(self) -> ReadBack:
        """The table that its adopters approve, Chinese, in Markdown; in a notebook it shows as HTML."""
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_read_back, scheme, byref(text))
        return ReadBack(_take(text))

    def columns(self) -> Columns:
        """The scheme compiled for columns: many subjects at once, from arrays into arrays, as exact as one by one.

        Results of another scheme that it includes are columns too: "result:" and the scheme's id, the scores; "grade:" and
        the id, the grades as text.
        """
        with self._handle as scheme:
            return Columns(scheme)

    def score(self, facts: Union[str, Dict[str, Any]]) -> "Sheet":
        """Scores one facts document, apart from any ledger, and gives the sheet.

        facts: kind "facts", format 1, subject, scheme (the id), facts (values by name), as System.view("facts", ...)
        gives it; a dict, or the same as JSON text. Numbers with decimals: decimal.Decimal, or the text.
        An item that includes another scheme's result counts as pending; a Year knows results.
        """
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_score, scheme, *_utf8(_json(facts)), byref(text))
        return Sheet(json.loads(_take(text), parse_float=Decimal))

    def score_cohort(
        self, facts: Iterable[Dict[str, Any]], progress: Optional[Progress] = None
    ) -> List["Sheet"]:
        """Scores subjects that are compared with each other, and gives their sheets in the same order.

        facts: facts documents as score takes them; those of one "cohort" are ranked together, and "parent" says who stands
        below whom. Everybody's problems come in one ZerenError, each finding about its subject.
        """
        text = _Text()
        with self._handle as scheme:
            _watched("zeren_scheme_score_cohort", progress)(scheme, *_utf8(_json(list(facts))), out=byref(text))
        return [Sheet(sheet) for sheet in json.loads(_take(text), parse_float=Decimal)]

    def check(self) -> Findings:
        """Findings: worked examples that come out otherwise, and what is most likely a slip. Empty when all is well."""
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_check, scheme, byref(text))
        return Findings(json.loads(_take(text)))

    def would_take(
        self,
        facts: Iterable[Dict[str, Any]],
        subject: str,
        total: Union[None, int, str, Decimal] = None,
        grade: Optional[str] = None,
    ) -> WouldTake:
        """For each fact declared improvable, everything else fixed: the nearest value with which a subject reaches a goal.

        facts: everybody who is scored together. Give either total (at least this) or grade (this or a better one).
        """
        query: Dict[str, Any] = {"facts": list(facts), "subject": subject}
        if total is not None:
            query["total"] = total
        if grade is not None:
            query["grade"] = grade
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_would_take, scheme, *_utf8(_json(query)), byref(text))
        return WouldTake(json.loads(_take(text), parse_float=Decimal))

    def difference(
        self,
        before: Iterable[Dict[str, Any]],
        after: Iterable[Dict[str, Any]],
        subject: str,
        scheme: Optional["Scheme"] = None,
    ) -> Difference:
        """What leads from one run to another for a subject, in steps that sum exactly: rules, own facts, others' facts.

        before, after: the facts of everybody in the two runs. scheme: that of the second run; this one when missing.
        """
        query = {"before": list(before), "after": list(after), "subject": subject}
        text = _Text()
        with self._handle as first, (scheme or self)._handle as second:
            _call(_LIBRARY.zeren_scheme_difference, first, second, *_utf8(_json(query)), byref(text))
        return Difference(json.loads(_take(text), parse_float=Decimal))

    def template(
        self,
        subjects: Iterable[Union[str, Dict[str, Any]]],
        supplier: Optional[str] = None,
        events: Optional[str] = None,
        opening: Optional[int] = None,
        format: str = "csv",
    ) -> bytes:
        """A table for data entry, to be filled in with WPS or Excel: the bytes of a file.

        subjects: ids, or dicts of "id", "name" and, where wanted, "facts" that stand in the cells already.
        supplier: whose facts; those of everybody when missing. about()["templates"] lists the tables that there are.
        events: the fact whose events are wanted, a row an event.
        opening: the earlier year whose values are wanted, from before the ledger.
        format: "csv", or "xlsx" where the library was built with it.
        """
        asked = {"supplier": supplier, "events": events, "opening": opening, "format": format}
        query: Dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        query["subjects"] = [{"id": subject} if isinstance(subject, str) else subject for subject in subjects]
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_template, scheme, *_utf8(_json(query)), byref(text))
        return _take_bytes(text)

    def read_template(self, table: bytes) -> Dict[str, Any]:
        """Reads a filled table, CSV or xlsx: a dict of scheme, version, content ("values", "events", "opening"), supplier,
        subjects (dicts of "subject" and "facts", which the act facts.recorded takes as they are) and findings.

        Raises ZerenError with every cell that cannot be read: pointer is its address, such as "C4".
        """
        text = _Text()
        with self._handle as scheme:
            _call(_LIBRARY.zeren_scheme_read_template, scheme, *_raw(table), byref(text))
        entered: Dict[str, Any] = json.loads(_take(text), parse_float=Decimal)
        entered["findings"] = Findings(entered["findings"])
        return entered

    def close(self) -> None:
        """Frees the scheme. What it scored stays good. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "Scheme":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Year:
    """An assessment year: it keeps what each scheme gave each subject, for the schemes that include it."""

    def __init__(self) -> None:
        pointer = c_void_p()
        _call(_LIBRARY.zeren_year_new, byref(pointer))
        self._handle = _Handle(pointer, _LIBRARY.zeren_year_free)

    def assess(
        self,
        system: System,
        scheme: Scheme,
        day: str,
        known: Optional[int] = None,
        subjects: Optional[Iterable[str]] = None,
        progress: Optional[Progress] = None,
    ) -> Dict[str, Any]:
        """Scores subjects from the facts of the ledger, and keeps the results.

        A scheme that another includes must be assessed before it.
        known: acts up to this position of the ledger; all of them when missing.
        subjects: whom to score; the roster that the ledger holds on that day when missing.
        Gives {"scheme": id, "sheets": one Sheet a subject in the order of the roster, "findings": facts that may count the same
        things twice}. After a ZerenError the year is as it was.
        """
        query: Dict[str, Any] = {"day": day}
        if known is not None:
            query["known"] = known
        if subjects is not None:
            if isinstance(subjects, str):
                raise TypeError("subjects are a list of ids, not one id")
            query["subjects"] = list(subjects)
        text = _Text()
        with self._handle as year, system._handle as state, scheme._handle as rules:
            _watched("zeren_year_assess", progress)(year, state, rules, *_utf8(_json(query)), out=byref(text))
        result: Dict[str, Any] = json.loads(_take(text), parse_float=Decimal)
        result["sheets"] = [Sheet(sheet) for sheet in result["sheets"]]
        result["findings"] = Findings(result["findings"])
        return result

    def close(self) -> None:
        """Frees the year. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "Year":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _json(document: Union[str, Dict[str, Any], List[Any]]) -> str:
    return document if isinstance(document, str) else _written(document)


def _written(value: Any) -> str:
    """JSON as json.dumps writes it, but for Decimal, which json does not know and which what a view gives holds."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)}: {_written(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"the name of a member must be a str, not {name!r}")
    return json.dumps(name, ensure_ascii=False)


# Here, since it gives systems.
from ._store import Store, read_store  # noqa: E402

# Tracebacks and help name things as their users do: zeren.ZerenError.
for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__
