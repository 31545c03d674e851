"""Delimited files as clerks export them, and the hostile ones."""

from __future__ import annotations

import csv
import io

import pytest

from ckanext.ca3b.tables import ReadOptions, TableError, read

ROWS = [["Nom", "Ville"], ["Hélène", "Mâcon"], ["Noël à l’été", "Tournus"], ["çà et là", "Cluny; ou pas"]]


def written(rows, delimiter=";", newline="\r\n"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def read_bytes(folder, data, **options):
    path = folder / "fichier.csv"
    path.write_bytes(data)
    return read(path, options=ReadOptions(**options))


def refusal(folder, data):
    with pytest.raises(TableError) as caught:
        read_bytes(folder, data)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_dialect_is_read_back(tmp_path, encoding, delimiter):
    table = read_bytes(tmp_path, written(ROWS, delimiter).encode(encoding))
    assert [column.name for column in table.columns] == ROWS[0]
    assert cells(table) == ROWS[1:]
    assert table.delimiter == delimiter
    assert (table.header_row, table.rows) == (0, 3)


def test_latin_1_and_windows_1252_agree_on_accents(tmp_path):
    rows = [["Nom", "Rue"], ["Élodie", "fossé"], ["Zoé", "château"]]
    assert cells(read_bytes(tmp_path, written(rows).encode("latin-1"))) == rows[1:]


def test_old_macintosh_line_ends(tmp_path):
    assert cells(read_bytes(tmp_path, written(ROWS, newline="\r").encode("mac_roman"))) == ROWS[1:]


def test_an_encoding_can_be_imposed(tmp_path):
    table = read_bytes(tmp_path, "nom;x\né;b\n".encode("cp850"), encoding="cp850")
    assert cells(table) == [["é", "b"]]


def test_quotes_hold_delimiters_newlines_and_quotes(tmp_path):
    rows = [["nom", "texte"], ["a", 'une "citation"; et\nune ligne'], ["b", '"']]
    assert cells(read_bytes(tmp_path, written(rows).encode())) == rows[1:]


def test_a_quote_inside_a_word_is_a_quote(tmp_path):
    table = read_bytes(tmp_path, b'nom;taille\ntube;5" fer\nautre;6" cuivre\n')
    assert cells(table) == [["tube", '5" fer'], ["autre", '6" cuivre']]


def test_title_rows_are_left_aside(tmp_path):
    table = read_bytes(tmp_path, b"Liste des subventions\n\nNom;Montant\nA;12\nB;13\n")
    assert (table.header_row, table.rows) == (2, 2)
    assert [c.name for c in table.columns] == ["Nom", "Montant"]
    assert "title-rows" in {notice.code for notice in table.warnings}


def test_padded_title_rows_are_left_aside(tmp_path):
    table = read_bytes(tmp_path, b"Titre;;\n;;\nNom;Montant;Date\nA;12;2024-01-01\nB;13;2024-01-02\n")
    assert (table.header_row, table.rows) == (2, 2)


def test_without_header_columns_are_numbered(tmp_path):
    table = read_bytes(tmp_path, b"12;Cluny\n13;Tournus\n")
    assert table.header_row is None
    assert [c.name for c in table.columns] == ["column_1", "column_2"]
    assert table.rows == 2


def test_years_may_name_columns(tmp_path):
    table = read_bytes(tmp_path, b"commune;2021;2022\nCluny;5;6\n")
    assert table.header_row == 0


def test_empty_and_double_headers_get_unique_names(tmp_path):
    table = read_bytes(tmp_path, b"nom;;nom\na;b;c\n")
    assert [c.name for c in table.columns] == ["nom", "column_2", "nom_2"]
    assert {notice.code for notice in table.warnings} == {"empty-header", "duplicate-header"}


def test_blank_lines_inside_are_rows_and_at_the_end_are_nothing(tmp_path):
    table = read_bytes(tmp_path, b"a;b\n1;2\n\n3;4\n\n\n")
    assert cells(table) == [["1", "2"], [None, None], ["3", "4"]]
    assert table.rows == 3


def test_rows_of_another_width_are_refused_with_their_lines(tmp_path):
    error = refusal(tmp_path, b'a;b\n1;"x\ny"\n3\n4;5;6\n7;8\n')
    assert error.code == "ragged-rows"
    assert "ligne 4 (1), ligne 5 (3)" in error.message


def test_a_far_row_of_another_width_is_seen(tmp_path):
    error = refusal(tmp_path, b"nom;valeur\n" + b"mot;12\n" * 900_000 + b"seul\n" + b"mot;12\n" * 10)
    assert error.code == "ragged-rows"
    assert "ligne 900002 (1)" in error.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "empty"),
        (b"a;b\n1;\x002\n", "nul-bytes"),
        (b"a;b\n" + b"1;2\n" * 50_000 + b"1;\x002\n", "nul-bytes"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not-a-table"),
        (b"%PDF-1.7\n", "not-a-table"),
        (b'a;b\n1;"ouvert\n2;3\n', "open-quote"),
        (b"nom~age\na~1\nb~2\nc~3\n", "strange-delimiter"),
        (b";".join(b"c%d" % i for i in range(50_000)) + b"\n", "too-many-columns"),
    ],
)
def test_hostile_files_are_refused_in_one_sentence(tmp_path, data, code):
    error = refusal(tmp_path, data)
    assert error.code == code
    assert "\n" not in error.message


