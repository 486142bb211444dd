"""A ledger in one file, and one in a table of SQLite, as docs/storing.md tells."""

import contextlib
import json
import os
import sqlite3
import tempfile
import unittest
from pathlib import Path

import zeren

LEDGER = "示例新区"
TIME = "2022-01-04T09:00:00+08:00"
SQL = Path(os.environ.get("ZEREN_SQL", Path(__file__).resolve().parents[2] / "sql"))


def act(name):
    edge = {"id": name, "name": "隶属𬱖", "single": True, "acyclic": True}
    return {"act": "edges.declared", "id": name, "effective": "2022-01-01", "edges": [edge]}


class AFile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "账本.jsonl"

    def test_what_was_entered_is_there_again(self):
        with zeren.Store.create(self.path, LEDGER) as store:
            receipts = store.enter([act("a-1"), act("a-2")], TIME, "u-17")
            self.assertEqual([receipt["position"] for receipt in receipts], [1, 2])
            head = store.system.head()
        with zeren.Store(self.path, LEDGER) as store:
            self.assertEqual(store.system.head(), head)
            self.assertEqual(store.findings, [])
            again = store.enter([act("a-1")], TIME, "u-17")
            self.assertTrue(again[0]["repeated"])
        lines = self.path.read_text(encoding="utf-8").splitlines()
        self.assertEqual(zeren.verify(LEDGER, lines), head)
        self.assertIn("𬱖", lines[0])

    def test_what_is_refused(self):
        with self.assertRaises(zeren.ZerenError) as raised:
            zeren.Store(self.path, LEDGER)
        self.assertEqual((raised.exception.kind, raised.exception.code), ("storage", "store.not_found"))
        with zeren.Store.create(self.path, LEDGER) as store:
            for open_again, code in [(zeren.Store, "store.in_use"), (zeren.Store.create, "store.exists")]:
                with self.assertRaises(zeren.ZerenError) as raised:
                    open_again(self.path, LEDGER)
                self.assertEqual(raised.exception.code, code)
            other = zeren.System(LEDGER)
            request = {"head": other.head(), "time": TIME, "operator": "u", "acts": [act("a-1")]}
            with other.prepare(request) as prepared:
                store.append(prepared)
            # The state that was opened with the file does not know of it.
            with self.assertRaises(zeren.ZerenError) as raised:
                store.enter([act("a-2")], TIME, "u")
            self.assertEqual((raised.exception.kind, raised.exception.code), ("conflict", "store.other_head"))

    def test_a_damaged_file_is_read_as_far_as_it_holds(self):
        with zeren.Store.create(self.path, LEDGER) as store:
            for name in ["a-1", "a-2", "a-3"]:
                store.enter([act(name)], TIME, "u-17")
        whole = self.path.read_bytes()
        self.path.write_bytes(whole.replace(b'"a-2"', b'"a-9"'))
        with self.assertRaises(zeren.ZerenError) as raised:
            zeren.Store(self.path, LEDGER)
        self.assertEqual((raised.exception.kind, raised.exception.findings[0]["subject"]), ("integrity", "2"))
        system, findings = zeren.read_store(self.path, LEDGER)
        self.assertEqual((system.head()["position"], findings[0]["code"]), (1, "ledger.line_changed"))
        self.path.write_bytes(whole[:-10])
        with zeren.Store(self.path, LEDGER) as store:
            self.assertEqual(store.system.head()["position"], 2)
            self.assertEqual([finding["code"] for finding in store.findings], ["store.tail_dropped"])
            store.enter([act("a-3")], TIME, "u-17")
        self.assertEqual(self.path.read_bytes(), whole)

    def test_a_snapshot_spares_the_replay(self):
        with zeren.Store.create(self.path, LEDGER) as store:
            for name in ["a-1", "a-2"]:
                store.enter([act(name)], TIME, "u-17")
            store.save_snapshot()
            store.enter([act("a-3")], TIME, "u-17")
            head, held = store.system.head(), store.system.snapshot()
        whole = self.path.read_bytes()
        first = whole.index(b"\n") + 1
        # What the snapshot knows of is not read again, what came since is; the whole check is that of read_store.
        self.path.write_bytes(b"x" + whole[1:])
        with zeren.Store(self.path, LEDGER) as store:
            self.assertEqual((store.system.head(), store.findings), (head, []))
            self.assertEqual(store.system.snapshot(), held)
        self.assertEqual(zeren.read_store(self.path, LEDGER)[1][0]["code"], "ledger.line_changed")
        # A file that was cut below the snapshot is not taken for the ledger.
        self.path.write_bytes(whole[:first])
        with self.assertRaises(zeren.ZerenError) as raised:
            zeren.Store(self.path, LEDGER)
        self.assertEqual((raised.exception.kind, raised.exception.code), ("integrity", "store.cut"))
        self.path.write_bytes(whole)
        saved = self.path.with_name(self.path.name + ".snapshot")
        saved.write_bytes(saved.read_bytes()[:-1])
        with zeren.Store(self.path, LEDGER) as store:
            self.assertEqual([finding["code"] for finding in store.findings], ["store.snapshot_unused"])
        restored = zeren.System.from_snapshot(LEDGER, held)
        self.assertEqual(restored.head(), head)
        with self.assertRaises(zeren.ZerenError):
            zeren.System.from_snapshot(LEDGER, held[:-1])


