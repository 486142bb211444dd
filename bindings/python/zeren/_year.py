"""The assessment year: rosters scored from the ledger."""

import json
from ctypes import byref, c_void_p
from decimal import Decimal
from typing import Any, Dict, Iterable, Optional

from ._documents import json_of as _json
from ._native import call as _call
from ._native import Handle as _Handle
from ._native import LIBRARY as _LIBRARY
from ._native import take as _take
from ._native import Text as _Text
from ._native import utf8 as _utf8
from ._progress import Progress
from ._progress import watched as _watched
from ._scheme import Scheme
from ._sheet import Sheet
from ._shown import Findings
from ._system import System


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
