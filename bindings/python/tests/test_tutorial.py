"""What the package's documentation shows is run, and prints what stands under it."""

import contextlib
import io
import re
import unittest
from pathlib import Path

import zeren

README = Path(__file__).resolve().parents[1] / "README.md"


def run(code, names):
    """What the code prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "<documentation>", "exec"), names)
    return printed.getvalue()


class Documentation(unittest.TestCase):
    maxDiff = None

    def test_the_readme_prints_what_it_says(self):
        text = README.read_text(encoding="utf-8")
        shown = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
        self.assertEqual(len(shown), text.count("```python"), "every example shows what it prints")
        self.assertGreater(len(shown), 4)
        names = {}
        for code, expected in shown:
            self.assertEqual(run(code, names), expected)

    def test_the_first_example_of_help_prints_what_it_says(self):
        example = zeren.__doc__.split("FIVE MINUTES", 1)[1].split("\n\n", 2)[1]
        expected = re.findall(r"# prints: (.*)", example)
        self.assertTrue(expected)
        code = "\n".join(line[4:] for line in example.splitlines())
        self.assertEqual(run(code, {}).splitlines(), expected)
