"""Documents of words, pictures and maps: what can be read is examined, what cannot holds the file and says so."""

from __future__ import annotations

import struct
import zipfile
import zlib

import polars as pl
import pytest
from shapely import Point, Polygon

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.tables import TableError

from .files import held_categories, workbook
from .samples import MOBILES, NAMES, OPEN, STREETS, TOWNS


def png(width, height):
    """A picture of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(path, *pages, image_on=()):
    """A PDF of lines of text, in the encoding of the standard fonts; some pages bear a picture instead."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    picture = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", font, f"{picture}stream\n\x80\nendstream"]
    kids = []
    for number, lines in enumerate(pages, 1):
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        stream = "q 595 0 0 842 0 0 cm /I Do Q" if number in image_on else f"BT /F 11 Tf 40 800 Td {shown}ET"
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>stream\n{stream}\nendstream")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
                       "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>")  # fmt: skip
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{text}\nendobj\n".encode("latin-1" if number == 4 else "cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
        f"startxref\n{len(data)}\n%%EOF"
    ).encode()
    path.write_bytes(data)
    return path


def found(report):
    return {(each.where, each.column, each.category) for each in report.findings if each.decision != "pass"}


def test_a_pdf_is_read_page_by_page(tmp_path):
    path = pdf(tmp_path / "note.pdf", ["Travaux de voirie"], ["Contact : 06 12 34 56 78", "NIR 2 69 05 49 588 157 80"])
    assert found(scan(path)) == {("page 2", "texte", "phone"), ("page 2", "texte", "nir")}


def test_a_pdf_about_nobody_passes(tmp_path):
    report = scan(pdf(tmp_path / "plu.pdf", ["Règlement de la zone UA", "Hauteur maximale : 9 m"]))
    assert not report.held
    assert report.not_examined == ()


def test_the_minutes_of_a_council_name_its_members_but_not_their_telephones(tmp_path):
    first = ["PROCÈS-VERBAL du conseil municipal", "Étaient présents : Mme Jeanne DUPONT, M. Paul MARTIN"]
    assert not scan(pdf(tmp_path / "pv.pdf", first)).held
    report = scan(pdf(tmp_path / "pv2.pdf", [*first, "joindre Mme DUPONT au 06 12 34 56 78"]))
    assert found(report) == {("page 1", "texte", "phone")}


def test_a_letter_that_names_somebody_is_held(tmp_path):
    assert held_categories(scan(pdf(tmp_path / "courrier.pdf", ["Madame Jeanne DUPONT", "12 rue de la Gare"]))) == {
        "name"
    }


def test_a_scanned_pdf_is_said_not_to_be_examined(tmp_path):
    report = scan(pdf(tmp_path / "scan.pdf", [], [], image_on=(1, 2)))
    assert report.held
    assert report.not_examined == (
        "le document est fait d’images sans texte (numérisation) : il ne peut pas être examiné",
    )
    report = scan(pdf(tmp_path / "mixte.pdf", ["Règlement de la zone"], [], image_on=(2,)))
    assert report.not_examined == ("des pages sont des images sans texte, qui ne peuvent pas être examinées : 2",)


@pytest.mark.parametrize("name", ["plan.png", "photo.csv"])
def test_a_picture_whatever_its_name_is_held_and_said(name, tmp_path):
    (tmp_path / name).write_bytes(png(40, 30))
    report = scan(tmp_path / name)
    assert report.held
    assert "image" in report.not_examined[0]


def test_a_large_picture_in_an_archive_holds_it_and_an_icon_does_not(tmp_path):
    for size, held in ((32, False), (800, True)):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("arrets.csv", "arret;ligne\nGare;1\nMairie;2\nStade;1\n")
            archive.writestr("fond.png", png(size, size))
        assert scan(tmp_path / "a.zip").held is held


