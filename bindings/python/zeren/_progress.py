"""Progress of long work: a counter that another thread reads."""

from contextlib import nullcontext
from ctypes import byref, c_int64, c_void_p
from typing import Any, Callable, ContextManager, NamedTuple, Optional

from ._native import LIBRARY as _LIBRARY
from ._native import Handle as _Handle
from ._native import call as _call


class Reading(NamedTuple):
    """How far the work has come: steps done, and steps that there are (0 before it has begun). Both only grow."""

    done: int
    total: int


class Progress:
    """A counter that long work moves and another thread reads.

    Give it to a call as progress=..., and read it meanwhile from another thread:

        progress = zeren.Progress()
        work = threading.Thread(target=system.follow, args=(lines,), kwargs={"progress": progress})
        work.start()
        while work.is_alive():
            done, total = progress.read()
            time.sleep(0.2)
    """

    def __init__(self) -> None:
        pointer = c_void_p()
        _call(_LIBRARY.zeren_progress_new, byref(pointer))
        self._handle = _Handle(pointer, _LIBRARY.zeren_progress_free)

    def read(self) -> Reading:
        """How far the work has come. Never waits."""
        done, total = c_int64(), c_int64()
        with self._handle as progress:
            _call(_LIBRARY.zeren_progress_read, progress, byref(done), byref(total))
        return Reading(done.value, total.value)

    def cancel(self) -> None:
        """Asks the work to stop: it raises ZerenError of kind "cancelled" soon after, with the state as it was."""
        with self._handle as progress:
            _call(_LIBRARY.zeren_progress_cancel, progress)

    def close(self) -> None:
        """Frees the counter, once the work under way has ended. Again does nothing."""
        self._handle.close()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def watched(name: str, progress: Optional[Progress]) -> "Watched":
    """The function of this name, or with a counter the one that moves it."""
    return Watched(getattr(_LIBRARY, name if progress is None else f"{name}_watched"), progress)


class Watched:
    """A function of the library to which a counter may be given behind its inputs."""

    def __init__(self, function: Callable[..., int], progress: Optional[Progress]) -> None:
        self._function = function
        self._progress = progress

    def __call__(self, *inputs: Any, out: Any = None) -> None:
        """Calls it; out is the place of its output, where it has one."""
        outputs = () if out is None else (out,)
        held: ContextManager[Any] = nullcontext() if self._progress is None else self._progress._handle
        with held as pointer:
            counter = () if self._progress is None else (pointer,)
            _call(self._function, *inputs, *counter, *outputs)
