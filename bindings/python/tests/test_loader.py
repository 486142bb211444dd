"""What the loader says when the library cannot be loaded: what is wrong, and what to do."""

import os
import platform
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from zeren import _loader


def elf(machine):
    """The first bytes of an ELF file for a processor."""
    return b"\x7fELF\x02\x01\x01" + bytes(9) + (3).to_bytes(2, "little") + machine.to_bytes(2, "little")


class Hints(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.library = self.root / "libzeren.so"
        self.library.write_bytes(elf(62))

    def hint(self, told="cannot open shared object file", machine="x86_64", library=None):
        return _loader.hint(str(library or self.library), told, machine, str(self.root))

    def test_no_file(self):
        self.assertIn("does not exist", self.hint(library=self.root / "absent.so"))

    def test_an_old_glibc(self):
        self.assertIn("from glibc 2.17 on", self.hint("version `GLIBC_2.33' not found"))

    def test_another_processor(self):
        self.assertIn("is for x86_64, this Python for aarch64", self.hint(machine="aarch64"))
        self.library.write_bytes(elf(183))
        self.assertIn("is for aarch64, this Python for x86_64", self.hint())
        self.assertNotIn("is for", self.hint(machine="arm64"))

    def test_musl(self):
        (self.root / "lib").mkdir()
        (self.root / "lib" / "ld-musl-x86_64.so.1").touch()
        self.assertIn("musl", self.hint())

    def test_the_two_worlds_of_loongarch(self):
        self.library.write_bytes(elf(258))
        self.assertIn("old world", self.hint(machine="loongarch64"))
        (self.root / "lib64").mkdir()
        (self.root / "lib64" / "ld-linux-loongarch-lp64d.so.1").touch()
        self.assertNotIn("world", self.hint(machine="loongarch64"))

    def test_anything_else(self):
        self.library.write_bytes(b"text")
        self.assertIn("ZEREN_LIBRARY", self.hint())

    @unittest.skipUnless(sys.platform == "linux", "an ELF system")
    def test_an_import_says_it_in_one_message(self):
        self.library.write_bytes(elf(183 if platform.machine() == "x86_64" else 62) + bytes(100))
        environment = dict(os.environ, ZEREN_LIBRARY=str(self.library))
        ran = subprocess.run([sys.executable, "-c", "import zeren"], env=environment, capture_output=True, text=True)
        self.assertIn("ImportError: cannot load the zeren library", ran.stderr)
        self.assertEqual(ran.stderr.count(f"{self.library}:"), 2)  # of OSError, and of ImportError

    def test_another_abi_is_refused_in_one_sentence(self):
        with self.assertRaisesRegex(ImportError, r"has ABI 0, this package needs ABI 7: install matching versions$"):
            _loader.load(7)


if __name__ == "__main__":
    unittest.main()
