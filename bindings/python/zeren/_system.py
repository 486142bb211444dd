"""The state that a ledger leads to, and batches on their way into it."""

import json
from ctypes import byref, c_void_p
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Optional, Union

from ._documents import json_of as _json
from ._evidence import joined as _joined
from ._native import call as _call
from ._native import Handle as _Handle
from ._native import LIBRARY as _LIBRARY
from ._native import raw as _raw
from ._native import take as _take
from ._native import take_bytes as _take_bytes
from ._native import Text as _Text
from ._native import utf8 as _utf8
from ._paper import Paper
from ._progress import Progress
from ._progress import watched as _watched
from ._scheme import Scheme
from ._shown import Findings


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
