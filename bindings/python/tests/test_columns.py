"""Columns: what goes in, what comes out, and that both are what single subjects are scored as. With and without NumPy."""

import array
import datetime
import gc
import json
import unittest
from decimal import Decimal
from fractions import Fraction

import zeren

try:
    import numpy
except ImportError:
    numpy = None

SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "s", "version": "1", "title": "按列", "year": 2023,
    "status": "adopted", "not_applicable": "renormalise", "redetermination": "subject_only",
    "rounding": {"when": "total", "place": 2, "mode": "half_up"}, "ranking": {"ties": "shared"},
    "facts": [
        {"name": "场次", "kind": "count", "max": 20},
        {"name": "投入", "kind": "money", "min": 0, "max": 1000},
        {"name": "达标", "kind": "yes_no"},
        {"name": "档次", "kind": "choice", "words": ["高", "低"]},
        {"name": "报送日", "kind": "date", "earliest": "2023-01-01", "latest": "2023-12-31"},
        {"name": "备注数", "kind": "count", "max": 5},
    ],
    "items": [
        {"id": "1", "title": "宣讲<b>", "points": 10, "rule": {
            "kind": "rank", "value": "场次", "order": "descending", "points": [10, 8, 6], "beyond": 1, "ties": "shared"}},
        {"id": "2", "title": "投入", "points": 10, "rule": {"kind": "formula", "value": "投入 / 100", "floor": 0, "cap": 10}},
        {"id": "3", "title": "达标", "points": 5, "rule": {"kind": "all_or_nothing", "when": "达标 && 档次 == \"高\""}},
        {"id": "4", "title": "报送", "points": 2, "rule": {
            "kind": "all_or_nothing", "when": "报送日 <= date(\"2023-06-30\")"}},
    ],
    "grades": {"compare": "rounded", "bands": [{"grade": "优", "from": 15}, {"grade": "差"}]},
}  # fmt: skip

#: The same three subjects as everybody would write them.
LISTS = {
    "场次": [3, 9, 5],
    "投入": [Decimal("12.50"), 1000, "0.01"],
    "达标": [True, False, True],
    "档次": ["高", "高", "低"],
    "报送日": [datetime.date(2023, 6, 30), "2023-07-01", datetime.date(2023, 1, 1)],
}


def facts(row, **changed):
    values = {
        name: str(column[row]) if isinstance(column[row], (Decimal, datetime.date)) else column[row]
        for name, column in LISTS.items()
    }
    values["备注数"] = 0
    values.update(changed)
    return {"kind": "facts", "format": 1, "subject": str(row), "scheme": "s", "facts": values}


