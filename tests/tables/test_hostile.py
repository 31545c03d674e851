"""Hostile files: each is read or refused with one clear French sentence, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow

from ckanext.ca3b.tables import TableError, read
from ckanext.ca3b.tables.reading.readers.trial import try_workbook

MEGA = 1 << 20
SECONDS = 60
MEMORY = 500

# Prints the refusal, and the most memory that reading took.
RUN = """
import json, sys
from ckanext.ca3b.tables import TableError, read
try:
    table = read(sys.argv[1])
    rows = sum(batch.height for batch in table.batches())
    answer = {"code": None, "rows": rows, "columns": len(table.columns)}
except TableError as error:
    answer = {"code": error.code, "message": error.message}
status = open("/proc/self/status").read()
answer["memory"] = int(status.split("VmHWM:")[1].split()[0]) // 1024
print(json.dumps(answer))
"""


def bounded(path):
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    answer = json.loads(done.stdout)
    assert answer["memory"] < MEMORY
    return answer


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    return out.getvalue()


def far_cell():
    """An XLS of a few names, one of which says that it stands in the last cell that two times sixteen bits can name."""
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for row in range(4):
        for column in range(3):
            sheet.write(row, column, f"lieu {row}{column}")
    book.save(out)
    cell = struct.pack("<HHHH", 0x00FD, 10, 3, 2)
    assert cell in out.getvalue()
    return out.getvalue().replace(cell, struct.pack("<HHHH", 0x00FD, 10, 0xFFFF, 0xFFFF))


def repeated_cell():
    """An ODS of one number, said to stand in each cell of a million rows and sixteen thousand columns."""
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table, row = Table(name="a"), TableRow(numberrowsrepeated=1_048_576)
    row.addElement(TableCell(valuetype="float", value="1", numbercolumnsrepeated=16_384))
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.write(out)
    return out.getvalue()


def laughing_workbook():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
    return zipped(
        **{
            "[Content_Types].xml": "<x/>",
            "xl/workbook.xml": f"<!DOCTYPE x [{entities}]><workbook><sheet name='&e11;'/></workbook>",
        }
    )


HEAVY = {
    "a file of zeros": (lambda: bytes(50 * MEGA), "nul-bytes"),
    "a quote never closed in 60 MB": (lambda: b'nom;n\na;"1\n' + b"mot;2\n" * (10 * MEGA), "open-quote"),
    "a bomb in gz": (lambda: gzip.compress(bytes(300 * MEGA)), "bomb"),
    "a bomb in zip": (lambda: zipped(**{"a.csv": bytes(300 * MEGA)}), "bomb"),
    "a bomb in a workbook": (
        lambda: zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": bytes(300 * MEGA)}),
        "bomb",
    ),
    "a workbook of entities": (laughing_workbook, "damaged"),
    "fifty thousand columns": (
        lambda: b"\n".join([b";".join(b"c%d" % n for n in range(50_000))] * 20),
        "too-many-columns",
    ),
    "a hundred thousand keys": (
        lambda: json.dumps([{f"k{n}_{m}": 1 for m in range(100)} for n in range(1000)]).encode(),
        "too-many-columns",
    ),
    "brackets in brackets": (lambda: b'{"a":' * (2 * MEGA), "json"),
    "a cell of an XLS far from the others": (far_cell, "too-big"),
    "a cell of an ODS repeated everywhere": (repeated_cell, "damaged"),
    "a row of 40 MB without end": (lambda: b'{"a": "' + b"x" * (100 * MEGA), "too-big"),
    "half a megabyte of separators": (lambda: b";" * (MEGA // 2), "empty"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_files_are_refused_within_bounds(tmp_path, name):
    make, code = HEAVY[name]
    path = tmp_path / "fichier"
    path.write_bytes(make())
    answer = bounded(path)
    assert answer["code"] == code
    assert answer["message"].endswith(".")
    assert "\n" not in answer["message"]


def test_a_workbook_held_open_is_tried_too(tmp_path):
    """The portal reads a file by the descriptor that holds it, a path that only this process understands."""
    (tmp_path / "fichier.xls").write_bytes(far_cell())
    with (tmp_path / "fichier.xls").open("rb") as held, pytest.raises(TableError) as refused:
        try_workbook(Path(f"/proc/self/fd/{held.fileno()}"))
    assert refused.value.code == "too-big"


@pytest.mark.parametrize("quoted", [False, True])
def test_a_line_of_ten_megabytes_is_read(tmp_path, quoted):
    mark = b'"' if quoted else b""
    path = tmp_path / "a.csv"
    path.write_bytes(b"nom;texte\na;" + mark + b"mot " * (10 * MEGA // 4) + mark + b"\nb;2\n")
    answer = bounded(path)
    assert (answer["code"], answer["rows"], answer["columns"]) == (None, 2, 2)


def test_a_big_file_takes_little_memory(tmp_path):
    path = tmp_path / "a.csv"
    line = "Hélène;01053;31/12/2023;1 204,5;oui;Une phrase assez longue pour faire du volume\r\n".encode("cp1252")
    path.write_bytes(b"nom;insee;date;montant;ok;texte\r\n" + line * (150 * MEGA // len(line)))
    answer = bounded(path)
    assert answer["rows"] == 150 * MEGA // len(line)


def code_of(folder, data, name="fichier.csv"):
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(TableError) as caught:
        read(path)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b"\r\n" * 5000, "empty"),
        (b" \t\n \n", "empty"),
        (b";;;\n;;;\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not-a-table"),
        (b"\xff\xd8\xff\xe0" + b"JFIF" * 20, "not-a-table"),
        (b"GIF89a" + bytes(100), "not-a-table"),
        (b"RIFF1234WEBPVP8 ", "not-a-table"),
        (b"%PDF-1.4\n1 0 obj", "not-a-table"),
        (gzip.compress(gzip.compress(b"a;b\n1;2\n")), "nested"),
        (zipped(**{"a.zip": zipped(**{"a.csv": b"a;b\n1;2\n"})}), "nested"),
        (tarred(), "nested"),
        (zipped(), "several-files"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
        (b"\x1f\x8b\x08" + bytes(40), "damaged"),
        (b"nom~age~ville\n" + b"a~1~b\n" * 5, "strange-delimiter"),
        (b"nom  age  ville\n" + b"aa  11  bb\n" * 5, "strange-delimiter"),
        ("nom§age\na§1\nb§2\n".encode(), "strange-delimiter"),
    ],
)
def test_what_cannot_be_a_table_is_refused(tmp_path, data, code):
    assert code_of(tmp_path, data) == code


@pytest.mark.parametrize(
    "text",
    [
        "commune\nCluny\nTournus\n",
        "adresse\n12 rue de l’Église\n3 place du Marché\n1 bis, quai Nord\n",
        "url\nhttps://exemple.fr/a\nhttps://exemple.fr/b\nhttps://exemple.fr/c\n",
        "heure\n08:30\n09:00\n10:15\n",
        "note\n# un\n# deux\n# trois\n",
        "n\n1\n2\n3\n",
    ],
)
def test_one_column_is_a_table(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    table = read(path)
    assert [row[0] for batch in table.batches() for row in batch.rows()] == text.splitlines()[1:]
    assert table.columns[0].name == text.splitlines()[0]


@pytest.mark.parametrize("data", [b"nom;ville\n", b"nom;ville", "\ufeffnom;ville\r\n".encode("utf-16-le")])
def test_a_header_alone_is_a_table_of_no_row(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    table = read(path)
    assert ([column.name for column in table.columns], table.rows, list(table.batches())) == (["nom", "ville"], 0, [])


def test_a_file_that_changed_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"nom;ville\na;b\nc;d\n")
    table = read(path)
    path.write_bytes(b"nom;ville\n")
    with pytest.raises(TableError):
        list(table.batches())
    path.unlink()
    with pytest.raises(TableError):
        list(table.batches())
