"""python -m unittest, with ZEREN_LIBRARY telling where the library is. ZEREN_HEADER: include/zeren.h, if not in its place."""

import _ctypes
import copy
import ctypes
import gc
import json
import os
import pickle
import re
import subprocess
import sys
import threading
import unittest
from decimal import Decimal
from pathlib import Path

import zeren
from zeren import _native
from zeren._documents import json_of

HEADER = Path(os.environ.get("ZEREN_HEADER", Path(__file__).resolve().parents[3] / "include" / "zeren.h"))
LEDGER = "示例新区"


def request(head, act="a-1", **other):
    edge = {"id": act, "name": "隶属", "single": True, "acyclic": True}
    acts = [{"act": "edges.declared", "id": act, "effective": "2022-01-01", "edges": [edge]}]
    return {"head": head, "time": "2022-01-04T09:00:00+08:00", "operator": "u-17", "acts": acts, **other}


class TheHeader(unittest.TestCase):
    def test_prototypes_are_those_of_the_header(self):
        text = HEADER.read_text(encoding="utf-8").split("*/", 1)[1]
        code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("//", "#")))
        found = {}
        for result, name, inner in re.findall(r"ZEREN_API\s+(?:ZEREN_CHECK\s+)?(\w+)\s+(\w+)\(([^)]*)\)", code):
            parameters = [] if inner.strip() == "void" else [part.strip() for part in inner.split(",")]
            found[name] = ({"int32_t": ctypes.c_int32, "void": None}[result], [self.ctype(p) for p in parameters])
        self.assertEqual(found, _native.PROTOTYPES)

    @staticmethod
    def ctype(parameter):
        declared = re.sub(r"\b(const|struct)\b", "", re.sub(r"\w+$", "", parameter)).replace(" ", "")
        plain = {"size_t": ctypes.c_size_t, "int32_t": ctypes.c_int32, "zeren_text*": ctypes.POINTER(_native.Text)}
        if declared in plain:
            return plain[declared]
        return ctypes.POINTER(ctypes.c_void_p) if declared.endswith("**") else ctypes.c_void_p

    def test_versions_agree(self):
        text = HEADER.read_text(encoding="utf-8")
        self.assertIn(f'#define ZEREN_VERSION "{zeren.version()}"', text)
        self.assertIn(f"#define ZEREN_ABI_VERSION {_native.ABI_VERSION}\n", text)

    def test_the_library_tells_how_it_was_built_and_passes_its_own_test(self):
        info = zeren.build_info()
        self.assertEqual((info["version"], info["editions"]), (zeren.version(), ["1"]))
        self.assertIn("capi", info["features"])
        self.assertIsNone(zeren.self_test())

    def test_another_library_is_refused(self):
        wrong = {str(HEADER): "cannot load", _ctypes.__file__: "is not the zeren library"}
        for path, said in wrong.items():
            environment = dict(os.environ, ZEREN_LIBRARY=path)
            ran = subprocess.run([sys.executable, "-c", "import zeren"], env=environment, capture_output=True, text=True)
            self.assertIn(said, ran.stderr)


SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "s-1", "version": "1", "title": "考核办法", "year": 2022,
    "status": "draft", "items": [{"id": "1", "title": "t", "points": 5, "rule": {"kind": "all_or_nothing", "when": "true"}}],
}  # fmt: skip


