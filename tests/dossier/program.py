"""Holds docs/verify_archive.py to an archive: what it accepts, and that it names every changed entry.

    program.py PROGRAM ARCHIVE CHECKPOINT OTHER_CHECKPOINT
"""

import importlib.util
import json
import sys
from pathlib import Path

program, archive, checkpoint, other = sys.argv[1:]
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("verify_archive", program)
verifier = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verifier)

assert verifier.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
assert verifier.sm3(b"").hex() == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
assert verifier.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"

text = Path(archive).read_bytes().decode("utf-8")
kept = json.loads(Path(checkpoint).read_text(encoding="utf-8"))
assert verifier.verify(text).startswith("whole")
assert verifier.verify(text, kept).startswith("proven")


def named(changed, against=None):
    """The entry that is named; 0 when none is."""
    try:
        verifier.verify(changed, against)
    except verifier.Broken as broken:
        return broken.number
    return 0


assert named(text, json.loads(Path(other).read_text(encoding="utf-8"))) == 1

# The digests of what was not changed are those of before; making them once keeps the loop short.
known = {}
plain = verifier.sm3


def remembered(data):
    if data not in known:
        known[data] = plain(data)
    return known[data]


verifier.sm3 = remembered
assert named(text) == 0

starts, number = [], 1
for at, sign in enumerate(text):
    starts.append(number)
    number += sign == "\n"

# Every place near the ends of an entry, where the frame is, and every 97th of what is between.
ends = [at for at, sign in enumerate(text) if sign == "\n"]
begins = [0] + [at + 1 for at in ends[:-1]]
places = set(range(0, len(text), 97))
for begin, end in zip(begins, ends):
    places.update(range(begin, min(begin + 12, end)))
    places.update(range(max(end - 12, begin), end + 1))
for at in sorted(places):
    changed = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
    assert named(changed) == starts[at], "place %d: entry %d, named %d" % (at, starts[at], named(changed))

lines = text.split("\n")[:-1]
for gone in range(len(lines)):
    assert named("".join(line + "\n" for at, line in enumerate(lines) if at != gone)) == gone + 1
