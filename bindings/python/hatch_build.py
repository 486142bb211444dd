"""Puts the shared library into the wheel, and names in the wheel's tag what it runs on.

ZEREN_LIB names a library that was built elsewhere, such as the packaged one; without it cargo builds it from the sources
that stand around this folder, or in the source distribution.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Machines of ELF files (e_machine), as platform tags name them.
MACHINES = {62: "x86_64", 183: "aarch64", 258: "loongarch64"}


class ZerenBuildHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        if version == "editable":
            # Sources in place load the library that ZEREN_LIBRARY names.
            return
        given = os.environ.get("ZEREN_LIB")
        library = Path(given).resolve() if given else self.built()
        name, platform = target(library)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["force_include"][str(library)] = f"zeren/{name}"

    def built(self):
        """The library, by cargo, from the repository or from the source distribution."""
        here = Path(self.root)
        roots = [root for root in (here / "rust", here.parents[1]) if (root / "src" / "capi").is_dir()]
        if not roots:
            raise RuntimeError("no Rust sources here: set ZEREN_LIB to a zeren library that was built elsewhere")
        if not shutil.which("cargo"):
            raise RuntimeError("cargo is missing: install Rust, or set ZEREN_LIB to a zeren library that was built elsewhere")
        target = roots[0] / "target" / "wheel"
        flags = ["--release", "--locked", "--lib", "--features", "capi", "--crate-type", "cdylib"]
        command = ["cargo", "rustc", *flags, "--target-dir", str(target), "--", "-C", "strip=symbols"]
        subprocess.run(command, cwd=roots[0], check=True)
        for name in ("libzeren.so", "zeren.dll", "libzeren.dylib"):
            if (target / "release" / name).exists():
                return target / "release" / name
        raise RuntimeError(f"cargo left no library in {target / 'release'}")


def target(library):
    """The name that the loader looks for, and the platform tag, from the file itself: it may be for another machine."""
    data = library.read_bytes()
    if data[:2] == b"MZ":
        return "zeren.dll", "win_amd64"
    if data[:4] != b"\x7fELF":
        raise RuntimeError(f"{library} is a library of a kind that no wheel is made for; use ZEREN_LIBRARY with the sources")
    machine = MACHINES.get(int.from_bytes(data[18:20], "little"))
    if machine is None:
        raise RuntimeError(f"{library} is for a processor that no wheel is made for; use ZEREN_LIBRARY with the sources")
    # The versions of glibc's functions that it asks for, as the names stand in its table of strings.
    asked = [tuple(map(int, found)) for found in re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?:\.\d+)?(?=\0)", data)]
    if not asked:
        return "libzeren.so", f"linux_{machine}"
    floor = max(asked)
    if floor <= (2, 17):
        # The second name is for installers that do not know the first.
        return "libzeren.so", f"manylinux_2_17_{machine}.manylinux2014_{machine}"
    return "libzeren.so", f"manylinux_{floor[0]}_{floor[1]}_{machine}"