class SchemesAndYears(unittest.TestCase):
    def test_a_scheme_tells_reads_back_and_scores(self):
        with zeren.Scheme(SCHEME) as scheme:
            about = scheme.about()
            self.assertEqual((about["id"], about["year"], about["status"]), ("s-1", 2022, "draft"))
            self.assertEqual({len(about["digest"]), len(about["table_digest"])}, {64})
            self.assertTrue(about["questions"])
            self.assertTrue(scheme.read_back().startswith("# 考核办法"))
            facts = {"kind": "facts", "format": 1, "subject": "a", "scheme": "s-1", "facts": {}}
            self.assertEqual(scheme.score(facts)["subject"], "a")
            self.assertEqual(scheme.score(json.dumps(facts)), scheme.score(facts))
            with self.assertRaises(zeren.ZerenError) as caught:
                scheme.score({**facts, "scheme": "s-2"})
            self.assertEqual((caught.exception.kind, caught.exception.code), ("refused", "score.other_scheme"))

    def test_a_scheme_with_problems_is_refused(self):
        wrong = {
            "document.missing_field": {name: value for name, value in SCHEME.items() if name != "title"},
            "scheme.edition": {**SCHEME, "edition": "2"},
        }
        for code, document in wrong.items():
            with self.assertRaises(zeren.ZerenError) as caught:
                zeren.Scheme(document)
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(zeren.ZerenError) as caught:
            zeren.Scheme({**SCHEME, "status": "adopted"})
        self.assertEqual(caught.exception.kind, "refused")

    def test_a_year_scores_whom_it_is_given_or_the_roster(self):
        with zeren.System(LEDGER) as system, zeren.Scheme(SCHEME) as scheme, zeren.Year() as year:
            with self.assertRaises(zeren.ZerenError) as caught:
                year.assess(system, scheme, "2022-12-31", subjects=["a"])
            self.assertEqual((caught.exception.kind, caught.exception.code), ("not_found", "year.unknown_subject"))
            subjects = [{"id": name, "name": name, "class": "t", "units": []} for name in ("a", "b")]
            act = {"act": "subjects.registered", "id": "s", "effective": "2022-01-01", "subjects": subjects}
            request = {"head": system.head(), "time": "2022-01-04T09:00:00+08:00", "operator": "u", "acts": [act]}
            with system.prepare(request) as prepared:
                system.commit(prepared)
            assessed = year.assess(system, scheme, "2022-12-31", subjects=["a", "b"])
            self.assertEqual([sheet["subject"] for sheet in assessed["sheets"]], ["a", "b"])
            self.assertEqual(year.assess(system, scheme, "2022-12-31", known=0, subjects=[])["sheets"], [])
            with self.assertRaises(TypeError):
                year.assess(system, scheme, "2022-12-31", subjects="abc")
            with self.assertRaises(zeren.ZerenError) as caught:
                year.assess(system, scheme, "2022-12-31")
            self.assertEqual((caught.exception.kind, caught.exception.code), ("not_found", "year.no_roster"))

    def test_what_is_closed_answers_nothing(self):
        system, scheme, year = zeren.System(LEDGER), zeren.Scheme(SCHEME), zeren.Year()
        for closed in (system, scheme, year):
            closed.close()
            closed.close()
            with self.assertRaises(ValueError):
                year.assess(system, scheme, "2022-12-31", subjects=[])
        with self.assertRaises(ValueError):
            scheme.read_back()

    def test_decimals_go_in_as_they_came_out(self):
        document = {"a": [Decimal("92.350"), 1, True, None, "文"], "b": {}, "c": 1.5}
        self.assertEqual(json_of(document), '{"a": [92.350, 1, true, null, "文"], "b": {}, "c": 1.5}')
        with self.assertRaises(TypeError):
            json_of({1: 2})


class LifeCycle(unittest.TestCase):
    def test_two_nodes_share_a_ledger(self):
        with zeren.System(LEDGER) as one, zeren.System(LEDGER) as two:
            prepared = one.prepare(request(one.head()))
            self.assertEqual(one.head()["position"], 0)
            self.assertEqual(prepared.receipts(), [{"act": "a-1", "position": 1, "repeated": False}])
            one.commit(prepared)
            two.follow(prepared.lines)
            self.assertEqual(one.head(), two.head())
            self.assertEqual(one.head(), zeren.verify(LEDGER, prepared.lines))
            with zeren.System(LEDGER, [line + "\n" for line in prepared.lines]) as three:
                self.assertEqual(three.head(), one.head())
            self.assertEqual(two.prepare(request(two.head())).lines, [])
            self.assertEqual(one.view("findings", "2022-03-01"), [])
            self.assertEqual(one.view("facts", "2022-03-01", scheme="s", subject="甲镇")["subject"], "甲镇")

    def test_what_a_question_names_is_passed_on(self):
        with zeren.System(LEDGER) as system:
            self.assertEqual(system.view("units", "2022-03-01"), [])
            refused = {"letter": ("not_found", "system.not_known"), "letters": ("document", "document.unknown_field")}
            for name, expected in refused.items():
                with self.assertRaises(zeren.ZerenError) as caught:
                    system.view("letter", "2022-03-01", **{name: "x"})
                self.assertEqual((caught.exception.kind, caught.exception.code), expected)

    def test_frees_in_any_order(self):
        system = zeren.System(LEDGER)
        prepared = system.prepare(request(system.head()))
        system.close()
        system.close()
        self.assertEqual(len(prepared.receipts()), 1)
        with self.assertRaises(ValueError):
            system.head()
        del system, prepared
        gc.collect()

    def test_what_is_forgotten_is_freed_at_exit(self):
        code = "import zeren; s = zeren.System('a'); p = s.prepare; print(s.head()['position'])"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        self.assertEqual((ran.stdout, ran.stderr), ("0\n", ""))


