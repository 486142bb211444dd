"""Where the shared library is found, and in plain words why it cannot be loaded."""

import ctypes
import glob
import os
import platform
import sys
from ctypes import c_int32
from pathlib import Path


def path() -> str:
    """ZEREN_LIBRARY, else beside this file. An absolute path: the loader of the system does not search."""
    given = os.environ.get("ZEREN_LIBRARY")
    if given:
        return str(Path(given).resolve())
    name = {"win32": "zeren.dll", "darwin": "libzeren.dylib"}.get(sys.platform, "libzeren.so")
    return str(Path(__file__).resolve().parent / name)


def load(abi: int) -> ctypes.CDLL:
    """The library, if it has this ABI number. ImportError says what to do about it if not."""
    place = path()
    try:
        library = ctypes.CDLL(place)
    except OSError as error:
        told = str(error) if place in str(error) else f"{place}: {error}"
        raise ImportError(f"cannot load the zeren library: {told}. {hint(place, told)}") from error
    try:
        number = library.zeren_abi_version
    except AttributeError as error:
        raise ImportError(f"{place} is not the zeren library") from error
    number.restype = c_int32
    found = number()
    if found != abi:
        raise ImportError(f"{place} has ABI {found}, this package needs ABI {abi}: install matching versions")
    return library


def hint(place: str, told: str, machine: str = platform.machine(), root: str = "/") -> str:
    """What to do when the system refuses to load.

    told: what the system said. root: where the files of the system stand.
    """
    if not os.path.exists(place):
        return "The file does not exist; set ZEREN_LIBRARY to where the library is, or install the wheel for this platform."
    if "GLIBC_" in told:
        return (
            "The C library of this system is older than the zeren library asks for; "
            "take the packaged library, which runs from glibc 2.17 on (loongarch64: 2.36)."
        )
    if machine == "loongarch64" and not os.path.exists(os.path.join(root, "lib64/ld-linux-loongarch-lp64d.so.1")):
        return (
            "This is a LoongArch system of the old world (such as Kylin V10, UOS V20, Loongnix 20), which cannot load "
            "libraries of the new one; zeren needs the new world: kernel 5.19, glibc 2.36 (such as Kylin V11, UOS V25)."
        )
    if glob.glob(os.path.join(root, "lib/ld-musl-*.so.1")):
        return (
            "This system runs on musl (such as Alpine), and the library was built for glibc; "
            "build it here with cargo and set ZEREN_LIBRARY to it."
        )
    built_for = _machine(place)
    if built_for and built_for != machine.lower().replace("amd64", "x86_64").replace("arm64", "aarch64"):
        return f"The library is for {built_for}, this Python for {machine}; install the wheel for this platform."
    return "Set ZEREN_LIBRARY to a zeren library for this platform, or install the wheel for it."


def _machine(place: str) -> str:
    """The processor that an ELF file is for; empty for another one and for other files."""
    try:
        with open(place, "rb") as file:
            head = file.read(20)
    except OSError:
        return ""
    if not head.startswith(b"\x7fELF"):
        return ""
    number = int.from_bytes(head[18:20], "little")
    return {3: "i686", 62: "x86_64", 183: "aarch64", 243: "riscv64", 258: "loongarch64"}.get(number, "")
