"""Signals that would end the process, held until a piece of work is done."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def held_signals(say: Callable[[], object] | None = None) -> Iterator[list[int]]:
    """Hold signals while the block runs; yields those that came, which are raised again after it.

    With `say` the block is one that asks whether any came: it is called for the first, and the second ends the process at once.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def release() -> None:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def hold(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if say is None:
            return
        if len(came) > 1:
            came.clear()
            release()
            signal.raise_signal(number)
        else:
            say()

    before = {number: handler for number in _ENDING if (handler := signal.getsignal(number)) != signal.SIG_IGN}  # as under nohup
    for number in before:
        signal.signal(number, hold)
    try:
        yield came
    finally:
        release()
        for late in came:
            signal.raise_signal(late)
