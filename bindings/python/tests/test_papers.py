"""Papers: data, Markdown and a page, for an audience."""

import unittest

import zeren

SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "s-1", "version": "1", "title": "办法<b>", "year": 2022, "status": "draft",
    "facts": [{"name": "场次", "kind": "count", "max": 9}],
    "items": [{"id": "1", "title": "项", "points": 5, "rule": {"kind": "all_or_nothing", "when": "场次 > 1"}}],
}
ACTS = [
    {"act": "units.founded", "id": "u", "effective": "2022-01-01", "units": [{"id": "甲", "name": "甲镇", "class": "镇"}]},
    {"act": "subjects.registered", "id": "s", "effective": "2022-01-01",
     "subjects": [{"id": "s-甲", "name": "甲镇", "class": "镇", "units": ["甲"]}]},
    {"act": "roster.adopted", "id": "r", "effective": "2022-01-01", "scheme": "s-1", "subjects": ["s-甲"]},
]


class Papers(unittest.TestCase):
    def setUp(self):
        self.system = zeren.System("示例新区")
        self.addCleanup(self.system.close)
        self.scheme = zeren.Scheme(SCHEME)
        self.addCleanup(self.scheme.close)
        self.enter(ACTS)

    def enter(self, acts):
        request = {"head": self.system.head(), "time": "2023-01-04T09:00:00+08:00", "operator": "u-17", "acts": acts}
        with self.system.prepare(request) as prepared:
            self.system.commit(prepared)

    def test_a_paper_has_three_forms(self):
        paper = self.system.paper("missing_data", "2022-12-31", self.scheme, number="示考〔2022〕1号", issuer="考核办公室")
        self.assertEqual(paper.data["kind"], "missing_data")
        self.assertEqual(paper.data["title"], "《办法<b>》缺报数据清单")
        self.assertIn("| 1 | 甲镇 | 场次 | 未规定 |  |", paper.markdown)
        self.assertEqual(str(paper), paper.markdown)
        self.assertTrue(paper.html.startswith("<!DOCTYPE html>"))
        self.assertIn("办法&lt;b&gt;", paper.html)
        shown = paper._repr_html_()
        self.assertTrue(shown.startswith("<iframe sandbox "))
        self.assertNotIn("<!DOCTYPE", shown)
        self.assertIn("missing_data", repr(paper))

    def test_a_paper_of_an_earlier_position_stays_what_it_was(self):
        known = self.system.head()["position"]
        before = self.system.paper("missing_data", "2022-12-31", self.scheme)
        self.enter([{"act": "facts.recorded", "id": "f", "effective": "2022-12-31", "scheme": "s-1", "subject": "s-甲",
                     "facts": {"场次": 2}}])
        self.assertIn("没有缺报", self.system.paper("missing_data", "2022-12-31", self.scheme).markdown)
        again = self.system.paper("missing_data", "2022-12-31", self.scheme, known=known)
        self.assertEqual((again.data, again.html), (before.data, before.html))

    def test_what_is_not_for_an_audience_is_refused(self):
        self.assertIn("甲镇", self.system.paper("duty_report", "2022-12-31", unit="甲").markdown)
        for audience, status in [({"who": "public"}, "refused"), ({"who": "subject"}, "document")]:
            with self.assertRaises(zeren.ZerenError) as refused:
                self.system.paper("duty_report", "2022-12-31", unit="甲", audience=audience)
            self.assertEqual(refused.exception.kind, status)
        with self.assertRaises(zeren.ZerenError) as refused:
            self.system.paper("missing_data", "2022-12-31")
        self.assertEqual(refused.exception.code, "report.scheme_missing")


if __name__ == "__main__":
    unittest.main()
