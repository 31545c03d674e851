"""A geographic catalogue is read by CSW, in ISO 19139 when it has it, from the address of any of its pages."""

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.sources import SourceError

from .serving import ANSWERS, answer, by_title, codes, pages, read_at, read_file, serving

PLU = "Zonage du PLU de Viriat"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "{}">]><csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">&b;</csw:Capabilities>'


def geonetwork(method, path, query):
    """Answer as GeoNetwork: two records a page, an exception for a request that is none."""
    if path != "/geonetwork/srv/fre/csw":
        return "<html><title>GéoCatalogue</title></html>" if path.startswith("/geonetwork/srv/fre/catalog") else None
    asked = {name.lower(): value for name, value in query.items()}
    if asked.get("request") == "GetCapabilities":
        return answer("csw_capabilities.xml")
    if asked.get("request") == "GetRecords" and asked["outputschema"] == "http://www.isotc211.org/2005/gmd":
        return answer("csw_records_1.xml" if asked["startposition"] == "1" else "csw_records_2.xml")
    return 400


@pytest.mark.parametrize(
    "address",
    [
        "/geonetwork/srv/fre/csw",
        "/geonetwork/srv/fre/csw?service=CSW&version=2.0.2&request=GetCapabilities",
        "/geonetwork/srv/fre/csw?SERVICE=CSW&REQUEST=GetRecords&outputSchema=http://www.isotc211.org/2005/gmd",
        "/geonetwork/srv/fre/catalog.search#/home",
    ],
)
def test_a_catalogue_is_read_whole_from_any_of_its_addresses(address):
    with serving(geonetwork) as site:
        reading = read_at(site.address + address, "csw" if address.endswith("csw") or "GetRecords" in address else "")
    assert (reading.kind, reading.pages, reading.complete) == ("csw", 2, True)
    assert [each.identifier for each in reading.datasets] == ["9f1c0a2e-plu-viriat", "fiche-vide"]
    assert codes(reading, "service-wms") == {"not-dataset"}


def test_what_a_record_says_is_told_in_our_words():
    with serving(geonetwork) as site:
        found = by_title(read_at(f"{site.address}/geonetwork/srv/fre/catalog.search#/home"))[PLU]
        assert (
            found.provenance["url"] == f"{site.address}/geonetwork/srv/fre/catalog.search#/metadata/{found.identifier}"
        )
    assert found.uri == "https://geo.agglo.example/jeu/plu-viriat"
    assert found.keywords == ("urbanisme", "droit de l'urbanisme", "Usage des sols")
    assert found.themes == ("http://publications.europa.eu/resource/authority/data-theme/REGI",)
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert found.access_rights.endswith("/PUBLIC")
    assert (found.publisher.name, found.contact.email) == ("Commune de Viriat", "sig@agglo.example")
    assert (found.issued, found.modified) == ("2018-06-01", "2024-11-20")
    assert (found.spatial[0].label, found.spatial[0].bbox) == ("Viriat", (5.15, 46.22, 5.3, 46.31))
    assert [(one.start, one.end) for one in found.temporal] == [("2018-01-01", "")]
    assert (found.frequency[-7:], found.language) == ("/ANNUAL", ("fr",))
    assert found.conforms_to == ("http://www.opengis.net/def/crs/EPSG/0/2154",)
    assert found.landing_page == "https://www.viriat.example/plu"
    assert [(one.format, one.title) for one in found.resources] == [
        ("SHP", "Téléchargement du zonage"), ("WMS", "agglo:plu_viriat"), ("WFS", "agglo:plu_viriat")]  # fmt: skip
    assert found.raw["lineage"] == "Numérisé d’après le cadastre."


def test_an_empty_record_is_told_with_what_it_lacks():
    reading = read_file(ANSWERS / "csw_records_1.xml")
    assert codes(reading, "fiche-vide") == {"missing-title", "missing-description", "missing-license", "no-resource"}


@pytest.mark.parametrize(
    ("sentence", "licence"),
    [
        ("Données sous Licence Ouverte version 2.0 (Etalab) : citer la source.", "licence-ouverte-open-licence"),
        ("ODbL, voir https://opendatacommons.org/licenses/odbl/.", "odbl/summary/"),
        ("Réservé à un usage interne", "Réservé à un usage interne"),
    ],
)
def test_a_licence_is_found_in_the_sentence_that_names_it(tmp_path, sentence, licence):
    text = answer("csw_records_1.xml")
    start = text.index('<gmx:Anchor xlink:href="https://www.etalab')
    end = text.index("</gmx:Anchor>", start) + len("</gmx:Anchor>")
    path = tmp_path / "a.xml"
    path.write_text(f"{text[:start]}<gco:CharacterString>{sentence}</gco:CharacterString>{text[end:]}", "utf-8")
    assert by_title(read_file(path))[PLU].license.endswith(licence)


def test_a_catalogue_without_iso_is_read_in_dublin_core():
    def poor(method, path, query):
        if query.get("request") == "GetCapabilities":
            return answer("csw_capabilities.xml").replace("<ows:Value>http://www.isotc211.org/2005/gmd</ows:Value>", "")
        return (
            answer("csw_dublin_core.xml")
            if query.get("outputSchema") == "http://www.opengis.net/cat/csw/2.0.2"
            else 400
        )

    with serving(poor) as site:
        (found,) = read_at(f"{site.address}/csw", "csw").datasets
    assert (found.title, found.keywords) == ("Pistes cyclables", ("vélo", "piste cyclable & voie verte"))
    assert (found.spatial[0].bbox, found.resources[0].format) == ((5.1, 46.2, 5.2, 46.3), "GeoJSON")
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


