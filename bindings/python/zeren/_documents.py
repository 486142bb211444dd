"""Documents on their way in: what a program has as objects, written as JSON."""

import json
from decimal import Decimal
from typing import Any, Dict, List, Union


def json_of(document: Union[str, Dict[str, Any], List[Any]]) -> str:
    """The text of a document; a text is one already."""
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
