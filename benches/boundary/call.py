"""The calls of calls.rs from Python, to the text alone: call.py MILLISECONDS FOLDER prints what call.c prints."""

import sys
import time
from ctypes import byref
from pathlib import Path

from zeren import Scheme
from zeren._native import LIBRARY, Text, call, take, utf8

milliseconds, folder = float(sys.argv[1]), Path(sys.argv[2])
scheme = Scheme((folder / "scheme.json").read_text(encoding="utf-8"))
facts = "[" + (folder / "facts-donghe.json").read_text(encoding="utf-8") + "]"


def score():
    text = Text()
    with scheme._handle as handle:
        call(LIBRARY.zeren_scheme_score_cohort, handle, *utf8(facts), byref(text))
    return take(text)


def version():
    text = Text()
    LIBRARY.zeren_version(byref(text))
    return take(text)


def total(answer):
    sum_ = 14695981039346656037
    for byte in answer.encode("utf-8"):
        sum_ = ((sum_ ^ byte) * 1099511628211) % 2**64
    return sum_


def timed(name, function):
    best, batch, begin = float("inf"), 1, time.perf_counter_ns()
    while True:
        start = time.perf_counter_ns()
        for _ in range(batch):
            answer = function()
        spent = time.perf_counter_ns() - start
        best = min(best, spent / batch)
        if time.perf_counter_ns() - begin >= milliseconds * 1e6:
            break
        if spent < milliseconds * 5e4:
            batch *= 2
    print(name, f"{best:.1f}", total(answer))


timed("score", score)
timed("read_back", lambda: str(scheme.read_back()))
timed("version", version)
