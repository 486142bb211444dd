"""Templates for data entry, and progress of long work."""

import io
import json
import threading
import unittest
from decimal import Decimal

import zeren

SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "办法", "version": "1", "title": "考核办法", "year": 2022,
    "status": "draft",
    "facts": [
        {"name": "场次", "kind": "count", "unit": "场", "max": 100, "supplier": "宣传部", "zero": "declared"},
        {"name": "满意率", "kind": "number", "unit": "%", "min": 0, "max": 100, "supplier": "统计局"},
        {"name": "通报", "kind": "events", "max": 20, "supplier": "督查室", "fields": [{"name": "日期", "kind": "date"}]},
    ],
    "items": [
        {"id": "1", "title": "宣讲", "points": 5,
         "rule": {"kind": "formula", "value": "min(5, 场次)", "floor": 0, "cap": 5}},
    ],
}  # fmt: skip


def request(head, number):
    edge = {"id": f"e-{number}", "name": "隶属", "single": True, "acyclic": True}
    acts = [{"act": "edges.declared", "id": f"a-{number}", "effective": "2022-01-01", "edges": [edge]}]
    return {"head": head, "time": "2022-01-04T09:00:00+08:00", "operator": "u-17", "acts": acts}


def facts(number):
    return {"kind": "facts", "format": 1, "subject": f"s-{number}", "scheme": "办法", "facts": {"场次": number % 9}}


class Templates(unittest.TestCase):
    def setUp(self):
        self.scheme = zeren.Scheme(SCHEME)
        self.addCleanup(self.scheme.close)

    def test_a_table_is_written_filled_in_and_read_back(self):
        known = [{"id": "s-1", "name": "甲镇"}, {"id": "s-2", "name": "乙镇", "facts": {"满意率": Decimal("93.20")}}]
        table = self.scheme.template(known, supplier="统计局").decode("utf-8-sig")
        self.assertIn("s-2,乙镇,93.2\r\n", table)
        filled = table.replace("s-1,甲镇,", "s-1,甲镇,12.5%").encode("utf-8")
        entered = self.scheme.read_template(filled)
        self.assertEqual((entered["content"], entered["supplier"]), ("values", "统计局"))
        values = {subject["subject"]: subject["facts"] for subject in entered["subjects"]}
        self.assertEqual(values, {"s-1": {"满意率": "12.5"}, "s-2": {"满意率": "93.2"}})
        self.assertEqual(entered["findings"], [])

    def test_the_tables_that_there_are(self):
        tables = self.scheme.about()["templates"]
        self.assertEqual(tables[0], {"supplier": "宣传部"})
        self.assertEqual(tables[2], {"supplier": "督查室", "events": "通报"})
        for table in tables:
            self.assertTrue(self.scheme.template(["s-1"], **table).startswith(b"\xef\xbb\xbf"))
        opening = self.scheme.template(["s-1"], supplier="宣传部", opening=2021)
        entered = self.scheme.read_template(opening.replace("s-1,s-1,".encode(), "s-1,s-1,7".encode()))
        self.assertEqual((entered["content"], entered["year"]), ("opening", 2021))
        self.assertEqual(entered["subjects"], [{"subject": "s-1", "facts": {"场次": 7}}])
        with self.assertRaises(zeren.ZerenError) as caught:
            self.scheme.template(["s-1"], supplier="宣传")
        self.assertEqual(caught.exception.kind, "not_found")

    def test_what_cannot_be_read_is_told_by_its_cell(self):
        table = self.scheme.template(["s-1", "s-2"], supplier="宣传部").decode("utf-8")
        bad = table.replace("s-1,s-1,", "s-1,s-1,三").replace("s-2,s-2,", "s-2,s-2,101")
        with self.assertRaises(zeren.ZerenError) as caught:
            self.scheme.read_template(bad.encode("utf-8"))
        self.assertEqual([finding["pointer"] for finding in caught.exception.findings], ["C4", "C5"])
        with self.assertRaises(zeren.ZerenError) as caught:
            self.scheme.read_template(table.encode("gb18030", "ignore"))
        self.assertIn("GB 18030", str(caught.exception))

    def test_a_workbook_where_the_library_has_it(self):
        try:
            table = self.scheme.template(["s-1"], supplier="统计局", format="xlsx")
        except zeren.ZerenError as error:
            self.assertEqual((error.kind, error.code), ("unsupported", "fact.template_no_xlsx"))
            return
        self.assertTrue(table.startswith(b"PK"))
        self.assertEqual(self.scheme.read_template(table)["subjects"], [{"subject": "s-1", "facts": {}}])


    def test_another_program_fills_a_workbook_in(self):
        try:
            import openpyxl
        except ImportError:
            self.skipTest("no openpyxl")
        try:
            table = self.scheme.template([{"id": "007", "name": "甲 <&>"}], supplier="统计局", format="xlsx")
        except zeren.ZerenError as error:
            self.assertEqual(error.code, "fact.template_no_xlsx")
            return
        book = openpyxl.load_workbook(io.BytesIO(table))
        sheet = book["填报表"]
        self.assertEqual((sheet["A4"].value, sheet["B4"].value, sheet.freeze_panes), ("007", "甲 <&>", "C4"))
        self.assertEqual([str(cells.sqref) for cells in sheet.data_validations.dataValidation], ["C4"])
        self.assertTrue(all(sheet.sheet_state == "visible" for sheet in book))
        for value, shape, read in [(0.125, "0.0%", "12.5"), (93.2, "General", "93.2"), ("１２．５％", "@", "12.5")]:
            sheet["C4"].value, sheet["C4"].number_format = value, shape
            filled = io.BytesIO()
            book.save(filled)
            entered = self.scheme.read_template(filled.getvalue())
            self.assertEqual(entered["subjects"], [{"subject": "007", "facts": {"满意率": read}}])


