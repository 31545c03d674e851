"""Oddities of real exports that a first reading of a specification does not show."""

from __future__ import annotations

import datetime as dt
import json
import time

import openpyxl
import pytest
import xlsxwriter

from ckanext.ca3b.tables import ReadOptions, TableError, read, typed


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def codes(table):
    return {notice.code for notice in table.warnings}


def read_text(folder, text, name="fichier.csv", encoding="utf-8", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(path, options=ReadOptions(**options))


def refusal(folder, text, name="fichier.csv"):
    with pytest.raises(TableError) as caught:
        read_text(folder, text, name)
    return caught.value


def test_hidden_rows_and_columns_of_a_sheet_are_told(tmp_path):
    path = tmp_path / "masque.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for index, row in enumerate([["nom", "note", "ville"], ["A", "secret", "Cluny"], ["B", "x", "Tournus"]]):
            sheet.write_row(index, 0, row)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(8, 16_383, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
    table = read(path)
    assert [column.name for column in table.columns] == ["nom", "note", "ville"]
    (notice,) = table.warnings
    assert notice.code == "hidden-cells"
    assert "1 ligne(s) et 1 colonne(s)" in notice.message


def test_formulas_that_nothing_computed_are_told(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Calculs", 0)
    for row in (["a", "b"], [1, "=A2*2"], [2, "=A3*2"]):
        sheet.append(row)
    book.save(tmp_path / "formules.xlsx")
    table = read(tmp_path / "formules.xlsx")
    assert cells(table) == [["1", None], ["2", None]]
    assert any(n.code == "formula-without-value" and n.message.startswith("2 ") for n in table.warnings)


def test_a_first_sheet_of_explanations_is_not_the_table(tmp_path):
    path = tmp_path / "notice.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Lisez-moi").write_column(0, 0, ["Ce classeur", "contient des données"])
        sheet = book.add_worksheet("Données")
        sheet.write_row(0, 0, ["nom", "n"])
        sheet.write_row(1, 0, ["A", 1])
    table = read(path)
    assert (table.sheet, "other-sheets" in codes(table)) == ("Données", True)
    assert read(path, options=ReadOptions(sheet="Lisez-moi")).sheet == "Lisez-moi"


def test_numbers_of_a_sheet_have_no_power_of_ten(tmp_path):
    path = tmp_path / "nombres.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["petit", "grand"])
        sheet.write_row(1, 0, [1e-7, 1e20])
        sheet.write_row(2, 0, [0.25, 12345678901234567])
    table = read(path)
    assert cells(table)[0] == ["0.0000001", "100000000000000000000"]
    assert cells(table)[1][1].startswith("123456789012345")
    assert [column.type for column in table.columns] == ["number", "text"]


@pytest.mark.parametrize("text", ['[["a","b"],[1,2]]', "[1, 2, 3]", '"texte"'])
def test_json_that_is_no_record_is_not_read_as_csv(tmp_path, text):
    assert refusal(tmp_path, text, "donnees.json").code == "json"


def test_a_dotted_key_and_a_nested_one_are_two_columns(tmp_path):
    table = read_text(tmp_path, '[{"a.b": 1, "a": {"b": 2}}]', "x.json")
    assert cells(table) == [["1", "2"]]


def test_a_web_page_named_xls_says_what_to_do(tmp_path):
    assert "XLSX" in refusal(tmp_path, "<html><body><table><tr><td>Nom</td></tr></table>", "export.xls").message


def test_a_delimiter_at_the_end_of_rows_but_not_of_the_header(tmp_path):
    table = read_text(tmp_path, "Nom;Âge\nDupont;12;\nMartin;13;\n")
    assert [column.name for column in table.columns] == ["Nom", "Âge", "column_3"]
    assert (table.header_row, cells(table)) == (0, [["Dupont", "12", None], ["Martin", "13", None]])


def test_a_delimiter_at_the_end_of_the_header_alone(tmp_path):
    table = read_text(tmp_path, "Nom;Âge;\nDupont;12\nMartin;13\n")
    assert [column.name for column in table.columns] == ["Nom", "Âge"]
    assert (table.header_row, table.rows) == (0, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nom,Montant\nA,12,5\nB,13,5\n", "ragged-rows"),
        ("Nom,Âge\n'Dupont, Jean',12\n'Martin, Paul',13\n", "ragged-rows"),
        ("Nom;Âge;Ville\nA,1,X\nB,2,Y\nC,3,Z\n", "two-delimiters"),
        ("nom   age\nA     12\nB     13\nCes   14\n", "strange-delimiter"),
        ("nom$age\nA$1\nB$2\nC$3\n", "strange-delimiter"),
    ],
)
def test_a_header_is_never_dropped_silently(tmp_path, text, code):
    error = refusal(tmp_path, text)
    assert error.code == code
    assert code == "strange-delimiter" or "ligne 1" in error.message


def test_decimal_commas_in_every_line_do_not_cut(tmp_path):
    table = read_text(tmp_path, "a,b\tc,d\n1,5\t2,5\n3,5\t4,5\n")
    assert (table.delimiter, [column.type for column in table.columns]) == ("\t", ["number", "number"])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_put_end_to_end_are_told(tmp_path, mark):
    table = read_text(tmp_path, f"{mark}Nom;Âge\nA;1\nB;2\n{mark}Nom;Âge\nC;3\n")
    assert (table.header_row, table.rows) == (0, 4)
    assert [(n.code, n.row) for n in table.warnings] == [("repeated-header", 4)]


def test_a_mark_of_bytes_is_no_part_of_a_name(tmp_path):
    table = read_text(tmp_path, "\ufeff\ufeffNom;Âge\nA;1\n")
    assert table.columns[0].name == "Nom"


def test_two_lines_of_header_with_groups_are_told(tmp_path):
    body = "".join(f"Ville {n};1{n};2{n};3{n};4{n}\n" for n in range(4))
    table = read_text(tmp_path, f"Commune;Population;;Logements;\n;2020;2021;2020;2021\n{body}")
    assert "two-line-header" in codes(table)
    assert "two-line-header" not in codes(read_text(tmp_path, f"Commune;a;;b;c\n{body}"))


def test_a_total_is_told(tmp_path):
    table = read_text(tmp_path, "Nom;Montant\nA;1\nB;2\nTotal général;3\n")
    assert [(n.code, n.row) for n in table.warnings] == [("total-row", 4)]
    assert cells(table)[-1] == ["Total général", "3"]
    assert codes(read_text(tmp_path, "Nom;Montant\nA;1\nB;2\nTotal Énergies;3\n")) == set()


@pytest.mark.parametrize("last", ["Sources chaudes;", "Total Énergies;", "Champ fleuri;", "Notes de musique;"])
def test_a_value_like_a_note_stays_a_row(tmp_path, last):
    table = read_text(tmp_path, f"nom;remarque\nA;x\nB;y\n{last}\n")
    assert (cells(table)[-1], codes(table)) == ([last[:-1], None], set())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_line_pasted_in_another_encoding_spoils_no_other(tmp_path, mark):
    good = "Hélène;Bourg à côté\n" * 20
    table = read_text(tmp_path, mark + f"Nom;Ville\n{good}".encode() + b"Fran\xe7ois;P\xe9ronnas\n")
    assert cells(table)[0] == ["Hélène", "Bourg à côté"]
    assert cells(table)[-1] == ["François", "Péronnas"]
    assert [(n.code, n.row) for n in table.warnings] == [("mixed-encoding", 22)]


def test_accents_of_windows_are_no_mixture(tmp_path):
    table = read_text(tmp_path, "Nom;Ville\nHélène Â« ok Â»;Mâcon\nÉlodie;Bâgé\n".encode("cp1252"))
    assert table.encoding == "cp1252"


@pytest.mark.parametrize("word", ["12 €", "cœur", "Œuvre"])
def test_latin_9_is_known_by_its_euro(tmp_path, word):
    table = read_text(tmp_path, f"Nom;Prix\nété;{word}\n", encoding="iso8859-15")
    assert (table.encoding, cells(table)) == ("iso8859-15", [["été", word]])
    assert read_text(tmp_path, "Nom;Prix\nété;½ journée\n", encoding="cp1252").encoding == "cp1252"


def test_accents_already_lost_are_told(tmp_path):
    table = read_text(tmp_path, "Nom;Prénom\nHÃ©lÃ¨ne;ZoÃ©\n")
    (notice,) = table.warnings
    assert (notice.code, notice.row, "« HÃ©lÃ¨ne »" in notice.message) == ("double-encoded", 2, True)
    assert codes(read_text(tmp_path, "Nom;Ville\nH\ufffdl\ufffdne;Cluny\n")) == {"lost-characters"}
    assert codes(read_text(tmp_path, "Nom;Ville\nÂgé;SÃO PAULO\n")) == set()


def test_hours_may_have_one_digit(tmp_path):
    table = read_text(tmp_path, "nom;jour\nA;13/02/2026 08:30:00\nB;14/02/2026 8:30:00\n")
    assert table.columns[1].type == "datetime"
    assert typed(next(table.batches()), table.columns)["jour"].to_list()[1] == dt.datetime(2026, 2, 14, 8, 30)  # noqa: DTZ001


@pytest.mark.parametrize("header", ["code_commune", "Code département", "CODGEO", "code-epci"])
def test_codes_of_territories_stay_text(tmp_path, header):
    assert read_text(tmp_path, f"{header};n\n1053;1\n2691;2\n").columns[0].type == "text"


def test_a_quote_that_does_not_close_its_cell_is_told(tmp_path):
    table = read_text(tmp_path, 'nom;n\nA;1\n"Écran 17" noir";5\n')
    assert [(n.code, n.row) for n in table.warnings] == [("stray-quote", 3)]
    assert codes(read_text(tmp_path, 'nom;n\n"Écran 17"" noir";5\nTuyau 2" x 3";6\n')) == set()


def test_thousands_of_columns_take_no_time(tmp_path):
    """A query per column and form took a minute."""
    names = ";".join(f"c{index}" for index in range(4000))
    row = ";".join(str(index) if index % 2 else "mot" for index in range(4000))
    start = time.process_time()
    table = read_text(tmp_path, f"{names}\n{row}\n{row}\n")
    assert [column.type for column in table.columns[:2]] == ["text", "integer"]
    assert time.process_time() - start < 10


def test_keys_that_records_seldom_share_take_no_time(tmp_path):
    """A column empty at first was tried for every form: half a minute for four thousand keys."""
    text = json.dumps([{f"cle_{key}_{row}": key for key in range(20)} for row in range(150)])
    start = time.process_time()
    table = read_text(tmp_path, text, "reponse.json")
    assert (len(table.columns), {column.type for column in table.columns}) == (3000, {"integer"})
    assert time.process_time() - start < 10


def test_a_note_under_a_row_of_one_cell_is_alone_left_aside(tmp_path):
    table = read_text(tmp_path, "nom;montant\nA;1\nB;2\nTotal;\n;\n* montants TTC ;\n")
    assert cells(table)[-1] == ["Total", None]
    assert codes(table) == {"footnote"}


def test_days_may_name_columns(tmp_path):
    table = read_text(tmp_path, "Ligne;01/01/2025;01/02/2025\nL1;5;6\nL2;7;8\n")
    assert (table.header_row, [column.type for column in table.columns]) == (0, ["text", "integer", "integer"])
    assert read_text(tmp_path, "A;01/01/2025\nB;02/01/2025\n").header_row is None