def test_a_page_cut_in_the_middle_gives_the_records_before_the_cut(tmp_path):
    text = answer("csw_records_1.xml")
    path = tmp_path / "a.xml"
    path.write_text(text[: text.index("fiche-vide")], "utf-8")
    reading = read_file(path)
    assert PLU in by_title(reading)
    assert not reading.complete


def test_a_forbidden_character_pasted_in_a_record_costs_nothing(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(answer("csw_records_1.xml").replace("Zones du plan", "Zones\x0b du plan"), "utf-8")
    reading = read_file(path)
    assert by_title(reading)[PLU].description == "Zones du plan local d’urbanisme."
    assert "forbidden-characters" in codes(reading)


def test_the_error_of_a_catalogue_is_repeated_to_the_operator():
    said = "<ows:ExceptionText>Index en panne</ows:ExceptionText>"
    report = f'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows">{said}</ows:ExceptionReport>'
    with serving(lambda *_: report) as site, pytest.raises(SourceError, match="Index en panne"):
        read_at(f"{site.address}/csw", "csw")


def test_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("motdepasse")
    for text in (ENTITIES.format("boum"), ENTITIES.replace('"{}"', f'SYSTEM "file://{secret}"')):
        with serving(pages({"/csw": text})) as site, pytest.raises(SourceError) as refused:
            read_at(f"{site.address}/csw", "csw")
        assert refused.value.code == "entities"
        assert "motdepasse" not in str(refused.value)


def test_a_catalogue_whose_next_page_is_the_same_one_ends():
    page = answer("csw_records_1.xml").replace('nextRecord="3"', 'nextRecord="1"')

    def stuck(method, path, query):
        return answer("csw_capabilities.xml") if query.get("request") == "GetCapabilities" else page

    with serving(stuck) as site:
        reading = read_at(f"{site.address}/csw", "csw")
        assert len(site.asked) < 5
    assert PLU in by_title(reading)


def test_a_translation_into_french_is_read_before_the_language_of_the_record(tmp_path):
    title = "<gco:CharacterString>Zonage du PLU de Viriat</gco:CharacterString>"
    translated = (
        "<gco:CharacterString>Land use plan of Viriat</gco:CharacterString><gmd:PT_FreeText><gmd:textGroup>"
        '<gmd:LocalisedCharacterString locale="#FR">Zonage du PLU de Viriat</gmd:LocalisedCharacterString>'
        "</gmd:textGroup></gmd:PT_FreeText>"
    )
    path = tmp_path / "a.xml"
    path.write_text(answer("csw_records_1.xml").replace(title, translated), "utf-8")
    assert PLU in by_title(read_file(path))


def test_one_record_alone_is_read_with_the_extensions_for_imagery_too(tmp_path):
    text = answer("csw_records_1.xml")
    record = text[text.index("<gmd:MD_Metadata") : text.index("</gmd:MD_Metadata>")] + "</gmd:MD_Metadata>"
    (tmp_path / "a.xml").write_text(record, "utf-8")
    imagery = record.replace("gmd:MD_Metadata", "gmi:MI_Metadata").replace(
        "<gmi:MI_Metadata", '<gmi:MI_Metadata xmlns:gmi="http://www.isotc211.org/2005/gmi"', 1
    )
    (tmp_path / "b.xml").write_text(imagery, "utf-8")
    first, second = (read_file(tmp_path / name) for name in ("a.xml", "b.xml"))
    assert [each.content_hash for each in first.datasets] == [each.content_hash for each in second.datasets]
    assert PLU in by_title(first)


def test_a_box_whose_sides_were_swapped_is_put_right(tmp_path):
    text = answer("csw_records_1.xml").replace(">5.15<", ">W<").replace(">5.30<", ">5.15<").replace(">W<", ">5.30<")
    path = tmp_path / "a.xml"
    path.write_text(text, "utf-8")
    assert by_title(read_file(path))[PLU].spatial[0].bbox == (5.15, 46.22, 5.3, 46.31)


def test_the_record_of_the_catalogue_is_a_page_and_never_a_file_of_the_data(tmp_path):
    text = answer("csw_records_1.xml").replace(
        "https://geo.agglo.example/telecharger/plu_viriat.zip", "https://geo.agglo.example/catalog.search#/metadata/x"
    )
    path = tmp_path / "a.xml"
    path.write_text(text.replace("https://www.viriat.example/plu", "https://a.example/GetResource?id=1"), "utf-8")
    found = by_title(read_file(path))[PLU]
    assert found.landing_page == "https://a.example/GetResource?id=1", "its function says that it informs"
    assert "SHP" not in {one.format for one in found.resources}


def test_one_page_of_several_kept_in_a_file_is_not_the_whole_catalogue():
    assert not read_file(ANSWERS / "csw_records_1.xml").complete


def test_a_record_of_iso_19115_3_is_read_as_well():
    (found,) = read_file(ANSWERS / "iso_19115_3.xml").datasets
    assert (found.identifier, found.title, found.issued) == ("haies-polliat", "Haies bocagères", "2023-02-01")
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert (found.keywords, found.frequency[-10:]) == (("haie d'aubépine",), "/AS_NEEDED")
    assert found.spatial[0].bbox == (5.1, 46.2, 5.2, 46.3)
    assert [(one.format, one.url) for one in found.resources] == [("GPKG", "https://geo.agglo.example/haies.gpkg")]
