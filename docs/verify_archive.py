#!/usr/bin/env python3
"""Checks an archive package of zeren without zeren: Python 3.8 or later, standard library only.

    python3 verify_archive.py ARCHIVE [CHECKPOINT]

ARCHIVE is the package, CHECKPOINT a checkpoint of the ledger that was kept elsewhere when the package was made. The form of
both is described in archive.md. Prints how far the proof reaches and ends with 0; or names the first entry that does not
hold and ends with 1.
"""

import json
import sys


def _rotate(word, by):
    by %= 32
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


def _compress(state, block):
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        left = _rotate((_rotate(a, 12) + e + _rotate(constant, j)) & 0xFFFFFFFF, 7)
        right = left ^ _rotate(a, 12)
        if j < 16:
            one, two = a ^ b ^ c, e ^ f ^ g
        else:
            one, two = (a & b) | (a & c) | (b & c), (e & f) | (~e & 0xFFFFFFFF & g)
        one = (one + d + right + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        two = (two + h + left + words[j]) & 0xFFFFFFFF
        a, b, c, d = one, a, _rotate(b, 9), c
        e, f, g, h = two ^ _rotate(two, 9) ^ _rotate(two, 17), e, _rotate(f, 19), g
    return [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h))]


def sm3(data):
    """The SM3 digest (GB/T 32905-2016) of bytes, in 32 bytes."""
    state = [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ]  # fmt: skip
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for at in range(0, len(padded), 64):
        state = _compress(state, padded[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


class Broken(Exception):
    """The first entry that does not hold, and why."""

    def __init__(self, number, why):
        super().__init__("entry %d: %s" % (number, why))
        self.number = number


def unseal(text):
    """The bytes before the digest, and the digest, of a sealed line; None when the bytes are not those that were sealed."""
    seam, end = ',"digest":"', '"}'
    if len(text) < 66 or not text.endswith(end):
        return None
    digest, opened = text[-66:-2], text[:-66]
    if not opened.endswith(seam):
        return None
    opened = opened[: -len(seam)]
    return (opened + "}", digest) if sm3(opened.encode("utf-8")).hex() == digest else None


def root_of(place, count, leaf, path):
    """The root that a leaf at this place of so many leads to (RFC 6962, with SM3); None when the path has another length."""
    last = count - 1
    if not 0 <= place <= last:
        return None
    node = leaf
    for other in path:
        if last == 0:
            return None
        if place % 2 == 1 or place == last:
            node = sm3(b"\x01" + other + node)
            while place % 2 == 0 and place != 0:
                place, last = place // 2, last // 2
        else:
            node = sm3(b"\x01" + node + other)
        place, last = place // 2, last // 2
    return node if last == 0 else None


def digests(value):
    """Every text in an act that is a digest."""
    if isinstance(value, str):
        if len(value) == 64 and all(sign in "0123456789abcdef" for sign in value):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from digests(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from digests(item)


class Reading:
    def __init__(self):
        self.previous, self.checkpoint = "0" * 64, None
        self.stated, self.lines, self.acts, self.ended = set(), set(), 0, False

    def entry(self, number, text):
        sealed = unseal(text)
        if sealed is None:
            raise Broken(number, "its bytes do not match its digest")
        entry = json.loads(sealed[0])
        if self.ended or entry.get("number") != number or entry.get("previous") != self.previous:
            raise Broken(number, "an entry is missing, doubled or misplaced")
        self.previous = sealed[1]
        try:
            holds = getattr(self, "_" + entry["entry"])(number, entry)
        except (AttributeError, KeyError, TypeError, ValueError):
            holds = False
        if not holds:
            raise Broken(number, "it does not agree with the acts of the package, their proof or its own digest")

    def _archive(self, number, entry):
        self.checkpoint = entry["checkpoint"]
        return number == 1 and entry["format"] == 1 and entry["ledger"] == self.checkpoint["ledger"]

    def _scheme(self, _, entry):
        return sm3(entry["document"].encode("utf-8")).hex() == entry["sm3"]

    def _act(self, _, entry):
        sealed = unseal(entry["line"])
        if sealed is None:
            return False
        body = json.loads(sealed[0])
        leaf = sm3(b"\x00" + bytes.fromhex(sealed[1]))
        path = [bytes.fromhex(node) for node in entry["path"]]
        root = root_of(body["sequence"] - 1, self.checkpoint["position"], leaf, path)
        self.stated.update(digests(body["payload"]))
        self.lines.add(body["sequence"])
        self.acts += 1
        return root is not None and root.hex() == self.checkpoint["root"] and body["ledger"] == self.checkpoint["ledger"]

    def _letter(self, _, entry):
        text = entry["page"].get("text")
        return text is None or text in self.stated

    def _sheet(self, _, entry):
        own = sm3(entry["sheet"].encode("utf-8")).hex()
        return own == entry["sm3"] and own in self.stated

    def _evidence(self, _, entry):
        return entry["line"] in self.lines

    def _end(self, number, entry):
        self.ended = True
        return entry["entries"] == number


def verify(archive, kept=None):
    """How far an archive (text) is proven: a sentence. Raises Broken."""
    reading = Reading()
    lines = archive.split("\n")
    if lines[-1] != "":
        raise Broken(len(lines), "the package is cut off")
    for number, text in enumerate(lines[:-1], 1):
        reading.entry(number, text)
    if not reading.ended:
        raise Broken(len(lines), "the package is cut off")
    if kept is None:
        return (
            "whole: %d entries, %d acts; no checkpoint was given, so a package made anew together with a ledger cannot be"
            " excluded" % (len(lines) - 1, reading.acts)
        )
    if kept != reading.checkpoint:
        raise Broken(1, "its checkpoint is not the one that was kept elsewhere")
    return "proven: %d entries, %d acts, all in the ledger of the checkpoint of line %d" % (
        len(lines) - 1,
        reading.acts,
        kept["position"],
    )


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    kept = None
    if len(arguments) == 2:
        with open(arguments[1], encoding="utf-8") as file:
            kept = json.load(file)
    try:
        # Bytes, so that no line ending is changed on the way.
        with open(arguments[0], "rb") as file:
            print(verify(file.read().decode("utf-8"), kept))
    except (Broken, UnicodeDecodeError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
