"""Child processes that build, and that are killed at a step of the protocol."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable

from bag_of_words import BagOfWords
from small_library import no_bar

from assistant.publishing.build import build_index

OCCURRENCES = {"workspace made": 2, "pointer written": 2, "pointer synced": 2, "switched": 2, "switch synced": 2}
"""How often a build comes by a step, where that is more than once."""


class Killer:
    """Kills its process when it comes to a step for the nth time."""

    def __init__(self, step: str, times: int) -> None:
        self._step = step
        self._left = times

    def __call__(self, step: str) -> None:
        self._left -= step == self._step
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def start(action: Callable[[], int]) -> int:
    """Run `action` in a child process that ends with the exit code it gives; give the child's number."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = action()
    except BaseException:  # noqa: BLE001  # nothing may get back into pytest
        traceback.print_exc()
    finally:
        os._exit(code)


def exit_code(child: int) -> int:
    """Wait for a child; give its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def build(corpus, index, reached=lambda _step: None):
    return build_index(corpus, index, BagOfWords(), no_bar, keep=3, reached=reached)


def killed_build(corpus, index, step, times=1) -> bool:
    """Build in a child that is killed at a step; say whether it came to it."""

    def action():
        build(corpus, index, Killer(step, times))
        return 0

    code = exit_code(start(action))
    assert code in (0, -signal.SIGKILL)
    return code != 0
