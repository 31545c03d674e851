"""Whose a run is: who works on it says so again and again, and stops when it is said to be over."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b.harvesting.store import runs


class TakenError(Exception):
    """The run is no longer this process's: it was said interrupted, or its source was deleted."""


def beat(run_id: str, state: str, **values: Any) -> None:
    """Write that the run goes on in this state.

    :raises TakenError: it is in another one, or is no more.
    """
    if not runs.move(run_id, state, of={state}, **values):
        raise TakenError(run_id)


def advance(run_id: str, before: str, after: str, **values: Any) -> None:
    """Bring the run from a state to the next.

    :raises TakenError: it is in another one, or is no more.
    """
    if not runs.move(run_id, after, of={before}, **values):
        raise TakenError(run_id)
