"""The tables of a feed, read as texts, only the columns that a map needs (https://gtfs.org/schedule/reference)."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.maps.archives import Archive
from ckanext.ca3b.maps.errors import MapError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request

_WANTED = ("stops", "routes", "trips", "shapes", "stop_times", "agency")


class Feed:
    """A feed whose tables are unpacked; a table that is missing has no row."""

    def __init__(self, path: Path, request: Request) -> None:
        self._deadline = request.deadline
        self._files: dict[str, Path] = {}
        archive = Archive(path, request.limits, request.deadline)
        try:
            for entry in archive.entries:
                table = PurePosixPath(entry.path).stem.lower()
                if entry.suffix == ".txt" and table in _WANTED and table not in self._files:
                    self._files[table] = archive.unpack(entry, request.work / f"{table}.txt")
        finally:
            archive.close()
        if "stops" not in self._files:
            raise MapError(
                "nothing_inside",
                "L’archive n’est pas un fichier GTFS complet : « stops.txt » manque. Exportez de nouveau l’offre de "
                "transport.",
            )

    def has(self, table: str) -> bool:
        """Tell whether the feed has a table with at least one row."""
        return table in self._files and not self.scan(table, []).head(1).collect().is_empty()

    def scan(self, table: str, columns: Sequence[str]) -> pl.LazyFrame:
        """Give a table lazily with ``columns`` as texts, null when it has not got them; all its columns without any.

        Raises MapError when it is no table.
        """
        self._deadline.check()
        if table not in self._files:
            return pl.LazyFrame(schema=dict.fromkeys(columns or ["_"], pl.String))
        try:
            frame = pl.scan_csv(
                self._files[table],
                infer_schema=False,
                encoding="utf8-lossy",
                truncate_ragged_lines=True,
            )
            given = frame.collect_schema().names()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise damaged(table) from error
        # A byte order mark or spaces around names are common.
        plain = {name: name.lstrip("\ufeff").strip().strip('"').lower() for name in given}
        frame = frame.rename(plain, strict=False)
        have = set(plain.values())
        if not columns:
            return frame
        return frame.select(
            pl.col(each).str.strip_chars().replace("", None) if each in have else pl.lit(None, pl.String).alias(each)
            for each in columns
        )

    def collect(self, frame: pl.LazyFrame, table: str) -> pl.DataFrame:
        """Run what was asked of a table, batch after batch. Raises MapError when the table is damaged."""
        self._deadline.check()
        try:
            return frame.collect(engine="streaming")
        except (pl.exceptions.PolarsError, OSError) as error:
            raise damaged(table) from error


def damaged(table: str) -> MapError:
    """The refusal of a table that cannot be read."""
    return MapError(
        "damaged",
        f"Dans l’archive GTFS, « {table}.txt » ne peut pas être lu : exportez de nouveau l’offre de transport.",
        f"{table}.txt",
    )