class Errors(unittest.TestCase):
    def refused(self, call, *arguments):
        with self.assertRaises(zeren.ZerenError) as caught:
            call(*arguments)
        return caught.exception

    def test_a_text_that_stays_with_the_host_is_looked_at(self):
        self.assertEqual(zeren.check_text("䶮㙍𬱖𫘦𨱔"), [])
        (finding,) = zeren.check_text("张\ue863")
        self.assertEqual(finding["code"], "document.private_use")
        self.assertIn("U+4DAE", finding["zh"])

    def test_errors_say_everything(self):
        system = zeren.System(LEDGER)
        moved = {"position": 3, "digest": "0" * 64}
        error = self.refused(system.prepare, request(moved))
        self.assertEqual((error.status, error.kind, error.code), (12, "conflict", "system.head_moved"))
        error = self.refused(system.prepare, '{"head": 1, "heed": 2}')
        self.assertEqual((error.status, error.kind), (10, "document"))
        self.assertGreater(len(error.findings), 1)
        self.assertTrue(all(finding["zh"] and finding["en"] for finding in error.findings))
        self.assertIn(error.findings[0]["zh"], str(error))
        self.assertEqual(self.refused(system.view, "cascade", "2022-03-01").status, 13)
        self.assertEqual(self.refused(system.follow, ["nonsense"]).code, "ledger.line_changed")
        self.assertEqual(self.refused(zeren.System, " ").status, 10)
        error = self.refused(system.prepare, '{"head": 1, "heed": 2}')
        self.assertEqual(error.pointer, error.findings[0]["pointer"])
        self.assertEqual(f"{type(error).__module__}.{type(error).__name__}", "zeren.ZerenError")
        for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
            self.assertEqual((other.status, other.findings), (error.status, error.findings))

    def test_a_wrong_handle_is_a_status(self):
        prepared = zeren.System(LEDGER).prepare(request({"position": 0, "digest": "0" * 64}))
        with prepared._handle as batch:
            error = self.refused(_native.call, _native.LIBRARY.zeren_system_follow, batch, None, 0)
        self.assertEqual((error.status, error.code), (20, "capi.wrong_handle"))


class Threads(unittest.TestCase):
    def each(self, work, count=16):
        problems = []

        def run(number):
            try:
                work(number)
            except Exception as problem:  # told by the assertion below
                problems.append(problem)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])

    def test_threads_write_to_one_system_and_every_act_gets_in(self):
        system = zeren.System(LEDGER)

        def enter(number):
            while True:
                try:
                    with system.prepare(request(system.head(), f"a-{number}")) as prepared:
                        system.commit(prepared)
                    return
                except zeren.ZerenError as error:
                    if error.kind != "conflict":
                        raise

        self.each(enter)
        self.assertEqual(system.head()["position"], 16)

    def test_close_waits_for_calls_under_way(self):
        system = zeren.System(LEDGER)

        def look(number):
            try:
                for _ in range(200):
                    system.head()
                    if number == 7:
                        system.close()
            except ValueError:
                pass  # closed by the seventh

        self.each(look)


class Cohort(unittest.TestCase):
    """Subjects scored together, and what is asked of them."""

    SCHEME = {
        "kind": "scheme", "format": 1, "edition": "1", "id": "s", "version": "1", "title": "名次", "year": 2023,
        "status": "adopted", "not_applicable": "renormalise", "redetermination": "subject_only",
        "rounding": {"when": "total", "place": 2, "mode": "half_up"}, "ranking": {"ties": "shared"},
        "facts": [{"name": "场次", "kind": "count", "max": 20, "improvable": True}],
        "items": [{"id": "1", "title": "宣讲<b>", "points": 10, "rule": {
            "kind": "rank", "value": "场次", "order": "descending", "points": [10, 8, 6], "ties": "shared"}}],
    }

    @staticmethod
    def facts(subject, value):
        return {"kind": "facts", "format": 1, "subject": subject, "scheme": "s", "facts": {"场次": value}}

    def test_ranks_and_what_it_would_take(self):
        cohort = [self.facts("甲", 3), self.facts("乙", 9), self.facts("丙", 5)]
        with zeren.Scheme(self.SCHEME) as scheme:
            sheets = scheme.score_cohort(cohort)
            self.assertEqual([sheet["total"]["lowest"] for sheet in sheets], ["6", "10", "8"])
            self.assertEqual([sheet["rank"]["best"] for sheet in sheets], [3, 1, 2])
            self.assertIn("名次：3", str(sheets[0]))
            shown = sheets[0]._repr_html_()
            self.assertIn("<table>", shown)
            self.assertIn("宣讲&lt;b&gt;", shown)
            self.assertNotIn("宣讲<b>", shown)
            self.assertEqual(scheme.check(), [])
            taken = scheme.would_take(cohort, "甲", total=10)
            self.assertIn("9", json.dumps(taken, ensure_ascii=False, default=str))
            better = [self.facts("甲", 6), *cohort[1:]]
            changed = scheme.difference(cohort, better, "甲")
            self.assertEqual(changed["subject"], "甲")
            with self.assertRaises(zeren.ZerenError) as refused:
                scheme.score_cohort([cohort[0], cohort[0]])
            self.assertEqual(refused.exception.code, "score.subject_twice")
            with self.assertRaises(zeren.ZerenError) as refused:
                scheme.would_take(cohort, "甲")
            self.assertEqual(refused.exception.code, "score.goal")


if __name__ == "__main__":
    unittest.main()
