"""Workbooks, JSON, archives and the command."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from ckanext.ca3b.tables import ReadOptions, TableError, read


def workbook(path, **sheets):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(index, place, value, book.add_format({"num_format": "dd/mm/yyyy"}))
                    elif value is not None:
                        sheet.write(index, place, value)
            if name.startswith("cache"):
                sheet.hide()
    return path


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def code_of(path, **options):
    with pytest.raises(TableError) as caught:
        read(path, options=ReadOptions(**options))
    return caught.value.code


def test_a_workbook_with_titles_dates_and_codes(tmp_path):
    rows = [
        ["Budget"],
        [],
        ["Nom", "Code", "Date", "Montant"],
        ["A", "01053", dt.date(2024, 2, 1), 12.5],
        ["B", "71270", None, 3],
    ]
    table = read(workbook(tmp_path / "a.xlsx", un=rows))
    assert (table.format, table.sheet, table.header_row, table.rows) == ("xlsx", "un", 2, 2)
    assert [c.type for c in table.columns] == ["text", "text", "date", "number"]
    assert cells(table) == [["A", "01053", "2024-02-01", "12.5"], ["B", "71270", None, "3"]]


def test_hidden_and_other_sheets_are_told(tmp_path):
    rows = [["nom", "n"], ["a", 1]]
    path = workbook(tmp_path / "a.xlsx", un=rows, cache=rows, deux=rows)
    table = read(path)
    assert [(sheet.name, sheet.hidden) for sheet in table.sheets] == [("un", False), ("cache", True), ("deux", False)]
    assert {"hidden-sheet", "other-sheets"} <= {notice.code for notice in table.warnings}
    assert read(path, options=ReadOptions(sheet="cache")).sheet == "cache"
    assert code_of(path, sheet="absente") == "sheet"


def test_merged_cells_are_repeated_downwards(tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["zone", "rue"])
        sheet.merge_range(1, 0, 2, 0, "Nord")
        sheet.write_column(1, 1, ["x", "y"])
    assert cells(read(path)) == [["Nord", "x"], ["Nord", "y"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b", None, "c", "d"], ["x", 1, None, "y", 2], ["x", 1]],
        [["a", "b"], ["x", 1], ["y", 2], [], ["c", "d"], ["z", 3]],
    ],
)
def test_two_tables_on_a_sheet_are_refused(tmp_path, rows):
    assert code_of(workbook(tmp_path / "t.xlsx", un=rows)) == "several-tables"


def test_workbooks_that_do_not_open(tmp_path):
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert code_of(locked) == "encrypted"
    damaged = tmp_path / "damaged.xls"
    damaged.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert code_of(damaged) == "damaged"
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", bytes(100 << 20))
    assert code_of(bomb) == "bomb"
    assert code_of(workbook(tmp_path / "empty.xlsx", un=[])) == "empty"


def test_json_records_and_lines(tmp_path):
    records = [{"nom": "é", "lieu": {"cp": "01000", "xy": [1, 2]}, "n": 1.50}, {"nom": "b", "ok": True}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    expected = [["é", "01000", '["1", "2"]', "1.5", None], ["b", None, None, None, "true"]]
    assert [c.name for c in read(path).columns] == ["nom", "lieu.cp", "lieu.xy", "n", "ok"]
    path.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    assert read(path).format == "jsonl"
    assert [row[:2] for row in cells(read(path))] == [row[:2] for row in expected]
    path.write_text(json.dumps({"total": 2, "results": records}, indent=1), encoding="utf-8")
    assert (read(path).format, read(path).rows) == ("json", 2)
    path.write_text('[{"a": 1', encoding="utf-8")
    assert code_of(path) == "json"


def test_compressed_files(tmp_path):
    data = b"nom;n\na;1\n"
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(data))
    assert cells(read(packed)) == [["a", "1"]]
    archive = tmp_path / "a.zip"

    def put(**members):
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in members.items():
                out.writestr(name, content)

    put(**{"a.csv": data})
    assert cells(read(archive)) == [["a", "1"]]
    put(**{"a.csv": data, "b.csv": data})
    assert code_of(archive) == "several-files"
    put(**{"../a.csv": data})
    assert code_of(archive) == "traversal"
    put(**{"a.csv": gzip.compress(data)})
    assert code_of(archive) == "nested"
    put(**{"a.csv": bytes(100 << 20)})
    assert code_of(archive) == "bomb"
    packed.write_bytes(gzip.compress(data)[:-6])
    assert code_of(packed) == "damaged"


def test_the_command_keeps_its_contract(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("nom;montant\né;1 204,5\nb;2\n".encode("cp1252"))
    command = [sys.executable, "-m", "ckanext.ca3b.tables", "read"]
    done = subprocess.run([*command, str(path), "--format", "json"], capture_output=True, check=True)
    assert json.loads(done.stdout) == {
        "format": "csv",
        "encoding": "cp1252",
        "delimiter": ";",
        "sheet": None,
        "header_row": 0,
        "rows": 2,
        "columns": [{"name": "nom", "type": "text"}, {"name": "montant", "type": "number"}],
        "warnings": [],
    }
    refused = subprocess.run([*command, str(tmp_path / "absent.csv")], capture_output=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode().startswith("Le fichier « absent.csv » n’existe pas")


def test_the_core_loads_without_the_portal():
    code = "import sys, ckanext.ca3b.tables; assert not {'ckan', 'flask', 'sqlalchemy'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