class InColumns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scheme = zeren.Scheme(SCHEME)
        cls.columns = cls.scheme.columns()

    def agrees(self, scored, sheets):
        self.assertEqual(len(scored), len(sheets))
        for row, sheet in enumerate(sheets):
            self.assertEqual(str(scored.total(row)), sheet["total"]["lowest"], row)
            for item in sheet["items"]:
                self.assertEqual(Fraction(scored.points(item["id"], row)), Fraction(item["points"]["lowest"]))
            self.assertEqual([scored.grade(row)], sheet["grades"])
            self.assertEqual(scored.rank(row), sheet["rank"]["best"])

    def refused(self, kind, code, *arguments, **named):
        with self.assertRaises(zeren.ZerenError) as caught:
            self.columns.score(*arguments, **named)
        self.assertEqual((caught.exception.kind, caught.exception.code), (kind, code))
        return caught.exception

    def test_it_tells_what_goes_in_and_out(self):
        wanted = {column["name"]: column for column in self.columns.about["columns"]}
        self.assertEqual(wanted["投入"]["places"], 2)
        self.assertEqual((wanted["投入"]["least"], wanted["投入"]["greatest"]), ("0", "1000"))
        self.assertEqual(wanted["档次"]["words"], ["高", "低"])
        self.assertEqual(wanted["报送日"]["greatest"], "2023-12-31")
        self.assertEqual([name for name, column in wanted.items() if not column["needed"]], ["备注数"])
        self.assertTrue(self.columns.about["cohorts"])
        self.assertIsNone(self.columns.exact_because)
        self.assertEqual(
            [given["what"] for given in self.columns.about["results"]], ["points"] * 4 + ["total", "grade", "earned_grade", "rank"]
        )

    def test_lists_are_scored_as_single_subjects_are(self):
        scored = self.columns.score(LISTS)
        self.agrees(scored, self.scheme.score_cohort([facts(row) for row in range(3)]))
        self.assertEqual(scored.by_sheet, [])
        self.assertEqual(scored.items, ["1", "2", "3", "4"])
        self.assertEqual(scored.points("2", 0), Decimal("0.125"))
        self.assertEqual(scored.rank(), [2, 1, 3])
        self.assertEqual(scored.grade(), ["差", "优", "差"])
        self.assertEqual(list(scored.total()), [scored.total(row) for row in range(3)])
        self.assertEqual(scored.total()[-1], scored.total(2))
        self.assertEqual(scored.total()[:2], [scored.total(0), scored.total(1)])
        # Every point has a reason, here too.
        for row in range(3):
            self.assertEqual(scored.sheet(row)["total"]["lowest"], str(scored.total(row)))
        self.assertTrue(all(line["reason"] for line in scored.sheet(0)["lines"]))
        with self.assertRaises(IndexError):
            scored.sheet(3)
        with self.assertRaises(KeyError):
            scored.points("9")

    def test_buffers_of_every_width(self):
        buffers = {
            "场次": array.array("q", [3, 9, 5]),
            "投入": zeren.Scaled(memoryview(array.array("q", [1250, 100_000, 1])), 2),
            "达标": bytearray([1, 0, 1]),
            "档次": array.array("i", [0, 0, 1]),
            "报送日": array.array("i", [20230630, 20230701, 20230101]),
        }
        expected = self.columns.score(LISTS)
        scored = self.columns.score(buffers)
        self.assertEqual(list(scored.total()), list(expected.total()))
        # Other integers, read-only memory, and every second item of a longer buffer.
        other = {
            **buffers,
            "场次": array.array("h", [3, 9, 5]),
            "达标": b"\1\0\1",
            "投入": zeren.Scaled(memoryview(array.array("q", [1250, 7, 100_000, 7, 1, 7]))[::2], 2),
            "档次": array.array("B", [0, 0, 1]),
        }
        self.assertEqual(list(self.columns.score(other).total()), list(expected.total()))
        # The caller's arrays are the caller's: they may grow again.
        buffers["场次"].append(1)
        # The numbers of a column are one block of memory.
        view = memoryview(scored.total().numbers)
        self.assertEqual((view.format, view.nbytes), ("q", 24))
        self.assertEqual(view[0], int(scored.total(0) * scored.total().per))

    def test_what_is_unknown_has_a_sheet_and_so_has_its_cohort(self):
        lists = {name: column * 2 for name, column in LISTS.items()}
        lists["场次"] = [3, 9, 5, 3, None, 5]
        cohorts = ["一"] * 3 + ["二"] * 3
        scored = self.columns.score(lists, cohorts=cohorts)
        self.assertEqual(scored.by_sheet, [3, 4, 5])
        self.assertIsNone(scored.total(4))
        self.assertEqual(scored.rank(4), 1)  # whatever it is
        self.assertEqual(scored.points("1", 5), None)
        self.assertEqual(scored.points("2", 4), 10)
        self.assertIn("场次", scored.sheet(4)["open"])
        self.assertIn("总分", str(scored.sheet(4)))
        self.assertEqual(list(scored.total())[:3], list(self.columns.score(LISTS).total()))
        whole = [facts(row) for row in range(3)]
        whole[1]["facts"]["场次"] = {"state": "unknown"}
        for row, sheet in enumerate(self.scheme.score_cohort(whole)):
            self.assertEqual(scored.sheet(3 + row)["total"], sheet["total"])
        states = {"场次": bytes([0, 0, 0, 0, 1, 0])}
        lists["场次"] = array.array("q", [3, 9, 5, 3, 99, 5])
        self.assertEqual(self.columns.score(lists, states, cohorts).by_sheet, [3, 4, 5])
        lists["场次"] = [3, 9, 5, 3, zeren.NOT_APPLICABLE, 5]
        self.assertEqual(self.columns.score(lists, cohorts=cohorts).sheet(4)["items"][0]["applicable"], False)

    def test_cohorts_are_whatever_is_equal(self):
        lists = {name: column * 2 for name, column in LISTS.items()}
        wanted = self.columns.score(LISTS).rank() * 2
        for cohorts in ("甲甲甲乙乙乙", [7] * 3 + [0] * 3, array.array("q", [-1] * 3 + [2**40] * 3), [None] * 3 + [("乙",)] * 3):
            self.assertEqual(self.columns.score(lists, cohorts=cohorts).rank(), wanted)

    def test_bad_columns_are_refused_with_their_place(self):
        rest = {name: column for name, column in LISTS.items() if name != "场次"}
        error = self.refused("refused", "capi.column_missing", rest)
        self.assertEqual([finding["subject"] for finding in error.findings], ["场次"])
        self.assertEqual(len(self.refused("refused", "capi.column_missing", {}).findings), 5)
        self.refused("not_found", "capi.column_unknown", {**LISTS, "次场": [1, 2, 3]})
        error = self.refused("document", "capi.out_of_range", {**LISTS, "场次": [3, 21, 5]})
        self.assertEqual((error.findings[0]["subject"], error.findings[0]["pointer"]), ("场次", "/1"))
        self.refused("document", "capi.out_of_range", {**LISTS, "档次": array.array("i", [0, 2, 0])})
        self.refused("document", "capi.out_of_range", {**LISTS, "报送日": array.array("i", [20230630, 20230231, 20230101])})
        self.refused("document", "capi.column_places", {**LISTS, "场次": ["1.5", 2, 3]})
        self.refused("wrong_array", "capi.wrong_array", {**LISTS, "达标": [True]})
        self.refused("wrong_array", "capi.wrong_array", LISTS, cohorts=[1])
        self.refused("document", "capi.out_of_range", LISTS, parents=[None, 1, None])
        for wrong in ([1.5, 2, 3], array.array("d", [1, 2, 3]), [True, 2, 3], [object()] * 3, zeren.Scaled([1, 2, 3], 2)):
            with self.assertRaises(TypeError):
                self.columns.score({**LISTS, "场次": wrong})
        for name, wrong in (("档次", ["高", "中", "低"]), ("报送日", ["2023-02-30"] * 3), ("场次", ["x", 1, 2])):
            with self.assertRaises(ValueError):
                self.columns.score({**LISTS, name: wrong})
        with self.assertRaises(ValueError):
            self.columns.score({**LISTS, "场次": array.array("q", [1, 2, 3])}, states={"场次": b"\0"})

    def test_it_prints_and_shows(self):
        scored = self.columns.score(LISTS)
        self.assertIn("总分", str(scored))
        self.assertIn("共 3 行", str(scored))
        self.assertIn("<table>", scored._repr_html_())
        self.assertIn("0.125", str(scored.points("2")) + repr(scored.points("2")))
        many = self.columns.score({name: column * 30 for name, column in LISTS.items()})
        self.assertEqual(len(str(many).splitlines()), 22)

    def test_frees_in_any_order(self):
        scheme = zeren.Scheme(SCHEME)
        columns = scheme.columns()
        scheme.close()
        scored = columns.score(LISTS)
        columns.close()
        with self.assertRaises(ValueError):
            columns.score(LISTS)
        total = scored.total()
        scored.close()
        self.assertEqual(len(list(total)), 3)
        with self.assertRaises(ValueError):
            scored.points("1")
        del scheme, columns, scored
        gc.collect()

    def test_no_rows_are_no_trouble(self):
        scored = self.columns.score({name: [] for name in LISTS})
        self.assertEqual((len(scored), list(scored.total()), scored.by_sheet, scored.grade()), (0, [], [], []))

    def test_a_scheme_that_is_not_for_columns_is_scored_all_the_same(self):
        document = json.loads(json.dumps(SCHEME))
        document["items"][1]["rule"]["value"] = "root(投入, 2, 3, \"half_up\") / 3"
        with zeren.Scheme(document) as scheme, scheme.columns() as columns:
            scored = columns.score(LISTS)
            self.agrees(scored, scheme.score_cohort([facts(row) for row in range(3)]))
            if columns.exact_because is not None:
                self.assertEqual(scored.by_sheet, [0, 1, 2])

    def test_events_are_columns_within_a_column(self):
        document = json.loads(json.dumps(SCHEME))
        document["facts"].append({"name": "通报", "kind": "events", "max": 3, "attribution": ["own"], "fields": [
            {"name": "级别", "kind": "choice", "words": ["省", "市"]},
            {"name": "事项", "kind": "matter"},
            {"name": "归属", "kind": "holder"},
        ]})  # fmt: skip
        document["items"].append({"id": "5", "title": "通报", "points": 3, "rule": {
            "kind": "formula", "value": "3 - count(通报, 级别 == \"省\")", "floor": 0, "cap": 3}})  # fmt: skip
        events = [
            [{"级别": "省", "事项": "甲事", "归属": "own"}, {"级别": "市", "事项": "乙事", "归属": "own"}],
            [],
            [{"级别": "省", "事项": "甲事", "归属": "own"}],
        ]
        with zeren.Scheme(document) as scheme, scheme.columns() as columns:
            scored = columns.score({**LISTS, "通报": events})
            sheets = scheme.score_cohort([facts(row, 通报={"events": events[row], "complete": True}) for row in range(3)])
            self.agrees(scored, sheets)
            self.assertEqual([scored.points("5", row) for row in range(3)], [2, 3, 2])
            unknown = columns.score({**LISTS, "通报": [None, *events[1:]]})
            self.assertIsNone(unknown.points("5", 0))
            self.assertEqual(unknown.points("5", 2), 2)
            for wrong in ([[{"级": "省"}], [], []], [[{"级别": "县"}], [], []]):
                with self.assertRaises(ValueError):
                    columns.score({**LISTS, "通报": wrong})
            for wrong in ([7, [], []], [[{"事项": 3}], [], []]):
                with self.assertRaises(TypeError):
                    columns.score({**LISTS, "通报": wrong})

    def test_results_of_another_scheme_are_columns_too(self):
        document = {
            "kind": "scheme", "format": 1, "edition": "1", "id": "年度", "version": "1", "title": "年度考核", "year": 2023,
            "status": "adopted", "not_applicable": "renormalise",
            "rounding": {"when": "total", "place": 2, "mode": "half_up"},
            "facts": [{"name": "任务", "kind": "number", "min": 0, "max": 95}],
            "items": [
                {"id": "1", "title": "任务", "points": 95, "rule": {"kind": "formula", "value": "任务", "floor": 0, "cap": 95}},
                {"id": "2", "title": "责任制", "points": 5, "rule": {
                    "kind": "included", "scheme": "责任制-2023", "title": "责任制", "out_of": 100, "over_full": "lost",
                    "passes": [{"grade": "差", "at_most": "良"}]}},
            ],
            "grades": {"compare": "rounded", "bands": [{"grade": "优", "from": 90}, {"grade": "良", "from": 60}, {"grade": "差"}]},
        }  # fmt: skip
        with zeren.Scheme(document) as scheme, scheme.columns() as columns:
            wanted = {column["name"]: column for column in columns.about["columns"]}
            self.assertEqual(wanted["result:责任制-2023"]["needed"], True)
            self.assertEqual(wanted["grade:责任制-2023"]["kind"], "text")
            facts = {"任务": [90, "94.5", 94, 94]}
            scores = {"result:责任制-2023": [80, 120, "66.67", None], "grade:责任制-2023": ["优", "差", "优", None]}
            scored = columns.score({**facts, **scores})
            self.assertEqual([scored.points("2", row) for row in range(3)], [4, 5, Decimal("3.3335")])
            self.assertEqual([scored.total(row) for row in range(3)], [94, Decimal("99.5"), Decimal("97.33")])
            self.assertEqual([scored.grade(row) for row in range(3)], ["优", "良", "优"])
            self.assertIsNone(scored.total(3))
            self.assertEqual(scored.sheet(3)["total"], {"lowest": "94", "highest": "99"})
            with self.assertRaises(zeren.ZerenError) as caught:
                columns.score(facts)
            missing = [finding["subject"] for finding in caught.exception.findings]
            self.assertEqual(missing, ["result:责任制-2023", "grade:责任制-2023"])

    @unittest.skipUnless(numpy, "no NumPy")
    def test_numpy_goes_in_and_comes_out(self):
        buffers = {
            "场次": numpy.array([3, 9, 5]),
            "投入": zeren.Scaled(numpy.array([1250, 100_000, 1], dtype=numpy.int32), 2),
            "达标": numpy.array([True, False, True]),
            "档次": numpy.array([0, 0, 1], dtype=numpy.int32),
            "报送日": numpy.array(["2023-06-30", "2023-07-01", "2023-01-01"], dtype="datetime64[D]"),
        }
        expected = self.columns.score(LISTS)
        scored = self.columns.score(buffers, cohorts=numpy.array([7, 7, 7]))
        self.assertEqual(list(scored.total()), list(expected.total()))
        frozen = numpy.array([[3, 0], [9, 0], [5, 0]])
        frozen.setflags(write=False)
        for column in (frozen[:, 0], frozen[:, 0].copy()):
            column.setflags(write=False)
            again = self.columns.score({**buffers, "场次": column}, states={"场次": numpy.zeros(3, dtype=numpy.uint8)})
            self.assertEqual(list(again.total()), list(expected.total()))
        totals = scored.total().to_numpy()
        self.assertEqual((totals.dtype, totals.tolist()), (numpy.int64, list(scored.total().numbers)))
        totals[0] += 1
        self.assertEqual(totals[0], scored.total().numbers[0])
        self.assertEqual(sorted(scored.to_numpy()), sorted(["1", "2", "3", "4", "total", "grade", "earned_grade", "rank"]))
        numbers = {**LISTS, "场次": list(numpy.array([3, 9, 5]))}
        self.assertEqual(list(self.columns.score(numbers).total()), list(expected.total()))
        for wrong in (numpy.array([1.0, 2, 3]), numpy.zeros((3, 2), dtype=int)):
            with self.assertRaises(TypeError):
                self.columns.score({**buffers, "场次": wrong})


