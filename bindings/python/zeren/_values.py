"""Columns of a host as the library takes them: what may be given for a column of facts, and how it becomes numbers."""

import array
import ctypes
import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple, Union

#: The state of a value that does not apply to the subject. None is one that nobody knows.
NOT_APPLICABLE = type("NotApplicable", (), {"__repr__": lambda self: "zeren.NOT_APPLICABLE"})()

KNOWN, UNKNOWN, LEFT_OUT = 0, 1, 2

#: Places beyond which the library takes no number.
MOST_PLACES = 18


class Scaled(NamedTuple):
    """Whole numbers of so many decimal places: Scaled(array("q", [1250]), 2) is 12.50.

    values: anything with the buffer protocol whose items are integers.
    """

    values: Any
    places: int


class Given(NamedTuple):
    """A column as the library takes it."""

    #: numbers, days, truths, words, texts or events: the end of the name of the function that sets it.
    sort: str

    #: A buffer, or bytes; the items are of the width that the kind asks for.
    values: Any
    rows: int
    places: int = 0
    #: A byte a row, or nothing: all known.
    states: Optional[bytes] = None
    #: Of texts: all of them, one behind another; values are their ends.
    text: str = ""
    #: Of events: their fields, by name.
    fields: Optional[Dict[str, "Given"]] = None


#: What sets a column, by the kind of a fact or field; everything else is numbers.
_SORTS = {
    "date": "days",
    "yes_no": "truths",
    "choice": "words",
    "holder": "words",
    "matter": "texts",
    "text": "texts",
    "events": "events",
}

#: The item of a buffer: struct code and width.
_ITEMS = {"numbers": ("q", 8), "days": ("i", 4), "truths": ("B", 1), "words": ("i", 4)}


def given(name: str, wanted: Dict[str, Any], values: Any) -> Given:
    """A column in the form that the library takes.

    A number means itself, in a list as in a buffer; what is in hundredths is Scaled(..., 2). None is unknown.
    """
    places = 0
    sort = _SORTS.get(wanted["kind"], "numbers")
    if isinstance(values, Scaled):
        if sort != "numbers":
            raise TypeError(f"{name}: Scaled is for numbers")
        values, places = values.values, values.places
    if sort == "events":
        return _events(name, wanted, list(values))
    buffer = _buffer(name, values, _ITEMS[sort]) if sort in _ITEMS else None
    if buffer is not None:
        return Given(sort, buffer[0], buffer[1], places)
    if places:
        raise TypeError(f"{name}: Scaled is for buffers of integers; a list holds the values themselves")
    return _listed(name, wanted, list(values))


def _buffer(name: str, values: Any, item: Tuple[str, int]) -> Optional[Tuple[Any, int]]:
    """What is behind the buffer protocol, in the items that are asked for, and how many; nothing where it is no buffer."""
    if isinstance(values, (str, list, tuple)):
        return None
    if type(values).__module__.split(".")[0] == "pandas":
        values = values.to_numpy()
    if getattr(getattr(values, "dtype", None), "kind", "") == "M":  # datetime64
        days: Sequence[Any] = values.astype("datetime64[D]").tolist()
        return None if item[0] != "i" else _days(name, days)
    try:
        view = memoryview(values)
    except TypeError:
        return None
    code, width = item
    if view.ndim != 1:
        raise TypeError(f"{name}: a column has one dimension, not {view.ndim}")
    if view.format.lstrip("@=<") not in set("bBhHiIlLqQ?"):
        raise TypeError(
            f"{name}: a buffer of integers is wanted, not of {view.format!r}; a float is not exact, so give a list of "
            "decimal.Decimal, or integers as zeren.Scaled(buffer, places)"
        )
    signed = view.format.lstrip("@=<") in ("b", "h", "i", "l", "q")
    same = view.itemsize == width and (signed or width == 1)
    if not same:
        return array.array(code, [int(value) for value in view]), len(view)
    return (values if view.c_contiguous else view.tobytes()), len(view)


def _days(name: str, days: Sequence[Any]) -> Tuple[Any, int]:
    if any(day is None for day in days):
        raise TypeError(f"{name}: a day is missing (NaT); give a list with None where nobody knows it")
    return array.array("i", [_day(day) for day in days]), len(days)


def _day(day: Any) -> int:
    if isinstance(day, str):
        day = datetime.date.fromisoformat(day)
    if isinstance(day, datetime.date):
        return day.year * 10_000 + day.month * 100 + day.day
    if isinstance(day, int) and not isinstance(day, bool):
        return day
    raise TypeError(f"a day is a datetime.date, its ISO text or yyyymmdd, not {day!r}")


def _states(values: List[Any]) -> Optional[bytes]:
    """What None and NOT_APPLICABLE say of each row; nothing where all are known."""
    marks = [UNKNOWN if value is None else LEFT_OUT if value is NOT_APPLICABLE else KNOWN for value in values]
    return bytes(marks) if any(marks) else None


