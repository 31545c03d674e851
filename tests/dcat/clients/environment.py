"""The environment of udata: made once from pinned versions, kept with the state of the stack."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from stack.settings import ROOT

REQUIREMENTS = Path(__file__).with_name("requirements-udata.txt")
FOLDER = ROOT / ".state" / "udata"
# Half a gigabyte from PyPI: a minute usually, more on a slow line.
PATIENCE = 900


class NoEnvironmentError(Exception):
    """udata could not be installed; the message says why."""


def python() -> Path:
    """The Python that has udata.

    Raises NoEnvironmentError with a sentence, so that a run without it fails: a test that did not see a real client
    has not shown anything.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    interpreter, installed = FOLDER / "venv" / "bin" / "python", FOLDER / "installed.txt"
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}\n{REQUIREMENTS.read_text('utf-8')}"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (interpreter.exists() and installed.exists() and installed.read_text("utf-8") == wanted):
            installed.unlink(missing_ok=True)
            _must(sys.executable, "-m", "venv", "--clear", str(FOLDER / "venv"))
            _must(str(interpreter), "-m", "pip", "install", "-q", "--no-deps", "-r", str(REQUIREMENTS))
            installed.write_text(wanted, "utf-8")
    return interpreter


def _must(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as slow:
        raise NoEnvironmentError(f"udata was not installed within {PATIENCE} seconds: {' '.join(command)}") from slow
    if done.returncode:
        raise NoEnvironmentError(
            "udata could not be installed, so its harvester could not be tried on the catalogue. Is PyPI reachable "
            f"from here? pip said: {(done.stderr or done.stdout)[-600:]}"
        )
