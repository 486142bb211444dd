"""The shared library through ctypes: one table of prototypes, text and errors across the border, handles."""

import ctypes
import json
import threading
import weakref
from ctypes import POINTER, c_char, c_int32, c_size_t, c_void_p
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import _loader

ABI_VERSION = 0
OK = 0


class Text(ctypes.Structure):
    """zeren_text: owned bytes, freed with zeren_text_free."""

    # A pointer, not c_char_p: ctypes copies c_char_p into bytes, stops at a NUL, and loses what must be freed.
    _fields_ = [("data", POINTER(c_char)), ("len", c_size_t)]


_IN: List[Any] = [c_void_p, c_size_t]  # text in: pointer and length
_ERROR = POINTER(c_void_p)
_TEXT = POINTER(Text)
_HANDLE = POINTER(c_void_p)  # where a handle is written

#: Every function of the header: result and arguments. tests/test_zeren.py compares it with include/zeren.h.
PROTOTYPES: Dict[str, Tuple[Any, List[Any]]] = {
    "zeren_abi_version": (c_int32, []),
    "zeren_version": (c_int32, [_TEXT]),
    "zeren_build_info": (c_int32, [_TEXT]),
    "zeren_self_test": (c_int32, [_ERROR]),
    "zeren_schema": (c_int32, [*_IN, _TEXT, _ERROR]),
    "zeren_text_free": (None, [_TEXT]),
    "zeren_text_check": (c_int32, [*_IN, _TEXT, _ERROR]),
    "zeren_error_json": (c_int32, [c_void_p, _TEXT]),
    "zeren_error_message": (c_int32, [c_void_p, _TEXT]),
    "zeren_error_free": (None, [c_void_p]),
    "zeren_progress_new": (c_int32, [_HANDLE, _ERROR]),
    "zeren_progress_read": (c_int32, [c_void_p, c_void_p, c_void_p, _ERROR]),
    "zeren_progress_cancel": (c_int32, [c_void_p, _ERROR]),
    "zeren_progress_free": (None, [c_void_p]),
    "zeren_system_new": (c_int32, [*_IN, _HANDLE, _ERROR]),
    "zeren_system_open": (c_int32, [*_IN, *_IN, _HANDLE, _ERROR]),
    "zeren_system_snapshot": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_system_open_snapshot": (c_int32, [*_IN, *_IN, _HANDLE, _ERROR]),
    "zeren_system_prepare": (c_int32, [c_void_p, *_IN, _HANDLE, _TEXT, _ERROR]),
    "zeren_prepared_receipts": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_prepared_free": (None, [c_void_p]),
    "zeren_system_commit": (c_int32, [c_void_p, c_void_p, _ERROR]),
    "zeren_system_follow": (c_int32, [c_void_p, *_IN, _ERROR]),
    "zeren_system_follow_watched": (c_int32, [c_void_p, *_IN, c_void_p, _ERROR]),
    "zeren_system_view": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_system_free": (None, [c_void_p]),
    "zeren_store_create": (c_int32, [*_IN, *_IN, _HANDLE, _HANDLE, _ERROR]),
    "zeren_store_open": (c_int32, [*_IN, *_IN, _HANDLE, _HANDLE, _TEXT, _ERROR]),
    "zeren_store_read": (c_int32, [*_IN, *_IN, _HANDLE, _TEXT, _ERROR]),
    "zeren_store_append": (c_int32, [c_void_p, c_void_p, _ERROR]),
    "zeren_store_save_snapshot": (c_int32, [c_void_p, c_void_p, _ERROR]),
    "zeren_store_free": (None, [c_void_p]),
    "zeren_ledger_verify": (c_int32, [*_IN, *_IN, _TEXT, _ERROR]),
    "zeren_ledger_checkpoint": (c_int32, [*_IN, *_IN, _TEXT, _ERROR]),
    "zeren_ledger_verify_against": (c_int32, [*_IN, *_IN, *_IN, _TEXT, _ERROR]),
    "zeren_ledger_inclusion": (c_int32, [*_IN, *_IN, c_size_t, _TEXT, _ERROR]),
    "zeren_inclusion_verify": (c_int32, [*_IN, *_IN, _TEXT, _ERROR]),
    "zeren_signature_digest": (c_int32, [*_IN, _TEXT, _ERROR]),
    "zeren_signature_verify": (c_int32, [*_IN, _TEXT, _ERROR]),
    "zeren_letter_certificate": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_archive_write": (c_int32, [c_void_p, c_void_p, *_IN, *_IN, _TEXT, _ERROR]),
    "zeren_archive_verify": (c_int32, [*_IN, *_IN, _TEXT, _ERROR]),
    "zeren_ledger_verify_watched": (c_int32, [*_IN, *_IN, c_void_p, _TEXT, _ERROR]),
    "zeren_scheme_parse": (c_int32, [*_IN, _HANDLE, _ERROR]),
    "zeren_scheme_about": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_scheme_read_back": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_scheme_score": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_score_cohort": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_score_cohort_watched": (c_int32, [c_void_p, *_IN, c_void_p, _TEXT, _ERROR]),
    "zeren_scheme_check": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_scheme_would_take": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_difference": (c_int32, [c_void_p, c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_template": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_read_template": (c_int32, [c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_scheme_free": (None, [c_void_p]),
    "zeren_columns_new": (c_int32, [c_void_p, _HANDLE, _ERROR]),
    "zeren_columns_about": (c_int32, [c_void_p, _TEXT, _ERROR]),
    "zeren_columns_free": (None, [c_void_p]),
    "zeren_table_new": (c_int32, [c_void_p, c_size_t, _HANDLE, _ERROR]),
    "zeren_table_set_numbers": (c_int32, [c_void_p, *_IN, c_void_p, c_int32, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_days": (c_int32, [c_void_p, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_truths": (c_int32, [c_void_p, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_words": (c_int32, [c_void_p, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_events": (c_int32, [c_void_p, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_texts": (c_int32, [c_void_p, *_IN, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_cohorts": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_set_parents": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_table_score": (c_int32, [c_void_p, _HANDLE, _ERROR]),
    "zeren_table_score_watched": (c_int32, [c_void_p, c_void_p, _HANDLE, _ERROR]),
    "zeren_table_sheet": (c_int32, [c_void_p, c_size_t, _TEXT, _ERROR]),
    "zeren_table_free": (None, [c_void_p]),
    "zeren_scored_points": (c_int32, [c_void_p, *_IN, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_total": (c_int32, [c_void_p, c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_grade": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_earned_grade": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_rank": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_by_sheet": (c_int32, [c_void_p, c_void_p, c_size_t, _ERROR]),
    "zeren_scored_sheet": (c_int32, [c_void_p, c_size_t, _TEXT, _ERROR]),
    "zeren_scored_free": (None, [c_void_p]),
    "zeren_year_new": (c_int32, [_HANDLE, _ERROR]),
    "zeren_year_assess": (c_int32, [c_void_p, c_void_p, c_void_p, *_IN, _TEXT, _ERROR]),
    "zeren_year_assess_watched": (c_int32, [c_void_p, c_void_p, c_void_p, *_IN, c_void_p, _TEXT, _ERROR]),
    "zeren_year_free": (None, [c_void_p]),
    "zeren_system_paper": (c_int32, [c_void_p, c_void_p, *_IN, _TEXT, _ERROR]),
}


class ZerenError(Exception):
    """A call was refused; the state is as it was before.

    status: the number of include/zeren.h, for example 12 when the ledger has moved on.
    kind: the same as a word, for example "conflict".
    code: the stable code of the first finding, for example "system.head_moved".
    pointer: the place of the first finding in the document that was passed, as a JSON pointer; None when it has none.
    findings: every reason, as a list of dicts with code, severity, zh, en and, where they apply, pointer, subject, basis.
    """

    def __init__(self, status: int, kind: str, findings: List[Dict[str, Any]]) -> None:
        told = ([f"[{f['code']}]", f.get("pointer"), f["zh"], "/", f["en"]] for f in findings)
        super().__init__("\n".join(" ".join(part for part in parts if part) for parts in told))
        self.status = status
        self.kind = kind
        self.findings = findings
        self.code: str = findings[0]["code"] if findings else kind
        self.pointer: Optional[str] = findings[0].get("pointer") if findings else None

    def __reduce__(self) -> Tuple[Any, ...]:
        return (type(self), (self.status, self.kind, self.findings))


def _load() -> ctypes.CDLL:
    library = _loader.load(ABI_VERSION)
    for name, (result, arguments) in PROTOTYPES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = _load()


def utf8(text: str) -> "Tuple[ctypes.Array[c_char], int]":
    """Text in: a buffer, which must live until the call returns, and its length."""
    return raw(text.encode("utf-8"))


def raw(data: bytes) -> "Tuple[ctypes.Array[c_char], int]":
    """The bytes of a file in, as utf8 gives those of a text."""
    return ctypes.create_string_buffer(data, len(data) + 1), len(data)


def take(text: Text) -> str:
    """Text out: copied and freed."""
    return take_bytes(text).decode("utf-8")


def take_bytes(text: Text) -> bytes:
    """The bytes of a file out: copied and freed."""
    try:
        return ctypes.string_at(text.data, text.len)
    finally:
        LIBRARY.zeren_text_free(ctypes.byref(text))


def call(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function whose last parameter is the error, and raises what it tells."""
    error = c_void_p()
    status = function(*arguments, ctypes.byref(error))
    if status == OK:
        return
    try:
        text = Text()
        if LIBRARY.zeren_error_json(error, ctypes.byref(text)) != OK:
            raise ZerenError(status, "internal", [])
        told = json.loads(take(text))
    finally:
        LIBRARY.zeren_error_free(error)
    raise ZerenError(status, told["kind"], told["findings"])


class Handle:
    """A handle that is freed once: by close or by the garbage collector, and never during a call."""

    def __init__(self, pointer: c_void_p, free: Callable[..., None]) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._closed = False
        # The raw number only: a finalizer that knew self would keep it alive.
        self._free = weakref.finalize(self, free, pointer.value)
        # At exit the memory goes with the process. To free it there would take it from daemon threads that are in a call.
        self._free.atexit = False
        self._pointer: Optional[int] = pointer.value

    def __enter__(self) -> Optional[int]:
        with self._lock:
            if self._closed:
                raise ValueError("it is closed")
            self._users += 1
            return self._pointer

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            last = self._closed and self._users == 0
        if last:
            self._free()

    def close(self) -> None:
        """No further calls; freed when the last call that is under way returns."""
        with self._lock:
            self._closed = True
            idle = self._users == 0
        if idle:
            self._free()
