"""Signals that end a run: the first lets the shard in work be finished, the second ends it at once."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interruption:
    """Whether a signal came. `carry_out` raises it again, for what handles it usually."""

    number: int | None = None

    def came(self) -> bool:
        return self.number is not None


@contextmanager
def held(say: Callable[[str], object]) -> Iterator[Interruption]:
    """Hold signals that would end the process while the block runs, which asks whether one came; it is raised after the block."""
    found = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield found
        return

    def hold(number: int, _frame: FrameType | None) -> None:
        if found.came():
            release()
            signal.raise_signal(number)
            return
        found.number = number
        say("stopping when the shards in work are finished; the same again stops at once")

    before = {number: signal.getsignal(number) for number in _NUMBERS}

    def release() -> None:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    for number, handler in before.items():
        if handler != signal.SIG_IGN:  # as under nohup
            signal.signal(number, hold)
    try:
        yield found
    finally:
        release()
    if found.number is not None:
        signal.raise_signal(found.number)
