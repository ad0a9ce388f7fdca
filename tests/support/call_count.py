"""Count the instructions of Python that something takes: what it costs, whatever else the machine does."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def count_steps(run: Callable[[], object]) -> int:
    """Return how many instructions of Python a function takes."""
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        frame.f_trace_opcodes = True
        steps += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return steps
