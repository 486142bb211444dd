"""The library as a guest of a Python process: after fork, in threads, at the end."""

import os
import subprocess
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import zeren
from zeren._documents import json_of

SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "s", "version": "1", "title": "考核办法", "year": 2024,
    "status": "adopted", "not_applicable": "renormalise", "rounding": {"when": "total", "place": 2, "mode": "half_up"},
    "facts": [{"name": "场次", "kind": "count", "max": 60}],
    "items": [{"id": "1", "title": "宣讲", "points": 60, "rule": {"kind": "ratio", "value": "场次", "target": 60, "over_full": "lost"}}],
}  # fmt: skip


def facts(value):
    return {"kind": "facts", "format": 1, "subject": str(value), "scheme": "s", "facts": {"场次": value}}


def ran(code):
    """What another interpreter prints, and what it complains of."""
    preamble = f"import sys, threading, time, zeren\nSCHEME = {SCHEME!r}\nFACTS = {facts(7)!r}\n"
    done = subprocess.run([sys.executable, "-c", preamble + code], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


class Fork(unittest.TestCase):
    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_parent_and_child_both_go_on(self):
        scheme = zeren.Scheme(SCHEME)
        system = zeren.System("甲")
        expected = scheme.score(facts(7))
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                right = scheme.score(facts(7)) == expected and system.head()["position"] == 0
                scheme.close()
                system.close()
                right = right and zeren.Scheme(SCHEME).score(facts(7)) == expected
                os.write(writer, b"right" if right else b"wrong")
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            self.assertEqual(told.read(), b"right")
        os.waitpid(child, 0)
        # What the child freed was its own copy.
        self.assertEqual(scheme.score(facts(7)), expected)
        self.assertEqual(system.head()["position"], 0)


class Threads(unittest.TestCase):
    def test_threads_score_one_scheme_to_the_same_sheets(self):
        with zeren.Scheme(SCHEME) as scheme, ThreadPoolExecutor(16) as pool:
            alone = [scheme.score(facts(value)) for value in range(60)]
            for _ in range(5):
                self.assertEqual(list(pool.map(scheme.score, map(facts, range(60)))), alone)

    def test_a_call_leaves_other_threads_running(self):
        # One long call; a thread that counts meanwhile. Were the interpreter locked, it would stand still.
        text = json_of([dict(facts(value % 60), subject=str(value)) for value in range(20000)])
        counted, stop = [0], threading.Event()

        def count():
            while not stop.is_set():
                counted[0] += 1
                time.sleep(0)

        with zeren.Scheme(SCHEME) as scheme:
            counter = threading.Thread(target=count)
            counter.start()
            out = zeren._Text()
            with scheme._handle as pointer:
                told = zeren._utf8(text)
                before = counted[0]
                zeren._call(zeren._LIBRARY.zeren_scheme_score_cohort, pointer, *told, zeren.byref(out))
                during = counted[0] - before
            stop.set()
            counter.join()
            self.assertGreater(len(zeren._take(out)), 20000)
        self.assertGreater(during, 10)


class TheEnd(unittest.TestCase):
    """Nothing is said, and nothing crashes, however a program ends."""

    def ends_quietly(self, code, printed=""):
        self.assertEqual(ran(code), (0, printed, ""))

    def test_with_everything_open(self):
        self.ends_quietly("scheme = zeren.Scheme(SCHEME); system = zeren.System('a'); year = zeren.Year()")

    def test_inside_with(self):
        self.ends_quietly("with zeren.Scheme(SCHEME) as scheme: sys.exit(0)")

    def test_in_a_cycle(self):
        self.ends_quietly("class C: pass\nc = C(); c.c = c; c.scheme = zeren.Scheme(SCHEME); c.about = c.scheme.about")

    def test_used_by_a_finaliser_of_the_program(self):
        code = (
            "import atexit\nscheme = zeren.Scheme(SCHEME)\n"
            "atexit.register(lambda: print(scheme.score(FACTS)['total']['lowest']))"
        )
        self.ends_quietly(code, "7\n")

    def test_while_daemon_threads_are_in_calls(self):
        code = (
            "scheme = zeren.Scheme(SCHEME)\n"
            "def work():\n"
            "    while True: scheme.score(FACTS)\n"
            "for _ in range(4): threading.Thread(target=work, daemon=True).start()\n"
            "time.sleep(0.2)\nprint('end')"
        )
        for _ in range(5):
            self.ends_quietly(code, "end\n")


if __name__ == "__main__":
    unittest.main()
