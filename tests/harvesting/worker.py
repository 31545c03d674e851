"""Processes of the portal that do what a worker does, to be killed: loaded once, then one child for each errand.

As a program (``python -m tests.harvesting.worker INI``) it reads errands, one a line, and answers with the number of
the process that does each: ``run ID`` (a run), ``start ID`` (begin a run of a source), ``work QUEUE`` (a worker of RQ
until the queue is empty).
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parents[2]


class Worker:
    """The process that the others come from."""

    def __init__(self, folder: Path, settings: Mapping[str, object], environment: Mapping[str, str]) -> None:
        ini = folder / "worker.ini"
        lines = [f"{name} = {value}" for name, value in settings.items()]
        ini.write_text("\n".join(["[app:main]", f"use = config:{ROOT / 'test.ini'}", *lines, ""]), "utf-8")
        self.log = folder / "worker.log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.harvesting.worker", str(ini)], cwd=ROOT, text=True,
                env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self._answer() == "ready", self.log.read_text("utf-8", "replace")[-3000:]

    def send(self, errand: str) -> int:
        """Have an errand done; return the number of the process that does it."""
        assert self._process.stdin
        self._process.stdin.write(f"{errand}\n")
        self._process.stdin.flush()
        return int(self._answer())

    def close(self) -> None:
        """End the process; its children end by themselves."""
        self._process.kill()
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


def kill(pid: int) -> None:
    """Kill a process as a machine that stops does: it can do nothing about it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    wait(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    """Tell whether a process is there."""
    return Path(f"/proc/{pid}").exists()


def children(pid: int) -> list[int]:
    """Return the processes that a process made and that are there."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def peak(pid: int) -> int:
    """Return the greatest memory of a process so far, in kilobytes; 0 when it is over."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def wait(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true, for so long at most."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"nothing came in {seconds} seconds"
        time.sleep(0.02)


def _do(errand: str, argument: str) -> None:
    from ckan.lib import jobs  # noqa: PLC0415 - once the portal is loaded

    from ckanext.ca3b.harvesting import engine  # noqa: PLC0415

    if errand == "run":
        engine.run(argument)
    elif errand == "start":
        engine.start(argument, "hand")
    else:
        jobs.Worker([argument]).work(burst=True)


def _main(ini: str) -> None:
    from ckan.cli import load_config  # noqa: PLC0415 - only as a program
    from ckan.config.middleware import make_app  # noqa: PLC0415
    from ckan.model import meta  # noqa: PLC0415

    app = make_app(load_config(ini))
    meta.Session.remove()
    meta.engine.dispose()  # pyright: ignore[reportOptionalMemberAccess]
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", file=answers)
    for line in sys.stdin:
        errand, argument = line.split()
        pid = os.fork()
        if pid:
            print(pid, file=answers)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            with app._wsgi_app.test_request_context():
                _do(errand, argument)
        except Exception:
            logging.getLogger(__name__).exception("The errand « %s » failed", errand)
        finally:
            os._exit(0)


if __name__ == "__main__":
    _main(sys.argv[1])
