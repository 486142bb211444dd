"""Checkpoints, proofs, signatures, certificate pages and archives from Python."""

import json
import unittest

import zeren

LEDGER = "示例新区"
SM3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "zrz", "version": "1", "title": "考核办法", "year": 2022, "status": "draft",
    "items": [{"id": "1", "title": "项目", "points": 5, "rule": {"kind": "all_or_nothing", "when": "true"}}],
}  # fmt: skip

ACTS = [
    {"act": "edges.declared", "id": "边", "effective": "2022-01-01",
     "edges": [{"id": "line", "name": "隶属", "single": True, "acyclic": True}]},
    {"act": "units.founded", "id": "建", "effective": "2022-01-01", "units": [
        {"id": "区", "name": "示例新区", "class": "区"},
        {"id": "甲镇", "name": "甲镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]}]},
    {"act": "posts.founded", "id": "职", "effective": "2022-01-01", "posts": [
        {"id": "区书记", "unit": "区", "name": "书记"}, {"id": "镇书记", "unit": "甲镇", "name": "书记"}]},
    {"act": "letter.drafted", "id": "书-1", "effective": "2022-01-01", "title": "2022年责任书",
     "period": {"from": "2022-01-01", "to": "2022-12-31"},
     "issuers": [{"unit": "区", "signatories": ["区书记"]}], "receivers": [{"unit": "甲镇", "signatories": ["镇书记"]}],
     "duties": [], "text": {"sm3": SM3},
     "manifestations": [{"id": "pdf", "form": "pdf", "file": {"algorithm": "sm3", "digest": SM3}, "declared_by": {"unit": "区"}}]},
    {"act": "letter.signed", "id": "签", "effective": "2022-01-02", "letter": "书-1", "signatures": [
        {"post": "区书记", "person": "p-1", "capacity": "holder", "manifestation": "pdf", "electronic": {"over": "seal"}}]},
    {"act": "signature.verified", "id": "验", "effective": "2022-01-03", "letter": "书-1", "post": "区书记", "means": "seal",
     "verifier": "电子签章平台", "report": {"algorithm": "sm3", "digest": SM3}, "outcomes": {"mathematics": "holds"}},
    {"act": "subjects.registered", "id": "象", "effective": "2022-01-01",
     "subjects": [{"id": "s-甲", "name": "甲镇", "class": "镇", "units": ["甲镇"]}]},
]  # fmt: skip


class Evidence(unittest.TestCase):
    def setUp(self):
        self.system = zeren.System(LEDGER)
        self.addCleanup(self.system.close)
        request = {"head": self.system.head(), "time": "2023-01-10T09:00:00+08:00", "operator": "u-1", "acts": ACTS}
        with self.system.prepare(request) as prepared:
            self.lines = prepared.lines
            self.system.commit(prepared)

    def refused(self, code, call, *arguments):
        with self.assertRaises(zeren.ZerenError) as caught:
            call(*arguments)
        self.assertEqual(caught.exception.code, code)

    def test_verify_says_which_of_the_two_it_did(self):
        kept = zeren.checkpoint(LEDGER, self.lines)
        self.assertIsNone(zeren.verify(LEDGER, self.lines)["proven"])
        self.assertEqual(zeren.verify(LEDGER, self.lines, [kept])["proven"], len(self.lines))
        self.refused("ledger.batch_incomplete", zeren.verify, LEDGER, self.lines[:-1], [kept])

    def test_one_line_is_proven_without_the_others(self):
        kept = zeren.checkpoint(LEDGER, self.lines)
        proof = zeren.inclusion(LEDGER, self.lines, 4)
        self.assertEqual(zeren.verify_inclusion(proof, kept)["payload"]["id"], "书-1")
        forged = dict(proof, line=proof["line"].replace("u-1", "u-2"))
        self.refused("ledger.line_changed", zeren.verify_inclusion, forged, kept)
        self.refused("ledger.no_line", zeren.inclusion, LEDGER, self.lines, 99)
        with self.assertRaises(ValueError):
            zeren.inclusion(LEDGER, self.lines, -1)

    def test_the_certificate_page_in_three_forms(self):
        page = self.system.certificate("书-1", "2022-02-01")
        self.assertEqual(page["signatures"][0]["verifications"][0]["verifier"], "电子签章平台")
        names = [{"person": "p-1", "name": "张三"}]
        self.assertIn("张三（p-1）", self.system.certificate("书-1", "2022-02-01", "markdown", names=names))
        self.assertIn("<caption>", self.system.certificate("书-1", "2022-02-01", "html"))
        self.refused("system.not_known", self.system.certificate, "书-9", "2022-02-01")

    def test_what_a_signer_outside_signs(self):
        said = self.system.view(
            "statement", "2022-01-02", letter="书-1", manifestation="pdf", post="镇书记", person="p-2"
        )
        self.assertEqual(json.loads(said["statement"])["post"], "镇书记")
        key = (
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        )
        digest = zeren.signature_digest(key=key, message="message digest")
        self.assertEqual(digest["e"], "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640")
        value = (
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        )
        try:
            report = zeren.verify_signature(key=key, message="message digest", signature=value)
        except zeren.ZerenError as error:
            # This library was built without sign, and says so.
            self.assertEqual((error.kind, error.code), ("unsupported", "letter.built_without_sign"))
        else:
            self.assertEqual((report["mathematics"], report["chain"]), ("holds", "not_checked"))

    def test_an_archive_proves_itself(self):
        with zeren.Scheme(SCHEME) as scheme:
            archive = self.system.archive(scheme, "s-甲", "2022-12-31", self.lines)
        kept = zeren.checkpoint(LEDGER, self.lines)
        self.assertFalse(zeren.verify_archive(archive)["proven"])
        self.assertTrue(zeren.verify_archive(archive, kept)["proven"])
        self.refused("year.archive_changed", zeren.verify_archive, archive.replace("p-1", "p-2", 1))

    def test_what_changed_since(self):
        changes = self.system.view("changes", "2022-12-31", since=4)
        self.assertEqual([act["id"] for act in changes["acts"]], ["签", "验", "象"])


if __name__ == "__main__":
    unittest.main()
