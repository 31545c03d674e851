"""One run, under the lock of its source."""

from __future__ import annotations


def work(run_id: str) -> None:
    """Do a run: this is the job."""
    run(run_id)


def run(run_id: str) -> None:
    """Read, stage, plan and, unless the run only plans or is held, apply. Nothing when it is over or taken."""
    raise NotImplementedError