def test_one_column_is_a_table(tmp_path):
    table = read_bytes(tmp_path, b"commune\nCluny\nTournus\n")
    assert cells(table) == [["Cluny"], ["Tournus"]]
    assert "one-column" in {notice.code for notice in table.warnings}


@pytest.mark.parametrize(
    "note",
    ["\nSource : mairie\n", "Source : INSEE, 2024", "\n\nMis à jour le 3 mars\n* provisoire\n\n", ";\nNotes;\n"],
)
def test_a_note_under_the_table_is_left_aside_and_told(tmp_path, note):
    table = read_bytes(tmp_path, ("nom;n\na;1\nb;2\n" + note).encode())
    assert cells(table) == [["a", "1"], ["b", "2"]]
    assert [notice.code for notice in table.warnings] == ["footnote"]


@pytest.mark.parametrize("end", ["c\n", "c", "3 rue Neuve\n", "Source : x\nd;4\n"])
def test_a_row_cut_short_is_not_a_note(tmp_path, end):
    assert refusal(tmp_path, ("nom;n\na;1\nb;2\n" + end).encode()).code == "ragged-rows"


def test_a_total_stays_a_row(tmp_path):
    assert cells(read_bytes(tmp_path, b"nom;n\na;1\nb;2\nTotal;3\n"))[-1] == ["Total", "3"]


def test_the_last_lines_of_a_quoted_cell_are_not_a_note(tmp_path):
    table = read_bytes(tmp_path, 'n;texte\n1;"début\n\nSource : x"\n'.encode())
    assert cells(table) == [["1", "début\n\nSource : x"]]


def test_a_name_found_again_in_its_column_is_still_a_name(tmp_path):
    table = read_bytes(tmp_path, b"nom;commune;adresse\nA;Cluny;rue\nB;commune;quai\n")
    assert table.header_row == 0
    table = read_bytes(tmp_path, b"type;n\nA;1\ntype;2\n")
    assert table.header_row == 0


def test_words_that_come_back_in_most_columns_are_no_header(tmp_path):
    table = read_bytes(tmp_path, "Mâcon;oui\nCluny;non\nMâcon;oui\n".encode())
    assert (table.header_row, table.rows) == (None, 3)


def test_a_second_line_of_header_is_told(tmp_path):
    table = read_bytes(tmp_path, b"nom;montant\n;euros\na;1\nb;2\nc;3\n")
    assert "two-line-header" in {notice.code for notice in table.warnings}


def test_a_comma_in_one_line_does_not_cut_a_file_of_one_column(tmp_path):
    assert cells(read_bytes(tmp_path, b"commune\nCluny\nTournus\nBourg, le haut\n"))[-1] == ["Bourg, le haut"]