class ProgressOfWork(unittest.TestCase):
    def polled(self, work):
        """What the work gave, while this thread reads its counter."""
        progress, given = zeren.Progress(), []
        thread = threading.Thread(target=lambda: given.append(work(progress)))
        thread.start()
        before = progress.read()
        while thread.is_alive():
            now = progress.read()
            self.assertTrue(now.done <= now.total and before.done <= now.done and before.total <= now.total)
            before = now
        thread.join()
        done, total = progress.read()
        self.assertEqual(done, total)
        self.assertGreater(total, 0)
        return given[0]

    def lines(self, count):
        with zeren.System("a") as system:
            lines = []
            for number in range(count):
                with system.prepare(request(system.head(), number)) as prepared:
                    lines.extend(prepared.lines)
                    system.commit(prepared)
            return lines

    def test_counted_work_gives_the_same(self):
        lines = self.lines(100)
        with self.polled(lambda progress: zeren.System("a", lines, progress=progress)) as watched:
            with zeren.System("a", lines) as plain:
                self.assertEqual(watched.head(), plain.head())
        self.assertEqual(self.polled(lambda progress: zeren.verify("a", lines, progress)), zeren.verify("a", lines))
        with zeren.Scheme(SCHEME) as scheme, scheme.columns() as columns:
            everybody = [facts(number) for number in range(50)]
            watched = self.polled(lambda progress: scheme.score_cohort(everybody, progress=progress))
            self.assertEqual(watched, scheme.score_cohort(everybody))
            column = {"场次": list(range(1, 50)), "满意率": [None] * 49, "通报": [None] * 49}
            column = {name: values for name, values in column.items() if name in columns._wanted}
            watched = self.polled(lambda progress: columns.score(column, progress=progress))
            self.assertEqual([watched.total(row) for row in range(49)], [columns.score(column).total(row) for row in range(49)])

    def test_stopped_work_leaves_everything_as_it_was(self):
        lines = self.lines(20)
        with zeren.Progress() as progress, zeren.System("a") as system:
            progress.cancel()
            with self.assertRaises(zeren.ZerenError) as caught:
                system.follow(lines, progress=progress)
            self.assertEqual((caught.exception.kind, caught.exception.status), ("cancelled", 17))
            self.assertEqual(system.head()["position"], 0)
            system.follow(lines)
            self.assertEqual(system.head()["position"], 20)

    def test_a_year_is_counted(self):
        subject = {"id": "s-1", "name": "甲", "class": "镇", "units": ["u"]}
        unit = {"id": "u", "name": "甲镇", "class": "镇", "superiors": []}
        acts = [
            {"act": "units.founded", "id": "1", "effective": "2022-01-01", "units": [unit]},
            {"act": "subjects.registered", "id": "2", "effective": "2022-01-01", "subjects": [subject]},
        ]
        del unit["superiors"]
        with zeren.System("a") as system, zeren.Scheme(SCHEME) as scheme, zeren.Year() as year:
            with system.prepare({**request(system.head(), 1), "acts": acts}) as prepared:
                system.commit(prepared)
            asked = {"day": "2022-12-31", "subjects": ["s-1"]}
            watched = self.polled(lambda progress: year.assess(system, scheme, progress=progress, **asked))
            self.assertEqual(json.dumps(watched), json.dumps(year.assess(system, scheme, **asked)))


if __name__ == "__main__":
    unittest.main()
