"""Everything that a file holds is examined, not its first sheet only."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile

import openpyxl
import polars as pl
import pytest
import shapefile
from openpyxl.comments import Comment

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.tables import TableError

from .files import held_categories, workbook, write_csv
from .samples import FIRST, HELD, LAST, MOBILES, NAMES, OPEN, TOWNS, mails

SCHOOLS, PEOPLE = OPEN["ecoles.csv"], HELD["export.csv"][0]


def test_a_clean_workbook_passes(tmp_path):
    workbook({"Écoles": SCHOOLS}).save(tmp_path / "ecoles.xlsx")
    assert not scan(tmp_path / "ecoles.xlsx").held


def test_a_hidden_sheet_is_examined_and_named(tmp_path):
    book = workbook({"Écoles": SCHOOLS, "brouillon": PEOPLE})
    book["brouillon"].sheet_state = "veryHidden"
    book.save(tmp_path / "ecoles.xlsx")
    report = scan(tmp_path / "ecoles.xlsx")
    assert {found.where for found in report.findings if found.decision != "pass"} == {"brouillon"}


def test_a_hidden_column_is_examined(tmp_path):
    book = workbook(
        {
            "Écoles": (
                ["nom", "responsable", "portable"],
                [[row[0], name, phone] for row, name, phone in zip(SCHOOLS[1], NAMES, MOBILES, strict=True)],
            )
        }
    )
    book.active.column_dimensions["C"].hidden = True
    book.save(tmp_path / "ecoles.xlsx")
    assert "phone" in held_categories(scan(tmp_path / "ecoles.xlsx"))


@pytest.mark.parametrize("where", ["comment", "property", "title", "footer"])
def test_what_stands_beside_the_cells_is_examined(where, tmp_path):
    book = workbook({"Écoles": SCHOOLS})
    page = book["Écoles"]
    if where == "comment":
        page["A2"].comment = Comment("voir avec Mme DUPONT au 06 12 34 56 78", "relecture")
    elif where == "property":
        book.properties.description = "transmis par jeanne.dupont@orange.fr"
    elif where == "footer":
        page.oddFooter.left.text = "jeanne.dupont@orange.fr"
    else:
        page.insert_rows(1, 2)
        page["A1"] = "Liste tenue par jeanne.dupont@orange.fr"
    book.save(tmp_path / "ecoles.xlsx")
    assert scan(tmp_path / "ecoles.xlsx").held


def test_the_author_of_a_document_is_told_and_does_not_hold_it(tmp_path):
    book = workbook({"Écoles": SCHOOLS})
    book.properties.creator = "Jeanne Dupont"
    book.save(tmp_path / "ecoles.xlsx")
    report = scan(tmp_path / "ecoles.xlsx")
    assert not report.held
    assert ("auteur du document", "name") in {(found.column, found.category) for found in report.findings}


def test_an_object_within_a_workbook_holds_it(tmp_path):
    workbook({"Écoles": SCHOOLS}).save(tmp_path / "ecoles.xlsx")
    with zipfile.ZipFile(tmp_path / "ecoles.xlsx", "a") as archive:
        archive.writestr("xl/embeddings/oleObject1.bin", b"...")
    report = scan(tmp_path / "ecoles.xlsx")
    assert report.held
    assert report.not_examined


def test_json_paths_are_dotted(tmp_path):
    records = [
        {"id": n, "contact": {"identite": name, "portable": phone}}
        for n, (name, phone) in enumerate(zip(NAMES, MOBILES, strict=True))
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(records))
    assert {found.column for found in scan(path).findings} == {"contact.identite", "contact.portable"}


def test_lists_within_records_are_examined(tmp_path):
    people = [
        {"nom": last, "contacts": [{"valeur": mail}]} for last, mail in zip(LAST, mails("orange.fr"), strict=True)
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"total": 8, "usagers": people}))
    assert ("contacts.valeur", "email") in {(found.column, found.category) for found in scan(path).findings}


def test_lists_of_lists_are_examined(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {"fields": ["a", "b"], "records": [[name, phone] for name, phone in zip(NAMES, MOBILES, strict=True)]}
        )
    )
    assert scan(path).held


def feature(properties, place):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [5.2 + place / 100, 46.2]},
        "properties": properties,
    }


def test_points_beside_people_are_those_of_their_homes(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text(
        json.dumps(
            {"type": "FeatureCollection", "features": [feature({"abonne": name}, n) for n, name in enumerate(NAMES)]}
        )
    )
    assert ("geometry", "geolocation_home", "block") in {
        (f.column, f.category, f.decision) for f in scan(path).findings
    }


def test_points_of_stops_pass(tmp_path):
    path = tmp_path / "arrets.geojson"
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [feature({"nom": f"Arrêt {town}"}, n) for n, town in enumerate(TOWNS)],
            }
        )
    )
    assert not scan(path).held


def test_a_shapefile_is_examined_attributes_and_points(tmp_path):
    writer = shapefile.Writer(str(tmp_path / "foyers"))
    writer.field("NOM", "C", 40)
    for place, name in enumerate(NAMES):
        writer.point(5.2 + place / 100, 46.2)
        writer.record(name)
    writer.close()
    with zipfile.ZipFile(tmp_path / "foyers.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf"):
            archive.write(tmp_path / f"foyers.{suffix}", f"export/foyers.{suffix}")
    assert {(found.column, found.category) for found in scan(tmp_path / "foyers.zip").findings} >= {
        ("NOM", "name"),
        ("geometry", "geolocation_home"),
    }


def test_every_member_of_an_archive_is_examined(tmp_path):
    people = write_csv(tmp_path / "export.csv", PEOPLE)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(write_csv(tmp_path / "ecoles.csv", SCHOOLS), "ecoles.csv")
        archive.write(people, "export.csv")
    assert {found.where for found in scan(tmp_path / "a.zip").findings if found.decision != "pass"} == {"export.csv"}
    (tmp_path / "export.csv.gz").write_bytes(gzip.compress(people.read_bytes()))
    assert scan(tmp_path / "export.csv.gz").held


def test_a_member_that_cannot_be_read_holds_the_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(write_csv(tmp_path / "ecoles.csv", SCHOOLS), "ecoles.csv")
        archive.writestr("annexe.pdf", b"%PDF-1.4")
    report = scan(tmp_path / "a.zip")
    assert report.held
    assert "annexe.pdf" in report.not_examined[0]


def test_a_database_and_a_parquet_file_are_examined(tmp_path):
    base = sqlite3.connect(tmp_path / "a.gpkg")
    base.execute("create table abonnes (nom text, portable text)")
    base.executemany("insert into abonnes values (?, ?)", list(zip(NAMES, MOBILES, strict=True)))
    base.commit()
    base.close()
    assert scan(tmp_path / "a.gpkg").held
    pl.DataFrame({"nom": NAMES, "portable": MOBILES}).write_parquet(tmp_path / "a.parquet")
    assert scan(tmp_path / "a.parquet").held


def test_a_map_in_kml_is_examined(tmp_path):
    marks = "".join(
        f"<Placemark><name>{name}</name><phone>{phone}</phone></Placemark>"
        for name, phone in zip(NAMES, MOBILES, strict=True)
    )
    (tmp_path / "a.kml").write_text(f'<?xml version="1.0"?><kml><Document>{marks}</Document></kml>')
    assert {"name", "phone"} <= held_categories(scan(tmp_path / "a.kml"))


def test_lines_above_the_table_are_examined(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Pour jeanne.dupont@orange.fr;;\n;;\nannee;commune;montant\n2020;Viriat;12\n2021;Viriat;13\n2022;Viriat;9\n"
    )
    assert "email" in held_categories(scan(tmp_path / "a.csv"))


def test_a_damaged_table_is_examined_all_the_same(tmp_path):
    (tmp_path / "a.csv").write_text("a;b\n1;2\n3;4;5;2 69 05 49 588 157 80\n6;7\n")
    assert held_categories(scan(tmp_path / "a.csv")) == {"nir"}


def test_a_file_without_header_names_its_columns_by_their_place(tmp_path):
    (tmp_path / "a.csv").write_text(
        "\n".join(f"{first};{last};{phone}" for first, last, phone in zip(FIRST, LAST, MOBILES, strict=True))
    )
    assert {"column_1", "column_2", "column_3"} <= {found.column for found in scan(tmp_path / "a.csv").findings}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x00\x01\x02 binaire", b"PK\x03\x04abime"])
def test_what_cannot_be_examined_is_refused_not_passed(content, tmp_path):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(TableError):
        scan(tmp_path / "a.csv")


def test_a_locked_workbook_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(tmp_path / "a.xlsx", "a.xlsx")
    data = bytearray((tmp_path / "b.zip").read_bytes())
    data[6] |= 1
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    (tmp_path / "b.zip").write_bytes(bytes(data))
    with pytest.raises(TableError):
        scan(tmp_path / "b.zip")
