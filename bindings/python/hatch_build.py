"""Puts the shared library into the wheel, and names in the wheel's tag what it runs on; puts its sources into the source
distribution.

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
        if self.target_name == "sdist":
            build_data["force_include"].update(self.sources())
        elif version != "editable":
            # Sources in place load the library that ZEREN_LIBRARY names.
            self.put_in(build_data)

    def sources(self):
        """What cargo needs to build the library, and where it stands in the source distribution."""
        root = self.rust()
        needed = ["Cargo.toml", "Cargo.lock", "README.md", "src"]
        # Cargo wants every bench that its manifest names.
        named = re.findall(r'^\[\[bench\]\]\nname = "(.*)"$', (root / "Cargo.toml").read_text("utf-8"), re.MULTILINE)
        benches = [f"benches/{name}" for name in named] + [f"benches/{name}.rs" for name in named]
        carried = {str(root / name): f"rust/{name}" for name in needed + benches if (root / name).exists()}
        return {**carried, **{str(text): text.name for text in self.licences()}}

    def licences(self):
        """The texts at the root of the repository. In the source distribution they stand where hatchling finds them itself."""
        return sorted(Path(self.root).parents[1].glob("LICENSE-*"))

    def put_in(self, build_data):
        given = os.environ.get("ZEREN_LIB")
        library = Path(given).resolve() if given else self.built()
        name, platform = target(library)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["force_include"][str(library)] = f"zeren/{name}"
        # The licences of what is linked in travel with it; they stand beside a packaged library.
        licences = library.parents[1] / "share" / "doc" / "zeren" / "licences"
        if licences.is_dir():
            build_data["extra_metadata"][str(licences)] = "licences"
        build_data["extra_metadata"].update({str(text): text.name for text in self.licences()})

    def rust(self):
        """Where the Rust sources are: in the source distribution, or around this folder in the repository."""
        here = Path(self.root)
        for root in (here / "rust", *here.parents[1:2]):
            if (root / "src" / "capi").is_dir():
                return root
        raise RuntimeError("no Rust sources here: set ZEREN_LIB to a zeren library that was built elsewhere")

    def built(self):
        """The library, by cargo."""
        root = self.rust()
        if not shutil.which("cargo"):
            raise RuntimeError("cargo is missing: install Rust, or set ZEREN_LIB to a zeren library that was built elsewhere")
        target = root / "target" / "wheel"
        flags = ["--release", "--locked", "--lib", "--features", "package", "--crate-type", "cdylib"]
        command = ["cargo", "rustc", *flags, "--target-dir", str(target), "--", "-C", "strip=symbols"]
        subprocess.run(command, cwd=root, check=True)
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
