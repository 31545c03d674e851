"""From a file to its content, by its first bytes; a file that is no table is refused, not skipped."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ckanext.ca3b.tables import TableError
from ckanext.ca3b.tables.reading.kinds import kind_of

from .pictures import is_picture, open_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from .model import Content


def open_file(path: str | Path, name: str | None = None, depth: int = 0) -> Content:
    """Open the file at ``path``, called ``name`` by its owner.

    Raises:
        TableError: nothing of the file can be examined; nothing else escapes.

    """
    source = Path(path)
    name = name or source.name
    with _guarded(name):
        content = _opened(source, name, depth)
    for part in content.parts:
        part.batches = _reading(part.batches, name)
    return content


def _reading(batches: Callable[[], Iterator[pl.DataFrame]], name: str) -> Callable[[], Iterator[pl.DataFrame]]:
    """A file may turn out to be damaged long after its beginning."""

    def read() -> Iterator[pl.DataFrame]:
        with _guarded(name):
            source = batches()
        while True:
            with _guarded(name):
                batch = next(source, None)
            if batch is None:
                return
            yield batch

    return read


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Make of whatever a reader raises a refusal: the file stays closed."""
    try:
        yield
    except TableError:
        raise
    except FileNotFoundError as error:
        raise TableError("not-found", f"Le fichier « {name} » n’existe pas.") from error
    except OSError as error:
        raise TableError("unreadable", f"Le fichier « {name} » ne peut pas être ouvert.") from error
    except (MemoryError, RecursionError) as error:
        raise TableError("too-big", f"Le fichier « {name} » est trop grand ou trop imbriqué.") from error
    except Exception as error:
        # Each library has its own errors, and does not name them all.
        raise TableError("damaged", f"Le fichier « {name} » est abîmé : enregistrez-le de nouveau.") from error
    except BaseException as error:
        # What a parser written in Rust raises when it gives up; it is no Exception.
        if type(error).__name__ == "PanicException":
            raise TableError("damaged", f"Le fichier « {name} » est abîmé.") from error
        raise


def _opened(path: Path, name: str, depth: int) -> Content:  # noqa: PLR0911 - one case after another
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PAR1"):
        from .columnar import open_parquet  # noqa: PLC0415 - loaded only for its format

        return open_parquet(path)
    if head.startswith(b"SQLite format 3\0"):
        from .columnar import open_sqlite  # noqa: PLC0415 - loaded only for its format

        return open_sqlite(path)
    found = _document(path, head)
    if found is not None:
        return found
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<") and not text[:9].lower().startswith((b"<!doctype", b"<html")):
        from .markup import open_xml  # noqa: PLC0415 - loaded only for its format

        return open_xml(path)
    if text[:9].lower().startswith((b"<!doctype", b"<html")):
        from .prose import open_page  # noqa: PLC0415 - loaded only for its format

        return open_page(path)
    kind = "zip" if _is_map(path, head) else kind_of(path, name)
    if kind in {"gz", "zip"}:
        from .archives import open_archive  # noqa: PLC0415 - loaded only for its format

        return open_archive(path, name, kind, depth)
    if kind in {"xlsx", "xlsm", "xlsb", "xls", "ods"}:
        from .workbooks import open_workbook  # noqa: PLC0415 - loaded only for its format

        return open_workbook(path, kind)
    if kind == "json":
        from .documents import open_json  # noqa: PLC0415 - loaded only for its format

        return open_json(path)
    from .delimited import open_delimited  # noqa: PLC0415 - loaded only for its format

    return open_delimited(path)


def _document(path: Path, head: bytes) -> Content | None:
    """Give what is no table: documents of words, pictures."""
    if b"%PDF-" in head:
        from .portable import open_pdf  # noqa: PLC0415 - loaded only for its format

        return open_pdf(path)
    if is_picture(head):
        return open_picture()
    names = _members(path, head)
    worded = {"word/document.xml", "ppt/presentation.xml"} & names
    if worded or ("mimetype" in names and "content.xml" in names and not _is_spreadsheet(path)):
        from .prose import open_prose  # noqa: PLC0415 - loaded only for its format

        return open_prose(path)
    return None


def _is_spreadsheet(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return b"spreadsheet" in archive.read("mimetype")[:100]


def _is_map(path: Path, head: bytes) -> bool:
    """Tell whether the file is a KMZ: an archive around a map."""
    return "doc.kml" in _members(path, head)


def _members(path: Path, head: bytes) -> set[str]:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return set()
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())
