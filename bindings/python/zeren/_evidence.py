"""Evidence: checkpoints and proofs of a ledger, signatures, archive packages. What each proves: docs/evidence.md."""

import json
from ctypes import byref
from decimal import Decimal
from typing import Any, Dict, Iterable, Optional

from ._native import LIBRARY as _LIBRARY
from ._native import Text as _Text
from ._native import call as _call
from ._native import take as _take
from ._native import utf8 as _utf8
from ._progress import Progress
from ._progress import watched as _watched


def joined(lines: Iterable[str]) -> str:
    """Stored lines as one text, each ended by a line feed."""
    if isinstance(lines, str):
        return lines
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def asked(function: Any, *arguments: Any) -> Dict[str, Any]:
    """Calls a function that gives a JSON object."""
    text = _Text()
    _call(function, *arguments, byref(text))
    result: Dict[str, Any] = json.loads(_take(text), parse_float=Decimal)
    return result


def verify(ledger: str, lines: Iterable[str], progress: Optional[Progress] = None) -> Dict[str, Any]:
    """Checks stored lines from the first and gives their head, {"position": ..., "digest": ...}.

    This finds accidents and partial edits, not an owner who rewrites it all or cuts its tail: see verify_against.
    """
    head = _Text()
    _watched("zeren_ledger_verify", progress)(*_utf8(ledger), *_utf8(joined(lines)), out=byref(head))
    result: Dict[str, Any] = json.loads(_take(head))
    return result


def verify_against(ledger: str, lines: Iterable[str], checkpoints: Iterable[Dict[str, Any]]) -> Dict[str, Any]:
    """Checks stored lines from the first, and against checkpoints that were kept elsewhere; says which of the two it could do.

    Gives {"position", "digest": the head, "proven": the last line that a checkpoint vouches for or None, "zh", "en": how far
    that reaches}. A rewrite or a cut tail raises ZerenError of kind "integrity".
    """
    kept = json.dumps(list(checkpoints), ensure_ascii=False)
    return asked(_LIBRARY.zeren_ledger_verify_against, *_utf8(ledger), *_utf8(joined(lines)), *_utf8(kept))


def checkpoint(ledger: str, lines: Iterable[str]) -> Dict[str, Any]:
    """Makes a checkpoint of the end of a ledger, to be kept where its owner cannot reach it."""
    return asked(_LIBRARY.zeren_ledger_checkpoint, *_utf8(ledger), *_utf8(joined(lines)))


def inclusion(ledger: str, lines: Iterable[str], position: int) -> Dict[str, Any]:
    """Proves one line against the checkpoint of the same end, without showing any other."""
    if position < 0:
        raise ValueError(f"no line has the position {position}")
    return asked(_LIBRARY.zeren_ledger_inclusion, *_utf8(ledger), *_utf8(joined(lines)), position)


def verify_inclusion(proof: Dict[str, Any], kept: Dict[str, Any]) -> Dict[str, Any]:
    """Checks what inclusion gave against a checkpoint that was kept elsewhere, and gives the line."""
    texts = [json.dumps(document, ensure_ascii=False) for document in (proof, kept)]
    return asked(_LIBRARY.zeren_inclusion_verify, *_utf8(texts[0]), *_utf8(texts[1]))


def signature_digest(**query: Any) -> Dict[str, str]:
    """What a signer outside signs with SM2: {"z", "e"}, e = SM3(Z‖M).

    query: key (raw or SPKI) or certificate; message (text) or content (base64); user_id where it is not the usual one.
    The message for a letter: System.view("statement", day, letter=..., manifestation=..., post=..., person=...).
    """
    return asked(_LIBRARY.zeren_signature_digest, *_utf8(json.dumps(query, ensure_ascii=False)))


def verify_signature(**query: Any) -> Dict[str, Any]:
    """Verifies an SM2 signature with SM3: mathematics, chain, validity and revocation, each "holds", "fails" or
    "not_checked". A signature that does not fit is an answer, not an error.

    query: as for signature_digest, with signature (hexadecimal or base64, DER or r‖s) and where wanted signed (the day),
    chain (certificates of the issuers, PEM), revocation (what you know).
    Raises ZerenError of kind "unsupported" where the library was built without sign.
    """
    return asked(_LIBRARY.zeren_signature_verify, *_utf8(json.dumps(query, ensure_ascii=False)))


def verify_archive(archive: str, kept: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
    """Checks an archive package; with a checkpoint that was kept elsewhere also that its acts stand in that ledger."""
    text = "" if kept is None else json.dumps(kept, ensure_ascii=False)
    return asked(_LIBRARY.zeren_archive_verify, *_utf8(archive), *_utf8(text))