class Schemas(unittest.TestCase):
    def test_every_kind_of_document_has_a_schema(self):
        kinds = ["act", "assess_query", "calendar", "facts", "query", "request", "rule_set", "scheme", "template_query"]
        for kind in kinds:
            self.assertEqual(zeren.schema(kind)["$id"], f"urn:zeren:schema:{kind}")
        with self.assertRaises(zeren.ZerenError) as caught:
            zeren.schema("sheme")
        self.assertEqual((caught.exception.kind, caught.exception.code), ("not_found", "schemas.unknown"))
        self.assertTrue(all(kind in caught.exception.findings[0]["zh"] for kind in kinds))


class Shown(unittest.TestCase):
    """What prints as text and shows as HTML."""

    def test_the_table_of_a_scheme(self):
        with zeren.Scheme(SCHEME) as scheme:
            table = scheme.read_back()
            self.assertIsInstance(table, str)
            self.assertTrue(str(table).startswith("# 按列"))
            shown = table._repr_html_()
            self.assertTrue(shown.startswith("<h1>按列"), shown)
            self.assertIn("<th>编号</th>", shown)
            self.assertIn("<td>宣讲&lt;b&gt;</td>", shown)
            self.assertNotIn("|---|", shown)
            self.assertEqual(str(scheme.questions), "无待明确事项")
        with zeren.Scheme({**SCHEME, "status": "draft", "ranking": {}}) as draft:
            self.assertTrue(draft.questions)
            self.assertIn("待明确", str(draft.questions))
            self.assertIn("<table>", draft.questions._repr_html_())

    def test_findings(self):
        with zeren.Scheme(SCHEME) as scheme:
            found = scheme.check()
            self.assertIn("备注数", str(found))
            self.assertIn("<td>", found._repr_html_())
            self.assertEqual(str(zeren.Findings([])), "无检查提示")

    def test_what_it_would_take_and_differences(self):
        document = json.loads(json.dumps(SCHEME))
        document["facts"][1]["improvable"] = True
        with zeren.Scheme(document) as scheme:
            everybody = [facts(row) for row in range(3)]
            taken = scheme.would_take(everybody, "0", grade="优")
            self.assertIn("投入", str(taken))
            self.assertIn("<td>投入</td>", taken._repr_html_())
            changed = scheme.difference(everybody, [facts(0, 场次=20), *everybody[1:]], "0")
            self.assertIn("场次", str(changed))
            self.assertIn("<table>", changed._repr_html_())


if __name__ == "__main__":
    unittest.main()
