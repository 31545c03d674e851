"""The width of each record is verified, even where what one lacks another has in excess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables.reading.structure import scan

if TYPE_CHECKING:
    from pathlib import Path


def _scan(path: Path, text: str):
    path.write_text(text, "utf-8")
    return scan(path, (0, path.stat().st_size), ";", 3, 1)


def test_rows_that_make_up_for_each_other_are_both_faults(tmp_path: Path):
    seen = _scan(tmp_path / "a.csv", "1;2;3\n1;2\n1;2;3;4\n1;2;3\n")
    assert (seen.ragged, seen.ragged_count, seen.records) == ([(2, 2), (3, 4)], 2, 4)


def test_even_rows_have_no_fault_whatever_is_quoted(tmp_path: Path):
    seen = _scan(tmp_path / "b.csv", '1;"a;b";3\n;;\n1;"c\nd";3')
    assert (seen.plain, seen.ragged_count, seen.records) == (True, 0, 3)