def _events(name: str, wanted: Dict[str, Any], values: List[Any]) -> Given:
    """A list of events a row, each a dict of its fields; None where nobody knows."""
    ends = array.array("q")
    events: List[Dict[str, Any]] = []
    for row in values:
        events.extend(row if isinstance(row, (list, tuple)) else [])
        if row is not None and row is not NOT_APPLICABLE and not isinstance(row, (list, tuple)):
            raise TypeError(f"{name}: the events of a row are a list of dicts, not {row!r}")
        ends.append(len(events))
    known = [field["name"] for field in wanted["fields"]]
    other = sorted({field for event in events for field in event} - set(known))
    if other:
        raise ValueError(f"{name}: events have no field {', '.join(other)}; they have {', '.join(known)}")
    fields = {
        f"{name}/{field['name']}": given(
            f"{name}/{field['name']}", field, [event.get(field["name"]) for event in events]
        )
        for field in wanted["fields"]
    }
    return Given("events", ends, len(values), states=_states(values), fields=fields)


def _listed(name: str, wanted: Dict[str, Any], values: List[Any]) -> Given:
    """A list of values, None and NOT_APPLICABLE."""
    states = _states(values)
    there = [value for value in values if value is not None and value is not NOT_APPLICABLE]
    sort, places = _SORTS.get(wanted["kind"], "numbers"), 0
    if sort == "texts":
        return _texts(name, values, states)
    numbers: List[int]
    try:
        if sort == "days":
            numbers = [_day(value) for value in there]
        elif sort == "truths":
            numbers = [_truth(value) for value in there]
        elif sort == "words":
            words: List[str] = wanted["words"]
            numbers = [words.index(value) if isinstance(value, str) else int(value) for value in there]
        else:
            numbers, places = _numbers(there)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
    rest = iter(numbers)
    filled = (0 if states is not None and states[row] else next(rest) for row in range(len(values)))
    return Given(sort, array.array(_ITEMS[sort][0], filled), len(values), places, states)


def _texts(name: str, values: List[Any], states: Optional[bytes]) -> Given:
    """Texts one behind another, with the end of each in bytes."""
    ends, parts, end = array.array("q"), [], 0
    for value in values:
        text = "" if value is None or value is NOT_APPLICABLE else value
        if not isinstance(text, str):
            raise TypeError(f"{name}: a text is wanted, not {value!r}")
        parts.append(text)
        end += len(text.encode("utf-8"))
        ends.append(end)
    return Given("texts", ends, len(values), states=states, text="".join(parts))


def _truth(value: Any) -> int:
    if isinstance(value, (bool, int)) and value in (0, 1):
        return int(value)
    raise TypeError(f"yes or no is a bool, not {value!r}")


def _numbers(values: List[Any]) -> Tuple[List[int], int]:
    """Exact numbers as whole numbers of the fewest places that hold all of them."""
    exact = [_exact(value) for value in values]
    places = 0
    for number in exact:
        while places < MOST_PLACES and (number * 10**places).denominator != 1:
            places += 1
    scaled = [number * 10**places for number in exact]
    for number, value in zip(scaled, values):
        if number.denominator != 1:
            raise ValueError(f"{value!r} needs more than {MOST_PLACES} decimal places")
    return [int(number) for number in scaled], places


def _exact(value: Any) -> Fraction:
    if isinstance(value, float):
        raise TypeError(f"a float is not exact: give decimal.Decimal, an int or text instead of {value!r}")
    if isinstance(value, bool):
        raise TypeError(f"a number is wanted, not {value!r}")
    if isinstance(value, (int, Decimal, Fraction, str)):
        return Fraction(value)
    if hasattr(value, "__index__"):  # integers of NumPy
        return Fraction(value.__index__())
    raise TypeError(f"a number is wanted, not {value!r}")


def decimal(value: Fraction) -> Union[Decimal, Fraction]:
    """The number as a Decimal where it has an end, else as it is."""
    below, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while below % prime == 0:
            below, count = below // prime, count + 1
        places = max(places, count)
    if below != 1:
        return value
    scaled = value.numerator * 10**places // value.denominator
    return Decimal((int(scaled < 0), tuple(map(int, str(abs(scaled)))), -places))


def address(values: Any) -> Any:
    """What ctypes passes for a buffer: its own memory, and a copy only where Python does not tell where it lies."""
    if values is None or isinstance(values, bytes):
        return values
    view = memoryview(values)
    if not view.nbytes:
        return None
    if not view.readonly:
        return (ctypes.c_char * view.nbytes).from_buffer(view)
    interface = getattr(values, "__array_interface__", None)
    return ctypes.c_void_p(interface["data"][0]) if interface else view.tobytes()
