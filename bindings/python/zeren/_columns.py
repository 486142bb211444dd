"""Many subjects at once: facts in columns, results in columns, every number exact."""

import array
import json
from ctypes import byref, c_void_p
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any, Dict, FrozenSet, Hashable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _values
from ._native import LIBRARY as _LIBRARY
from ._native import Handle as _Handle
from ._native import Text as _Text
from ._native import call as _call
from ._native import take as _take
from ._native import utf8 as _utf8
from ._progress import Progress
from ._progress import watched as _watched
from ._sheet import Sheet

Number = Union[Decimal, Fraction]

#: ZEREN_SEE_SHEET: the row has no single number, or none that fits.
SEE_SHEET = -(2**63)

#: Rows that a printed table shows.
_SHOWN = 20


class Columns:
    """A scheme compiled for columns. Scheme.columns makes it; it outlives the scheme and scores any number of tables.

    about: what goes in ("columns": name, kind, needed, places, least, greatest, words) and what comes out ("results": what,
    item, title, per, fractions, words); "exact_because" where the scheme is not for columns and every row gets a sheet.
    """

    def __init__(self, scheme: Any) -> None:
        pointer = c_void_p()
        _call(_LIBRARY.zeren_columns_new, scheme, byref(pointer))
        self._handle = _Handle(pointer, _LIBRARY.zeren_columns_free)
        text = _Text()
        with self._handle as columns:
            _call(_LIBRARY.zeren_columns_about, columns, byref(text))
        self.about: Dict[str, Any] = json.loads(_take(text))
        self._wanted = {column["name"]: column for column in self.about["columns"]}

    @property
    def exact_because(self) -> Optional[str]:
        """Why every row gets a sheet, which takes a thousand times longer; None where columns are computed as such."""
        because: Optional[str] = self.about.get("exact_because")
        return because

    def score(
        self,
        facts: Mapping[str, Any],
        states: Optional[Mapping[str, Any]] = None,
        cohorts: Optional[Sequence[Hashable]] = None,
        parents: Optional[Sequence[Optional[int]]] = None,
        progress: Optional[Progress] = None,
    ) -> "Scored":
        """Scores a table: one row a subject, all columns of the same length.

        facts: a column for each fact that is needed. A column is a buffer of integers (array.array, memoryview, NumPy,
            pandas), which is copied once, or a list; a number means itself, and whole numbers of another unit are
            zeren.Scaled(buffer, places): hundredths at 2. In a list: int, Decimal, Fraction or text for numbers, bool for
            yes or no, datetime.date or ISO text for days, words for a choice, and for events a list a row
            of dicts; None where nobody knows, and zeren.NOT_APPLICABLE where it does not apply. In a buffer: 0 and 1 for yes or no, yyyymmdd for days, the place
            of the word from 0 for a choice. Floats are refused, since they are not exact.
        states: for a buffer, a byte a row: 0 known, 1 unknown, 2 not applicable.
        cohorts: who is compared with whom: equal means together. All are one cohort when missing.
        parents: the row above each row, None where there is none.
        progress: a Progress that another thread reads.
        """
        rows, columns = self._read(facts)
        table_pointer = c_void_p()
        with self._handle as own:
            _call(_LIBRARY.zeren_table_new, own, rows, byref(table_pointer))
        held = _Handle(table_pointer, _LIBRARY.zeren_table_free)
        with held as table:
            for name, given in columns.items():
                told = (states or {}).get(name)
                if told is not None and given.states is not None:
                    raise TypeError(f"{name}: a list tells its states itself, by None and NOT_APPLICABLE")
                self._set(table, name, given, given.states if told is None else told)
            if cohorts is not None:
                together = _cohorts(_plain(cohorts))
                _call(_LIBRARY.zeren_table_set_cohorts, table, _values.address(together), len(together))
            if parents is not None:
                above = array.array("q", (-1 if parent is None else parent for parent in _plain(parents)))
                _call(_LIBRARY.zeren_table_set_parents, table, _values.address(above), len(above))
            pointer = c_void_p()
            _watched("zeren_table_score", progress)(table, out=byref(pointer))
        return Scored(self.about, rows, pointer, held)

    def _read(self, facts: Mapping[str, Any]) -> Tuple[int, Dict[str, _values.Given]]:
        columns: Dict[str, _values.Given] = {}
        for name, values in facts.items():
            # A name that the scheme does not have is refused by the library, with the names that it has.
            wanted = self._wanted.get(name, {"kind": "number"})
            columns[name] = _values.given(name, wanted, values)
        rows = max((given.rows for given in columns.values()), default=0)
        return rows, columns

    def _set(self, table: Any, name: str, given: _values.Given, states: Any) -> None:
        if states is not None and memoryview(states).nbytes != given.rows:
            raise ValueError(f"{name}: {memoryview(states).nbytes} states for {given.rows} rows")
        values, after = _values.address(given.values), (_values.address(states), given.rows)
        function = getattr(_LIBRARY, f"zeren_table_set_{given.sort}")
        if given.sort == "numbers":
            _call(function, table, *_utf8(name), values, given.places, *after)
        elif given.sort == "texts":
            _call(function, table, *_utf8(name), *_utf8(given.text), values, *after)
        else:
            _call(function, table, *_utf8(name), values, *after)
        for field, inner in (given.fields or {}).items():
            self._set(table, field, inner, inner.states)

    def close(self) -> None:
        """Frees it. What it scored stays good. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "Columns":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _cohorts(cohorts: Any) -> "array.array[int]":
    """A number for each: its own where it is one that the library takes, else in the order of first appearance."""
    try:
        numbers = array.array("i", cohorts)
        if min(numbers, default=0) >= 0:
            return numbers
    except (OverflowError, TypeError):
        pass
    known: Dict[Hashable, int] = {}
    return array.array("i", [known.setdefault(cohort, len(known)) for cohort in cohorts])


def _plain(values: Any) -> Any:
    """Python's own values: NumPy and pandas give others one by one."""
    return values.tolist() if hasattr(values, "tolist") else values