def word(path, body, **more):
    """A Word document with this body, and other parts."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in more.items():
            archive.writestr(f"word/{name}.xml", f"<w:part {space}>{content}</w:part>")
    return path


def paragraph(*pieces):
    return "<w:p>" + "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in pieces) + "</w:p>"


def grid(rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_the_words_of_a_document_are_read_across_its_pieces(tmp_path):
    # A word processor cuts a number wherever the author stopped.
    path = word(tmp_path / "note.docx", paragraph("Rappeler au 06 1", "2 34 56 78"))
    assert found(scan(path)) == {(None, "texte", "phone")}


def test_comments_deletions_and_feet_of_pages_are_read(tmp_path):
    hidden = "<w:p><w:del><w:r><w:delText>jeanne.dupont@orange.fr</w:delText></w:r></w:del></w:p>"
    assert held_categories(scan(word(tmp_path / "a.docx", hidden))) == {"email"}
    note = paragraph("vu avec Mme Le Goff")
    assert held_categories(scan(word(tmp_path / "b.docx", paragraph("Bilan"), comments=note))) == {"name"}
    assert held_categories(scan(word(tmp_path / "c.docx", paragraph("Bilan"), footer1=note))) == {"name"}


def test_a_table_in_a_document_is_a_table(tmp_path):
    people = [["Nom", "Adresse", "Portable"], *zip(NAMES, STREETS, MOBILES, strict=True)]
    report = scan(word(tmp_path / "liste.docx", paragraph("Liste des inscrits") + grid(people)))
    assert {(each.column, each.category, each.where) for each in report.findings if each.decision == "block"} == {
        ("Nom", "name", "tableau 1"), ("Adresse", "address", "tableau 1"), ("Portable", "phone", "tableau 1"),
    }  # fmt: skip
    headers, rows = OPEN["ecoles.csv"]
    assert not scan(word(tmp_path / "ecoles.docx", grid([headers, *rows]))).held


def test_a_text_document_of_libreoffice_is_read(tmp_path):
    spaces = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
              'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {spaces}><office:body><office:text>"
                         "<text:p>Compte FR14 2004 1010 0505 0001 3M02 606</text:p>"
                         "</office:text></office:body></office:document-content>")  # fmt: skip
    assert held_categories(scan(tmp_path / "a.odt")) == {"iban"}


def test_a_document_with_a_large_picture_is_held(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Plan du quartier"))
    assert not scan(path).held
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/media/image1.png", png(900, 600))
    assert "1 image(s)" in scan(path).not_examined[0]


def test_a_page_named_as_a_workbook_is_read(tmp_path):
    lines = "".join(f"<tr><td>{name}</td><td>{phone}</td></tr>" for name, phone in zip(NAMES, MOBILES, strict=True))
    path = tmp_path / "export.xls"
    path.write_text(f"<html><body><table><tr><th>Usager</th><th>Portable</th></tr>{lines}</table></body></html>")
    assert held_categories(scan(path)) == {"name", "phone"}


def test_a_large_picture_in_a_workbook_is_said(tmp_path):
    workbook({"Écoles": OPEN["ecoles.csv"]}).save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/media/image1.png", png(900, 600))
    assert "image" in scan(tmp_path / "a.xlsx").not_examined[0]


def test_a_geoparquet_of_homes_is_held_and_one_of_stops_passes(tmp_path):
    points = [Point(5.2 + place / 100, 46.2).wkb for place in range(8)]
    pl.DataFrame({"abonne": NAMES, "geometry": points}).write_parquet(tmp_path / "abonnes.parquet")
    assert ("geometry", "geolocation_home") in {
        (each.column, each.category) for each in scan(tmp_path / "abonnes.parquet").findings
    }
    zone = Polygon([(5, 46), (5.1, 46), (5.1, 46.1)]).wkb
    frame = pl.DataFrame(
        {"arret": [f"Arrêt {town}" for town in TOWNS], "geometry": [*points[:7], zone], "lignes": [[1, 2]] * 8}
    )
    frame.write_parquet(tmp_path / "arrets.parquet")
    report = scan(tmp_path / "arrets.parquet")
    assert not report.held
    assert report.not_examined == ()


def test_bytes_that_are_no_shape_are_said(tmp_path):
    pl.DataFrame({"arret": TOWNS, "photo": [b"\xff\xd8\xff0"] * 8}).write_parquet(tmp_path / "a.parquet")
    assert "photo" in scan(tmp_path / "a.parquet").not_examined[0]


def test_a_kmz_is_the_map_in_it(tmp_path):
    marks = "".join(
        f"<Placemark><name>{name}</name><phone>{tel}</phone></Placemark>"
        for name, tel in zip(NAMES, MOBILES, strict=True)
    )
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", f'<?xml version="1.0"?><kml><Document>{marks}</Document></kml>')
    assert {"name", "phone"} <= held_categories(scan(tmp_path / "a.kmz"))


def test_tracks_of_walks_pass_and_a_named_author_is_seen(tmp_path):
    points = "".join(f'<trkpt lat="46.2{n}" lon="5.2{n}"><ele>200</ele></trkpt>' for n in range(10, 40))
    track = f"<trk><name>Sentier des étangs</name><trkseg>{points}</trkseg></trk>"
    for name, author, held in (
        ("a", "", False),
        ("b", "<author><email>jeanne.dupont@orange.fr</email></author>", True),
    ):
        (tmp_path / f"{name}.gpx").write_text(f'<?xml version="1.0"?><gpx><metadata>{author}</metadata>{track}</gpx>')
        assert scan(tmp_path / f"{name}.gpx").held is held


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_damaged_document_is_refused(name, tmp_path):
    if name == "a.pdf":
        (tmp_path / name).write_bytes(b"%PDF-1.4\nabime")
    else:
        word(tmp_path / name, "<w:p>")
    with pytest.raises(TableError):
        scan(tmp_path / name)
