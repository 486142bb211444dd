"""Bytes that are no UTF-8, through every parameter of the header that takes text: refused, with the place of the first."""

import os
import re
import unittest
from ctypes import byref, c_int64, c_void_p, cast, create_string_buffer
from pathlib import Path

import zeren
from zeren import _native

HEADER = Path(os.environ.get("ZEREN_HEADER", Path(__file__).resolve().parents[3] / "include" / "zeren.h"))
# Not text: a filled table may be a workbook, and a snapshot is the library's own.
BYTES = ("const char *table", "const char *snapshot")
BAD = b"{}\xcd\xf2"  # 万 in GBK, behind two good bytes
SCHEME = {
    "kind": "scheme", "format": 1, "edition": "1", "id": "s", "version": "1", "title": "t", "year": 2023, "status": "draft",
    "facts": [{"name": "x", "kind": "count", "max": 9}],
    "items": [{"id": "1", "title": "t", "points": 5, "rule": {"kind": "formula", "value": "min(5, x)"}}],
}


def functions():
    """Every function that can fail, with its parameters."""
    lines = HEADER.read_text(encoding="utf-8").splitlines()
    code = "\n".join(line for line in lines if not line.strip().startswith("//")).split('extern "C" {')[1]
    for name, parameters in re.findall(r"int32_t (zeren_\w+)\(([^)]*)\)", code):
        yield name, [" ".join(parameter.split()) for parameter in parameters.split(",")]


class Encoding(unittest.TestCase):
    def setUp(self):
        library = _native.LIBRARY
        system, scheme, year = zeren.System("a"), zeren.Scheme(SCHEME), zeren.Year()
        columns, table, scored, value = c_void_p(), c_void_p(), c_void_p(), c_int64(3)
        x = create_string_buffer(b"x")
        with scheme._handle as pointer:
            _native.call(library.zeren_columns_new, pointer, byref(columns))
        _native.call(library.zeren_table_new, columns, 1, byref(table))
        _native.call(library.zeren_table_set_numbers, table, x, 1, byref(value), 0, None, 1)
        _native.call(library.zeren_table_score, table, byref(scored))
        self.kept = [system, scheme, year]
        self.handles = {"columns": columns, "table": table, "scored": scored}
        for kind, made in zip(("system", "scheme", "year"), self.kept):
            with made._handle as pointer:
                self.handles[kind] = c_void_p(pointer)

    def tearDown(self):
        for kind in ("scored", "table", "columns"):
            getattr(_native.LIBRARY, f"zeren_{kind}_free")(self.handles[kind])
        for made in self.kept:
            made.close()

    def test_every_text_parameter_refuses_what_is_no_utf8_and_says_where(self):
        tried = 0
        for name, parameters in functions():
            texts = [at for at, parameter in enumerate(parameters) if parameter.startswith("const char *")]
            for bad in texts:
                if parameters[bad] in BYTES:
                    continue
                arguments = self.arguments(parameters, texts, bad)
                if arguments is None:
                    continue  # needs a handle that this test does not make
                with self.subTest(function=name, parameter=parameters[bad]), self.assertRaises(zeren.ZerenError) as raised:
                    _native.call(getattr(_native.LIBRARY, name), *arguments)
                self.assertEqual((raised.exception.status, raised.exception.code), (22, "capi.not_utf8"))
                self.assertIn("第 2 字节", str(raised.exception))
                tried += 1
        self.assertGreaterEqual(tried, 24)

    def arguments(self, parameters, texts, bad):
        """Arguments for all parameters but the error; None when they cannot be made."""
        arguments = []
        for at, parameter in enumerate(parameters):
            text = BAD if at == bad else b"a"
            handle = re.match(r"const struct zeren_(\w+) \*", parameter)
            if at in texts:
                arguments.append(create_string_buffer(text))
            elif at - 1 in texts:
                arguments.append(len(BAD) if at - 1 == bad else 1)
            elif parameter.startswith("struct zeren_error **"):
                continue
            elif handle:
                if handle.group(1) not in self.handles:
                    return None
                arguments.append(self.handles[handle.group(1)])
            elif parameter.startswith("struct zeren_text *"):
                arguments.append(byref(_native.Text()))
            elif re.match(r"struct zeren_\w+ \*\*", parameter):
                arguments.append(byref(c_void_p()))
            elif re.match(r"(const )?u?int(8|32|64)_t \*", parameter):
                arguments.append(cast((c_int64 * 2)(1, 1), c_void_p))
            elif parameter == "size_t rows":
                arguments.append(1)
            elif parameter == "int32_t places":
                arguments.append(0)
            else:
                return None
        return arguments


if __name__ == "__main__":
    unittest.main()
