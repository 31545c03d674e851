"""A catalogue kept in a spreadsheet is read from an address or from the file that a clerk gives."""

from __future__ import annotations

import openpyxl
import pytest

from ckanext.ca3b.harvest.sources import SourceError

from .serving import ANSWERS, answer, by_title, read_at, read_file, serving

TABLE = answer("catalogue_scdl.csv")


def written(tmp_path, *rows, name="catalogue.csv"):
    path = tmp_path / name
    path.write_text("\n".join(rows), "utf-8")
    return read_file(path)


def test_each_row_is_a_dataset():
    reading = read_file(ANSWERS / "catalogue_scdl.csv")
    assert (reading.kind, reading.complete, len(reading.datasets)) == ("scdl", True, 3)
    found = by_title(reading)["Arbres"]
    assert found.identifier == "jayat-arbres"
    assert found.license == "http://opendatacommons.org/licenses/odbl/summary/"
    assert (found.publisher.name, found.publisher.identifier) == ("Commune de Jayat", "21010196800013")
    assert [(one.format, one.url) for one in found.resources] == [
        ("CSV", "https://www.jayat.example/fichiers/arbres.csv")
    ]


def test_a_page_for_several_files_is_the_page_of_the_dataset_and_no_file():
    found = by_title(read_file(ANSWERS / "catalogue_scdl.csv"))["Budget primitif"]
    assert (found.landing_page, found.resources) == ("https://www.jayat.example/budget", ())
    assert found.keywords == ("budget", "finances", "eau/assainissement")


def test_what_is_wrong_is_said_with_its_column_and_its_line():
    reading = read_file(ANSWERS / "catalogue_scdl.csv")
    wheres = {each.code: each.where for each in reading.problems}
    assert wheres["missing-title"] == "TITRE, ligne 4"
    assert wheres["unreadable-date"] == "DATE_PUBL, ligne 4"
    assert wheres["unknown-frequency"] == "FREQ_MAJ, ligne 4"
    assert wheres["unknown-license"] == "LICENCE, ligne 4"


def test_a_row_without_identifier_keeps_the_same_one_when_rows_move():
    first = read_file(ANSWERS / "catalogue_scdl.csv").datasets[2]
    with serving(
        lambda *_: TABLE.replace(
            "\nCommune de Jayat;21010196800013;jayat-arbres",
            "\n\nx;;;Autre;;;;;;;;;;;;;;;;\nCommune de Jayat;21010196800013;jayat-arbres",
        )
    ) as site:
        moved = read_at(f"{site.address}/catalogue.csv").datasets[-1]
    assert (moved.identifier, moved.content_hash) == (first.identifier, first.content_hash)


def test_latin_1_and_an_excel_workbook_say_the_same_as_utf_8(tmp_path):
    (tmp_path / "latin.csv").write_bytes(TABLE.replace("’", "'").replace("« ", "").replace(" »", "").encode("latin-1"))
    book = openpyxl.Workbook()
    for row in TABLE.strip().split("\n"):
        book.active.append(row.split(";"))
    book.save(tmp_path / "classeur.xlsx")
    for name in ("latin.csv", "classeur.xlsx"):
        reading = read_file(tmp_path / name)
        assert [each.identifier for each in reading.datasets][:2] == ["jayat-budget", "jayat-arbres"], name


def test_columns_named_in_plain_french_will_do(tmp_path):
    reading = written(
        tmp_path, "Titre,Lien,Résumé,Mots-clés,Licence,Fréquence,Commentaire",
        'Cantines,https://a.example/c.ods,Menus,"cantine, école",'
        "Licence Ouverte 2.0,Mensuelle ou plusieurs fois par mois,vu",
    )  # fmt: skip
    (found,) = reading.datasets
    assert (found.title, found.description, found.keywords) == ("Cantines", "Menus", ("cantine", "école"))
    assert (found.frequency[-8:], found.resources[0].format) == ("/MONTHLY", "ODS")
    assert found.raw == {"Commentaire": "vu"}


def test_rows_of_one_identifier_are_the_files_of_one_dataset(tmp_path):
    reading = written(
        tmp_path, "ID;TITRE;URL;FORMAT_RESSOURCES;LICENCE",
        "b;Bancs;https://a.example/b.csv;csv;ODbL", "b;Bancs;https://a.example/b?x=1;json;ODbL",
    )  # fmt: skip
    assert [[one.format for one in each.resources] for each in reading.datasets] == [["CSV", "JSON"]]


def test_several_addresses_in_one_cell_are_several_files(tmp_path):
    reading = written(
        tmp_path, "ID;TITRE;URL;FORMAT_RESSOURCES;LICENCE",
        "b;Bancs;https://a.example/b.csv https://a.example/b.json | https://a.example/b.kml;csv, json, kml;ODbL",
    )  # fmt: skip
    assert [one.url[-4:] for one in reading.datasets[0].resources] == [".csv", "json", ".kml"]


def test_any_other_table_is_no_catalogue(tmp_path):
    with pytest.raises(SourceError):
        written(tmp_path, "essence;hauteur", "tilleul;12")
