"""A workbook opened once in a process of bounded memory, before it is opened in ours.

A damaged cell address in an XLS, XLSB or ODS makes a sheet of billions of empty cells: what parses it would take all
the memory of the machine, and a parser in Rust that gets none ends the process that called it.
"""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

#: Address space of the trial, in bytes: four times what the largest sheet that is read takes.
MEMORY = 4 << 30
#: Seconds of the trial.
PATIENCE = 300

# Whatever the library refuses by itself is refused again, in words, by the reading that follows.
_PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import python_calamine
try:
    with open(0, "rb") as stream:
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
        for name in book.sheet_names:
            book.get_sheet_by_name(name)
except MemoryError:
    sys.exit(3)
except BaseException:
    pass
"""


def try_workbook(path: Path) -> None:
    """Open every sheet of a workbook in a process of its own; the same file is tried once.

    :raises TableError: ``too-big``, it takes more memory or more time than any sheet that can be read.
    """
    facts = path.stat()
    _tried(path.absolute(), facts.st_ino, facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=8)
def _tried(path: Path, *_facts: int) -> None:
    command = [sys.executable, "-I", "-c", _PROGRAM, str(MEMORY)]
    try:
        # By a descriptor, not by its path: that of a file held open here means nothing in another process.
        with path.open("rb") as stream:
            done = subprocess.run(command, stdin=stream, timeout=PATIENCE, check=False, capture_output=True)
    except subprocess.TimeoutExpired as error:
        raise _refused() from error
    if done.returncode:
        raise _refused()


def _refused() -> TableError:
    return TableError(
        "too-big",
        "Le classeur est abîmé, ou l’une de ses feuilles est trop grande : supprimez les cellules éloignées du "
        "tableau, ou exportez la feuille en CSV.",
    )
