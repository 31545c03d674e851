"""One tool reads and types one file: ``python -m bench.reading_tools TOOL FILE`` prints seconds, memory and facts."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Facts = dict[str, Any]


def ours(path: str) -> Callable[[], Facts]:
    """Read, decide on every value, then go through all the values in their types."""
    from ckanext.ca3b.tables import read, typed  # noqa: PLC0415 - one library a process

    def run() -> Facts:
        table = read(path)
        rows = sum(typed(batch, table.columns).height for batch in table.batches())
        return {"rows": rows, "types": [column.type for column in table.columns], "encoding": table.encoding}

    return run


def csv_detective(path: str) -> Callable[[], Facts]:
    """csv-detective as its guide says, and its frames in their types."""
    from csv_detective import routine  # noqa: PLC0415 - one library a process  # pyright: ignore[reportMissingImports]

    def run() -> Facts:
        report, frames = routine(path, save_results=False, output_df=True)
        rows = sum(len(frame) for frame in frames)
        types = [column["python_type"] for column in report["columns"].values()]
        return {"rows": rows, "types": types, "encoding": report["encoding"]}

    return run


def pandas_sniffer(path: str) -> Callable[[], Facts]:
    """Pandas with its own sniffer (``sep=None``, Python engine); it does not guess encodings: it is told."""
    return _pandas(path, lambda: {"sep": None, "engine": "python"})


def pandas_c(path: str) -> Callable[[], Facts]:
    """The sniffer of the standard library, then the fast engine of pandas.

    On the first line, as pandas does: on more of the file the sniffer takes the comma of an amount for the delimiter.
    """

    def dialect() -> dict[str, Any]:
        with Path(path).open(encoding="cp1252", newline="") as file:
            return {"sep": csv.Sniffer().sniff(file.readline()).delimiter}

    return _pandas(path, dialect)


def _pandas(path: str, dialect: Callable[[], dict[str, Any]]) -> Callable[[], Facts]:
    import pandas as pd  # noqa: PLC0415 - one library a process  # pyright: ignore[reportMissingImports]

    def run() -> Facts:
        frame = pd.read_csv(path, encoding="cp1252", decimal=",", **dialect())
        # pandas finds no dates: each column of text is tried, as those who use it do.
        for name in frame.select_dtypes(exclude="number"):
            try:
                frame[name] = pd.to_datetime(frame[name], format="%d/%m/%Y")
            except (ValueError, TypeError):
                continue
        return {"rows": len(frame), "types": [str(kind) for kind in frame.dtypes], "encoding": "cp1252"}

    return run


TOOLS = {"ours": ours, "csv_detective": csv_detective, "pandas_sniffer": pandas_sniffer, "pandas_c": pandas_c}


def peak() -> float:
    """The most memory this process held, in MB; not that of the process which started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Libraries are loaded before the clock starts."""
    run = TOOLS[sys.argv[1]](sys.argv[2])
    start = time.perf_counter()
    facts = run()
    print(json.dumps({"seconds": time.perf_counter() - start, "memory": peak(), **facts}))


if __name__ == "__main__":
    main()
