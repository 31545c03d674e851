"""What is written in any supported dialect is read back identical, cell by cell."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.tables import ReadOptions, read

# Letters that Windows and Macintosh both have; quotes, line ends and delimiters are in the cells too.
LETTERS = st.sampled_from("abcdeéèêàçùôîÉœ'’ -01259.,;|\t\"\n€°«»")
CELL = st.text(LETTERS, max_size=10)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
WORDS = st.sampled_from(
    ["Mâcon", "Saint-Étienne", "Créches; le bas", 'une "citation"', "deux\nlignes", "", "été", "à côté, là"]
)


def tables(cell, least=1):
    return st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), min_size=least, max_size=8)
    )


def written(rows, delimiter, newline, quoting):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue()


def cells(table, size):
    return [list(row) for batch in table.batches(size) for row in batch.rows()]


@settings(max_examples=300, deadline=None)
@given(
    rows=tables(CELL),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(ENCODINGS),
    newline=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    size=st.integers(1, 5),
)
def test_with_the_dialect_told(tmp_path_factory, rows, delimiter, encoding, newline, quoting, size):
    path = tmp_path_factory.mktemp("dit") / "a.csv"
    header = [f"colonne {index}" for index in range(len(rows[0]))]
    path.write_bytes(written([header, *rows], delimiter, newline, quoting).encode(encoding))
    told = "utf-16" if encoding == "utf-16" else encoding
    table = read(path, options=ReadOptions(encoding=told, delimiter=delimiter, header_row=0))
    assert cells(table, size) == [[cell or None for cell in row] for row in rows]
    assert table.rows == len(rows)


@settings(max_examples=200, deadline=None)
@given(
    rows=tables(WORDS, least=3),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(ENCODINGS),
    newline=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_with_the_dialect_found(tmp_path_factory, rows, delimiter, encoding, newline, quoting):
    path = tmp_path_factory.mktemp("trouvé") / "a.csv"
    header = ["identifiant", *(f"colonne {index}" for index in range(1, len(rows[0])))]
    numbered = [[f"élément n° {number}", *row[1:]] for number, row in enumerate(rows)]
    path.write_bytes(written([header, *numbered], delimiter, newline, quoting).encode(encoding))
    table = read(path)
    assert [column.name for column in table.columns] == header
    assert table.delimiter == delimiter
    assert cells(table, 100) == [[cell or None for cell in row] for row in numbered]
