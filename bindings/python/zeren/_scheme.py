"""Schemes: read back, checked, scored."""

import json
from ctypes import byref, c_void_p
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Optional, Union

from ._columns import Columns
from ._documents import json_of as _json
from ._native import call as _call
from ._native import Handle as _Handle
from ._native import LIBRARY as _LIBRARY
from ._native import raw as _raw
from ._native import take as _take
from ._native import take_bytes as _take_bytes
from ._native import Text as _Text
from ._native import utf8 as _utf8
from ._progress import Progress
from ._progress import watched as _watched
from ._sheet import Sheet
from ._shown import Difference, Findings, Questions, ReadBack, WouldTake


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
