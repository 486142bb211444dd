"""A ledger in one file, for programs without a database."""

import json
import os
from ctypes import byref, c_void_p
from typing import Any, Dict, Iterable, List, Tuple, Union

from ._native import LIBRARY as _LIBRARY
from ._native import Handle as _Handle
from ._native import Text as _Text
from ._native import call as _call
from ._native import take as _take
from ._native import utf8 as _utf8
from ._shown import Findings
from ._system import Prepared, System

Path = Union[str, "os.PathLike[str]"]


class Store:
    """A ledger's file, open for writing. It holds the lines of the ledger, one a line of text, and nothing else.

    path: the file, which must be there; Store.create makes a new one. One program writes to it at a time.
    ledger: the ledger's id.
    Opening replays the lines and changes nothing. What append or enter returned from was synced to the disk.

        with zeren.Store.create("账本.jsonl", "示例新区") as store:
            store.enter(acts, time="2022-01-04T09:00:00+08:00", operator="u-17")
            print(store.system.view("findings", "2022-03-01"))
    """

    system: System
    """The state that the file's lines lead to."""

    findings: Findings
    """What was noticed on opening: a last batch that a crash left unfinished. The next batch replaces it."""

    def __init__(self, path: Path, ledger: str) -> None:
        store, system, findings = c_void_p(), c_void_p(), _Text()
        _call(
            _LIBRARY.zeren_store_open,
            *_utf8(os.fspath(path)),
            *_utf8(ledger),
            byref(store),
            byref(system),
            byref(findings),
        )
        self._take(store, system, Findings(json.loads(_take(findings))))

    @classmethod
    def create(cls, path: Path, ledger: str) -> "Store":
        """Makes a new file for an empty ledger; a file that is there is never overwritten."""
        pointer, system = c_void_p(), c_void_p()
        _call(_LIBRARY.zeren_store_create, *_utf8(os.fspath(path)), *_utf8(ledger), byref(pointer), byref(system))
        store = cls.__new__(cls)
        store._take(pointer, system, Findings([]))
        return store

    def _take(self, store: c_void_p, system: c_void_p, findings: Findings) -> None:
        self._handle = _Handle(store, _LIBRARY.zeren_store_free)
        self.system = System._over(system)
        self.findings = findings

    def append(self, prepared: Prepared) -> None:
        """Writes a batch that self.system prepared, and returns once it is synced. Commit it then.

        Raises ZerenError of kind "storage" when the file does not take it, "conflict" when it does not continue the file.
        """
        with self._handle as store, prepared._handle as batch:
            _call(_LIBRARY.zeren_store_append, store, batch)

    def enter(self, acts: Iterable[Dict[str, Any]], time: str, operator: str) -> List[Dict[str, Any]]:
        """Prepares acts at the head of the file, writes them and commits them; gives where each act stands.

        time: the ledger time, such as "2022-01-04T09:00:00+08:00"; operator: an opaque id of yours.
        """
        request = {"head": self.system.head(), "time": time, "operator": operator, "acts": list(acts)}
        with self.system.prepare(request) as prepared:
            self.append(prepared)
            self.system.commit(prepared)
            return prepared.receipts()

    def save_snapshot(self) -> None:
        """Leaves a snapshot beside the file, so that opening it again replays only what came since.

        It proves nothing, is of use to this version of the library only, and may be deleted at any time.
        """
        with self._handle as store, self.system._handle as system:
            _call(_LIBRARY.zeren_store_save_snapshot, store, system)

    def close(self) -> None:
        """Closes the file, so that another program may write to it, and frees the state. Again does nothing."""
        self._handle.close()
        self.system.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_store(path: Path, ledger: str) -> Tuple[System, Findings]:
    """Reads a ledger's file as far as it holds, without writing to it and whoever else has it.

    Gives the state up to the last whole batch that holds, and what is wrong behind it: nothing, an unfinished batch, or
    the first line that does not hold.
    """
    system, findings = c_void_p(), _Text()
    _call(_LIBRARY.zeren_store_read, *_utf8(os.fspath(path)), *_utf8(ledger), byref(system), byref(findings))
    return System._over(system), Findings(json.loads(_take(findings)))
