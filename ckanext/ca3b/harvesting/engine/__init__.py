"""A run from its first request to its report: read, stage, plan, guard, apply.

:func:`start` writes a run that waits and has a worker take it; :func:`run` is what the worker does.
"""

from __future__ import annotations

from .running import run
from .starting import BusyError, start

__all__ = ["BusyError", "run", "start"]