class ATable(unittest.TestCase):
    """SQLite by the DDL that is shipped: append, roll back, meet another writer, replay, verify."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = str(Path(folder.name) / "oa.db")
        with contextlib.closing(self.connect()) as database:
            database.executescript((SQL / "sqlite.sql").read_text(encoding="utf-8"))

    def connect(self):
        return sqlite3.connect(self.file, isolation_level=None)

    @staticmethod
    def lines(database, after=0):
        asked = "SELECT line_text FROM zeren_line WHERE ledger_id = ? AND line_no > ? ORDER BY line_no"
        return [line for (line,) in database.execute(asked, (LEDGER, after))]

    def enter(self, database, system, acts, fails=False):
        request = {"head": system.head(), "time": TIME, "operator": "u-17", "acts": acts}
        with system.prepare(request) as prepared:
            database.execute("BEGIN IMMEDIATE")
            try:
                first = request["head"]["position"] + 1
                rows = [(LEDGER, first + offset, line) for offset, line in enumerate(prepared.lines)]
                database.executemany("INSERT INTO zeren_line (ledger_id, line_no, line_text) VALUES (?, ?, ?)", rows)
                if fails:
                    raise RuntimeError("the host's own work failed")
                database.execute("COMMIT")
            except BaseException:
                database.execute("ROLLBACK")
                raise
            system.commit(prepared)

    def test_two_writers_share_a_ledger(self):
        with contextlib.closing(self.connect()) as one, contextlib.closing(self.connect()) as other:
            first, second = zeren.System(LEDGER), zeren.System(LEDGER)
            self.enter(one, first, [act("a-1"), act("a-2")])
            with self.assertRaises(RuntimeError):
                self.enter(one, first, [act("a-3")], fails=True)
            # The other writer has not followed yet, so its lines have numbers that are taken.
            with self.assertRaises(sqlite3.IntegrityError):
                self.enter(other, second, [act("b-1")])
            second.follow(self.lines(other, after=second.head()["position"]))
            self.enter(other, second, [act("b-1")])
            first.follow(self.lines(one, after=first.head()["position"]))
            self.assertEqual(first.head(), second.head())
            self.assertEqual(zeren.verify(LEDGER, self.lines(one)), first.head())
            replayed = zeren.System(LEDGER, self.lines(one))
            self.assertEqual(replayed.head(), first.head())
            self.assertEqual([json.loads(line)["sequence"] for line in self.lines(one)], [1, 2, 3])

    def test_a_changed_row_is_named(self):
        with contextlib.closing(self.connect()) as database:
            system = zeren.System(LEDGER)
            self.enter(database, system, [act("a-1")])
            self.enter(database, system, [act("a-2")])
            database.execute("UPDATE zeren_line SET line_text = replace(line_text, 'u-17', 'u-18') WHERE line_no = 2")
            with self.assertRaises(zeren.ZerenError) as raised:
                zeren.verify(LEDGER, self.lines(database))
            self.assertEqual(raised.exception.findings[0]["subject"], "2")


if __name__ == "__main__":
    unittest.main()
