"""Catalogues kept in files as people have them: compressed, cut, one object a line, without their envelope."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Budget, BudgetError, Client, Source
from tests.harvest.reading import PREFIXES, codes, read_site, read_text, site

TURTLE = f"{PREFIXES}\n<https://a.fr/d/1> a dcat:Dataset ; dct:title 'Arbres' ; dct:description 'Tous.' ."


def package(number: int, **more: Any) -> dict[str, Any]:
    """Return a dataset as CKAN writes it."""
    files = [{"id": f"r{number}", "url": f"https://a.fr/{number}.csv", "format": "CSV", "name": "Table"}]
    return {
        "id": f"p{number}",
        "name": f"jeu-{number}",
        "title": f"Jeu {number}",
        "notes": "Tout.",
        "license_id": "lov2",
        "tags": [{"name": "eau"}],
        "resources": files,
        **more,
    }


def udata(number: int) -> dict[str, Any]:
    """Return a dataset as udata writes it."""
    files = [{"id": f"r{number}", "url": f"https://a.fr/{number}.csv", "format": "csv", "title": "Table"}]
    return {
        "id": f"u{number}",
        "slug": f"jeu-{number}",
        "title": f"Jeu {number}",
        "description": "Tout.",
        "tags": ["eau"],
        "organization": {"name": "Ville"},
        "frequency": "annual",
        "license": "lov2",
        "resources": files,
    }


def test_a_compressed_file_is_read_as_the_catalogue_in_it(tmp_path: Path) -> None:
    reading = read_text(tmp_path, gzip.compress(TURTLE.encode()), "catalogue.ttl.gz")
    assert [one.title for one in reading.datasets] == ["Arbres"]


def test_a_compressed_file_in_several_parts_is_read_whole(tmp_path: Path) -> None:
    half = len(TURTLE) // 2
    content = gzip.compress(TURTLE[:half].encode()) + gzip.compress(TURTLE[half:].encode())
    assert len(read_text(tmp_path, content, "catalogue.ttl.gz").datasets) == 1


def test_a_compressed_file_cut_between_two_lines_is_not_taken_for_a_whole_catalogue(tmp_path: Path) -> None:
    rdf, dct = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://purl.org/dc/terms/title"
    lines = "".join(
        f"<https://a.fr/d/{n}> <{rdf}> <http://www.w3.org/ns/dcat#Dataset> .\n"
        f'<https://a.fr/d/{n}> <{dct}> "Jeu {n}" .\n'
        for n in range(20)
    )
    packer = zlib.compressobj(wbits=31)
    content = packer.compress(lines.encode()) + packer.flush(zlib.Z_SYNC_FLUSH)  # and no end
    reading = read_text(tmp_path, content, "catalogue.nt.gz")
    assert len(reading.datasets) == 20
    assert "truncated" in codes(reading)
    assert not reading.complete


def test_a_compressed_body_sent_without_saying_so_is_read() -> None:
    with site({"/c.ttl.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(TURTLE.encode()))}) as address:
        assert len(read_site(f"{address}/c.ttl.gz").datasets) == 1


def test_a_compressed_file_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bombe.json.gz"
    path.write_bytes(gzip.compress(b"[" + b" " * 20_000_000))
    with pytest.raises(BudgetError):
        read(Client(Budget(answer_size=1_000_000)), Source.file(path))


def test_a_list_of_ckan_cut_in_the_middle_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    text = json.dumps({"success": True, "result": {"count": 3, "results": [package(1), package(2), package(3)]}})
    reading = read_text(tmp_path, text[: text.index("p3") + 1], "package_search.json")
    assert [one.title for one in reading.datasets] == ["Jeu 1", "Jeu 2"]
    assert "truncated" in codes(reading)
    assert not reading.complete


def test_a_list_of_udata_cut_in_the_middle_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    text = json.dumps({"data": [udata(1), udata(2), udata(3)], "page": 1, "total": 3})
    reading = read_text(tmp_path, text[: text.index("u3") + 1], "datasets.json")
    assert reading.kind == "datagouv"
    assert [one.title for one in reading.datasets] == ["Jeu 1", "Jeu 2"]
    assert "truncated" in codes(reading)


def test_a_list_of_udata_without_its_page_is_read_by_the_reader_of_udata(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps([udata(1), udata(2)]), "datasets.json")
    assert reading.kind == "datagouv"
    assert [one.description for one in reading.datasets] == ["Tout.", "Tout."]


def test_one_object_a_line_is_a_list(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(package(number)) for number in (1, 2, 3))
    reading = read_text(tmp_path, gzip.compress(lines.encode()), "datasets.jsonl.gz")
    assert [one.title for one in reading.datasets] == ["Jeu 1", "Jeu 2", "Jeu 3"]
    assert reading.complete


def test_a_wrong_line_costs_itself_only(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(package(1)), json.dumps(package(2))[:-9], json.dumps(package(3))])
    reading = read_text(tmp_path, lines, "datasets.jsonl")
    assert [one.title for one in reading.datasets] == ["Jeu 1", "Jeu 3"]
    assert "truncated" in codes(reading)


@pytest.mark.parametrize("left_out", ["name", "id"])
def test_a_dataset_of_ckan_without_its_envelope_is_read(tmp_path: Path, left_out: str) -> None:
    alone = {key: value for key, value in package(1).items() if key != left_out}
    (found,) = read_text(tmp_path, json.dumps(alone), "dataset.json").datasets
    assert (found.title, found.description, found.keywords) == ("Jeu 1", "Tout.", ("eau",))
    assert [one.url for one in found.resources] == ["https://a.fr/1.csv"]


def test_results_of_ckan_without_their_count_are_read(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps({"results": [package(1), package(2)]}), "results.json")
    assert len(reading.datasets) == 2


def test_what_is_no_number_is_nothing(tmp_path: Path) -> None:
    text = json.dumps(package(1, score=float("nan")))
    assert "NaN" in text
    (found,) = read_text(tmp_path, text, "dataset.json").datasets
    json.dumps(found.raw, allow_nan=False)


def test_a_site_may_send_its_list_compressed_and_cut() -> None:
    text = json.dumps([package(1), package(2)])
    body = gzip.compress(text[: text.index("p2")].encode())
    with site({"/liste.json": (200, {"Content-Type": "application/json"}, body)}) as address:
        reading = read_site(f"{address}/liste.json")
    assert "truncated" in codes(reading)
    assert [one.title for one in reading.datasets] == ["Jeu 1"]


def test_links_of_an_answer_of_opendatasoft_tell_its_portal(tmp_path: Path) -> None:
    metas = {"default": {"title": "Arbres", "description": "Tous.", "license": "Licence Ouverte v2.0"}}
    answer = {
        "total_count": 1,
        "results": [{"dataset_id": "arbres", "has_records": True, "features": [], "metas": metas}],
        "links": [{"rel": "self", "href": "https://data.a.fr/api/explore/v2.1/catalog/datasets?limit=1"}],
    }
    (found,) = read_text(tmp_path, json.dumps(answer), "datasets.json").datasets
    assert "https://data.a.fr/api/explore/v2.1/catalog/datasets/arbres/exports/json" in {
        one.url for one in found.resources
    }
    assert found.landing_page == "https://data.a.fr/explore/dataset/arbres/"


def test_records_of_a_service_without_their_envelope_of_rdf(tmp_path: Path) -> None:
    names = (
        'xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="http://xmlns.com/foaf/0.1/"'
    )
    text = f"""<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">
      <csw:SearchResults numberOfRecordsMatched="3" numberOfRecordsReturned="3" nextRecord="0">
      <dcat:Dataset {names} rdf:about="https://a.fr/1"><dct:title>Un</dct:title></dcat:Dataset>
      <dcat:CatalogRecord {names}><foaf:primaryTopic><dcat:Dataset rdf:about="https://a.fr/2"><dct:title>Deux</dct:title>
      </dcat:Dataset></foaf:primaryTopic></dcat:CatalogRecord>
      <rdf:RDF {names}><dcat:Dataset rdf:about="https://a.fr/3"><dct:title>Trois</dct:title></dcat:Dataset></rdf:RDF>
      </csw:SearchResults></csw:GetRecordsResponse>"""
    assert [one.title for one in read_text(tmp_path, text, "csw.xml").datasets] == ["Un", "Deux", "Trois"]


def test_the_table_of_the_catalogue_of_the_state(tmp_path: Path) -> None:
    text = (
        "titre,description,nom_orga,siret_orga,contact_service,date_pub,couv_geo,url,format,licence\n"
        "Arbres,Tous.,Ville de Bourg,18006701900430,sig@a.fr,2005-01-14,France métropolitaine,https://a.fr/1.csv,CSV,"
        "Licence ouverte\n"
    )
    (found,) = read_text(tmp_path, text, "catalogue.csv").datasets
    assert (found.publisher.name, found.publisher.identifier) == ("Ville de Bourg", "18006701900430")
    assert (found.contact.email, found.issued) == ("sig@a.fr", "2005-01-14")
    assert [place.label for place in found.spatial] == ["France métropolitaine"]


@pytest.mark.parametrize("broken", ['"title": "Jeu 2', '"notes": Tout', '"tags": [{'])
def test_a_record_badly_written_costs_none_of_those_after_it(tmp_path: Path, broken: str) -> None:
    entries = [json.dumps(package(number)) for number in range(1, 6)]
    whole = entries[1]
    entries[1] = whole[: whole.index('"title"')] + broken + whole[whole.index('"license_id"') - 2 :]
    text = '{"success": true, "result": {"count": 5, "results": [' + ", ".join(entries) + "]}}"
    with pytest.raises(ValueError, match="line 1"):
        json.loads(text)
    reading = read_text(tmp_path, text, "package_search.json")
    assert {"Jeu 1", "Jeu 3", "Jeu 4", "Jeu 5"} <= {one.title for one in reading.datasets}
    assert len(reading.datasets) <= 5
    assert "truncated" in codes(reading)


def test_a_record_of_a_service_badly_written_costs_its_own_at_most(tmp_path: Path) -> None:
    entries = [
        f"<csw:Record>\n<dc:identifier>i{number}</dc:identifier>\n<dc:title>Jeu {number}</dc:title>\n</csw:Record>\n"
        for number in range(1, 6)
    ]
    entries[1] = entries[1].replace("<dc:title>", '<dc:title lang=fr">')
    text = (
        '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<csw:SearchResults numberOfRecordsMatched="5" nextRecord="0">\n'
        f"{''.join(entries)}</csw:SearchResults>\n</csw:GetRecordsResponse>"
    )
    reading = read_text(tmp_path, text, "csw.xml")
    assert {"Jeu 1", "Jeu 3", "Jeu 4", "Jeu 5"} <= {one.title for one in reading.datasets}
    assert "truncated" in codes(reading)


def test_a_record_of_iso_19115_3_in_the_namespaces_of_a_careless_tool(tmp_path: Path) -> None:
    def text(value: str) -> str:
        return f"<gco:CharacterString>{value}</gco:CharacterString>"

    def part(form: str, url: str) -> str:
        return (
            "<mdb:distributionInfo><mrd:MD_Distribution><mrd:distributionFormat><mrd:MD_Format>"
            f"<mrd:formatSpecificationCitation><cit:CI_Citation><cit:title>{text(form)}</cit:title></cit:CI_Citation>"
            "</mrd:formatSpecificationCitation></mrd:MD_Format></mrd:distributionFormat><mrd:transferOptions>"
            "<mrd:MD_DigitalTransferOptions><mrd:onLine><cit:CI_OnlineResource>"
            f"<cit:linkage>{text(url)}{text('https://a.fr/en')}</cit:linkage><cit:protocol>{text('WWW:DOWNLOAD')}</cit:protocol>"
            "</cit:CI_OnlineResource></mrd:onLine></mrd:MD_DigitalTransferOptions></mrd:transferOptions>"
            "</mrd:MD_Distribution></mdb:distributionInfo>"
        )

    sides = {"west": -1, "east": 3, "south": 45, "north": 47}
    bounds = {"west": "Longitude", "east": "Longitude", "south": "Latitude", "north": "Latitude"}
    box = "".join(
        f"<mdb:{side}Bound{bounds[side]}><gco:Decimal>{value}</gco:Decimal></mdb:{side}Bound{bounds[side]}>"
        for side, value in sides.items()
    )
    spaces = {
        "mdb": "mdb/2.0",
        "mcc": "mcc/1.0",
        "mri": "mri/1.0",
        "mrd": "mrd/1.0",
        "cit": "cit/2.0",
        "gco": "gco/1.0",
    }
    names = " ".join(f'xmlns:{key}="http://standards.iso.org/iso/19115/-3/{end}"' for key, end in spaces.items())
    document = (
        f"<mdb:MD_Metadata {names}><mdb:identificationInfo><mri:MD_DataIdentification><mri:citation><cit:CI_Citation>"
        f"<cit:title>{text('Arbres')}</cit:title></cit:CI_Citation></mri:citation><mdb:extent><mdb:EX_Extent>"
        f"<mdb:geographicElement><mdb:EX_GeographicBoundingBox>{box}</mdb:EX_GeographicBoundingBox>"
        "</mdb:geographicElement></mdb:EX_Extent></mdb:extent></mri:MD_DataIdentification></mdb:identificationInfo>"
        f"{part('CSV', 'https://a.fr/1')}{part('GeoJSON', 'https://a.fr/2')}</mdb:MD_Metadata>"
    )
    (found,) = read_text(tmp_path, document, "fiche.xml").datasets
    assert [(one.url, one.format) for one in found.resources] == [
        ("https://a.fr/1", "CSV"),
        ("https://a.fr/2", "GeoJSON"),
    ]
    assert [place.bbox for place in found.spatial] == [(-1, 45, 3, 47)]


def test_a_data_json_that_says_little(tmp_path: Path) -> None:
    reading = read_text(tmp_path, json.dumps({"dataset": [{"title": "Arbres", "identifier": "1"}]}), "data.json")
    assert (reading.kind, [one.title for one in reading.datasets]) == ("datajson", ["Arbres"])
