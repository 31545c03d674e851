"""What is made of a file and its schema on request: all its errors, and the workbook that shows them."""

from __future__ import annotations

import contextlib
from typing import IO, TYPE_CHECKING, Any

from ckanext.ca3b import files
from ckanext.ca3b.tables import read, schemas

from . import analysis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.tables import Table


class ReplacedError(Exception):
    """The bytes of the resource are no longer those of the report."""


def errors_csv(resource: dict[str, Any], report: dict[str, Any], target: IO[bytes]) -> None:
    """Write all the errors of a file to ``target``, read again as its report says."""
    from ckanext.ca3b.tables.checking import iter_errors  # noqa: PLC0415 - needed only here
    from ckanext.ca3b.tables.writing import write_errors_csv  # noqa: PLC0415

    with _table(resource, report) as table:
        write_errors_csv(iter_errors(table, schemas.load(report["schema"])), target)


def annotated(resource: dict[str, Any], report: dict[str, Any], target: IO[bytes]) -> None:
    """Write the file to ``target`` as a workbook whose wrong cells are coloured and commented."""
    from ckanext.ca3b.tables import annotated as workbook  # noqa: PLC0415 - needed only here
    from ckanext.ca3b.tables.checking import iter_errors  # noqa: PLC0415

    with _table(resource, report) as table:
        workbook.write(table, iter_errors(table, schemas.load(report["schema"])), target)


@contextlib.contextmanager
def _table(resource: dict[str, Any], report: dict[str, Any]) -> Iterator[Table]:
    with files.local_copy(resource) as path:
        if files.digest_of(path).sha256 != report["sha256"]:
            raise ReplacedError
        yield read(path, name=report["filename"], options=analysis.read_options(report["options"]))