class Column(Sequence[Optional[Number]]):
    """One result of every row. As a sequence it gives exact values: Decimal, Fraction where the decimals have no end, and
    None where there is no single number (Scored.sheet tells more).

    numbers: the whole numbers, an array.array of 64 bits; memoryview and numpy.frombuffer share its memory.
    per: what they are over: 100 where they are hundredths.
    denominators: what each row is over besides; None where it is nothing.
    """

    def __init__(self, numbers: "array.array[int]", per: int, denominators: Optional["array.array[int]"] = None) -> None:
        self.numbers = numbers
        self.per = per
        self.denominators = denominators

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        number = self.numbers[row]
        if number == SEE_SHEET:
            return None
        below = self.per * (1 if self.denominators is None else self.denominators[row])
        return _values.decimal(Fraction(number, below))

    def to_numpy(self) -> Any:
        """The whole numbers as a NumPy array over the same memory."""
        import numpy  # only here: the package needs it nowhere else

        return numpy.frombuffer(self.numbers, dtype=numpy.int64)

    def __repr__(self) -> str:
        values = ", ".join(map(str, self[: min(len(self), 8)]))
        return f"<zeren.Column of {len(self)}: {values}{', …' if len(self) > 8 else ''}>"


class Scored:
    """The results of a table. Columns are fetched when they are asked for, and kept.

    rows: how many. about: as Columns.about.
    """

    def __init__(self, about: Dict[str, Any], rows: int, pointer: c_void_p, table: _Handle) -> None:
        self.about = about
        self._table_handle = table  # never set again, so its sheets are those of these results
        self.rows = rows
        self._handle = _Handle(pointer, _LIBRARY.zeren_scored_free)
        self._columns: Dict[Tuple[str, Optional[str]], Column] = {}
        self._sheets: Optional[FrozenSet[int]] = None

    def __len__(self) -> int:
        return self.rows

    @property
    def items(self) -> List[str]:
        """The ids of items, bonuses and penalties, in the order of the sheet."""
        return [given["item"] for given in self.about["results"] if given["what"] == "points"]

    def column(self, what: str, item: Optional[str] = None) -> Column:
        """A column: "total", "grade", "earned_grade" (before quotas), "rank", or "points" of an item.

        Grades are places among the words of about["results"], best first, from 0; grade() gives the words.
        """
        known = self._columns.get((what, item))
        if known is None:
            known = self._columns[what, item] = self._fetch(what, item)
        return known

    def _fetch(self, what: str, item: Optional[str]) -> Column:
        found = [given for given in self.about["results"] if (given["what"], given.get("item")) == (what, item)]
        if not found:
            raise KeyError(what if item is None else item)
        per, fractions = found[0]["per"], found[0]["fractions"]
        numbers = array.array("q", [0]) * self.rows
        denominators = array.array("q", [1]) * self.rows if fractions else None
        out, below = _values.address(numbers), _values.address(denominators)
        with self._handle as scored:
            if what == "points":
                _call(_LIBRARY.zeren_scored_points, scored, *_utf8(item or ""), out, below, self.rows)
            elif what == "total":
                _call(_LIBRARY.zeren_scored_total, scored, out, below, self.rows)
            else:
                _call(getattr(_LIBRARY, f"zeren_scored_{what}"), scored, out, self.rows)
        del out, below  # they hold the memory of the arrays, which could not grow while they do
        return Column(numbers, per, denominators)

    def points(self, item: str, row: Optional[int] = None) -> Any:
        """The points of an item, bonus or penalty (negative): the column, or the exact value of one row."""
        column = self.column("points", item)
        return column if row is None else column[row]

    def total(self, row: Optional[int] = None) -> Any:
        """The totals: the column, or the exact value of one row."""
        column = self.column("total")
        return column if row is None else column[row]

    def grade(self, row: Optional[int] = None) -> Any:
        """The grades after quotas as words: of all rows, or of one; None where more than one is possible."""
        return self._words("grade", row)

    def earned_grade(self, row: Optional[int] = None) -> Any:
        """The grades before quotas as words: of all rows, or of one."""
        return self._words("earned_grade", row)

    def rank(self, row: Optional[int] = None) -> Any:
        """The ranks within the cohorts, the best 1: of all rows, or of one; None where more than one is possible."""
        numbers = self.column("rank").numbers
        ranks = numbers if row is None else [numbers[row]]
        told = [None if rank == SEE_SHEET else rank for rank in ranks]
        return told if row is None else told[0]

    def _words(self, what: str, row: Optional[int]) -> Any:
        numbers = self.column(what).numbers
        words = next(given["words"] for given in self.about["results"] if given["what"] == what)
        places = numbers if row is None else [numbers[row]]
        told = [None if place == SEE_SHEET else words[place] for place in places]
        return told if row is None else told[0]

    @property
    def by_sheet(self) -> List[int]:
        """The rows that were left to the exact run: something is unknown or does not apply there, or in their cohort."""
        told = bytearray(self.rows)
        out = _values.address(told)
        with self._handle as scored:
            _call(_LIBRARY.zeren_scored_by_sheet, scored, out, self.rows)
        return [row for row, sheet in enumerate(told) if sheet]

    def sheet(self, row: int) -> Sheet:
        """The sheet of a row, with the reason of every point; its subject is the number of the row.

        Rows of by_sheet have theirs already. For another one everybody who is compared with it is scored exactly: of a
        cohort of thousands that takes its time.
        """
        if not 0 <= row < self.rows:
            raise IndexError(row)
        text = _Text()
        if self._sheets is None:
            self._sheets = frozenset(self.by_sheet)
        if row in self._sheets:
            with self._handle as scored:
                _call(_LIBRARY.zeren_scored_sheet, scored, row, byref(text))
        else:
            with self._table_handle as table:
                _call(_LIBRARY.zeren_table_sheet, table, row, byref(text))
        return Sheet(json.loads(_take(text), parse_float=Decimal))

    def to_numpy(self) -> Dict[str, Any]:
        """All columns as NumPy arrays of whole numbers, points by item id; what they are over stands in about."""
        names = [(given["what"], given.get("item")) for given in self.about["results"]]
        return {item or what: self.column(what, item).to_numpy() for what, item in names}

    def _table(self) -> Iterator[List[str]]:
        given = self.about["results"]
        titles = {"total": "总分", "grade": "等次", "earned_grade": "限额前等次", "rank": "名次"}
        others = [column for column in given if column["what"] != "points"]
        points = [column for column in given if column["what"] == "points"]
        yield ["行", *(titles[column["what"]] for column in others), *(column["item"] for column in points)]
        for row in range(min(self.rows, _SHOWN)):
            cells = []
            for column in others + points:
                what = column["what"]
                value = self._words(what, row) if "grade" in what else self.column(what, column.get("item"))[row]
                cells.append("见得分表" if value is None else str(value))
            yield [str(row), *cells]

    def _rest(self) -> str:
        return f"…… 共 {self.rows} 行" if self.rows > _SHOWN else f"共 {self.rows} 行"

    def __str__(self) -> str:
        return "\n".join(["\t".join(cells) for cells in self._table()] + [self._rest()])

    def _repr_html_(self) -> str:
        head, *rows = self._table()
        shown = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in rows)
        named = "".join(f"<th>{escape(cell)}</th>" for cell in head)
        return f"<table><tr>{named}</tr>{shown}</table><p>{self._rest()}</p>"

    def close(self) -> None:
        """Frees the results; columns that were fetched stay good. Again does nothing."""
        self._handle.close()
        self._table_handle.close()

    def __enter__(self) -> "Scored":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
