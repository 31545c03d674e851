"""RDF is read for what it is, whatever it is said to be, and as much of it as can be."""

from __future__ import annotations

import json

import pytest

from ckanext.ca3b.harvest.sources import SourceError
from tests.harvest.reading import PREFIXES, codes, read_site, read_text, site

TURTLE = (
    PREFIXES
    + """
<https://a.fr/c> a dcat:Catalog ; dct:title "Catalogue" ; dcat:dataset <https://a.fr/d/1>, <https://a.fr/d/2> .
<https://a.fr/d/1> a dcat:Dataset ; dct:title "Élagage des arbres"@fr ; dct:identifier "1" .
<https://a.fr/d/2> a dcat:Dataset ; dct:title "Écoles" ; dct:identifier "2" .
"""
)
XML = """<?xml version="1.0" encoding="{encoding}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
         xmlns:dct="http://purl.org/dc/terms/">
<dcat:Dataset rdf:about="https://a.fr/d/1"><dct:title>Élagage des arbres</dct:title></dcat:Dataset>
<dcat:Dataset rdf:about="https://a.fr/d/2"><dct:title>Écoles</dct:title></dcat:Dataset>
</rdf:RDF>"""
LINES = "".join(
    f"<https://a.fr/d/{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n"
    f'<https://a.fr/d/{n}> <http://purl.org/dc/terms/title> "{title}"@fr .\n'
    for n, title in ((1, "Élagage des arbres"), (2, "Écoles"))
)
JSON = json.dumps({
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
    "@graph": [
        {"@id": "https://a.fr/d/1", "@type": "dcat:Dataset", "dct:title": "Élagage des arbres"},
        {"@id": "https://a.fr/d/2", "@type": "dcat:Dataset", "dct:title": "Écoles"},
    ],
})  # fmt: skip
TITLES = ["Élagage des arbres", "Écoles"]


def _titles(reading):
    return [each.title for each in reading.datasets]


@pytest.mark.parametrize(
    "media", ["text/turtle", "text/plain", "application/octet-stream", "application/json", "text/html"]
)
@pytest.mark.parametrize(
    "content", [TURTLE, XML.format(encoding="utf-8"), LINES, JSON], ids=["ttl", "xml", "nt", "jsonld"]
)
def test_the_content_decides_whatever_type_it_is_said_to_have(media, content):
    with site({"/c": (200, {"Content-Type": media}, content)}) as address:
        reading = read_site(f"{address}/c")
    assert reading.kind == "rdf"
    assert _titles(reading) == TITLES


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "content", [TURTLE, XML.format(encoding="utf-8"), LINES, JSON], ids=["ttl", "xml", "nt", "jsonld"]
)
def test_a_byte_order_mark_changes_nothing(tmp_path, content, mark):
    assert _titles(read_text(tmp_path, mark + content.encode())) == TITLES


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("content", [TURTLE, XML, LINES], ids=["ttl", "xml", "nt"])
def test_latin_1_is_read_and_told(tmp_path, content, encoding):
    text = content.format(encoding=encoding) if content is XML else content
    reading = read_text(tmp_path, text.encode(encoding))
    assert _titles(reading) == TITLES
    assert "encoding" in codes(reading)


@pytest.mark.parametrize("word", ["chênes", "Œuvres", "l’été", "garçon", "maïs", "año", "€"])
def test_a_few_accents_are_read_as_those_of_western_europe(tmp_path, word):
    content = PREFIXES + f'<https://a.fr/d/1> a dcat:Dataset ; dct:title "Plan des {word}" .'
    assert _titles(read_text(tmp_path, content.encode("cp1252"))) == [f"Plan des {word}"]


def test_utf_16_is_read(tmp_path):
    assert _titles(read_text(tmp_path, TURTLE.encode("utf-16"))) == TITLES


def test_one_wrong_byte_does_not_spoil_the_accents_of_a_document(tmp_path):
    content = (TURTLE + '<https://a.fr/d/3> a dcat:Dataset ; dct:title "Caf').encode() + b'\xe9" .'
    assert _titles(read_text(tmp_path, content)) == [*TITLES, "Café"]


def test_a_control_character_in_a_text_does_not_cost_the_catalogue(tmp_path):
    text = XML.format(encoding="utf-8").replace("arbres", "arb\x0bres")
    assert _titles(read_text(tmp_path, text)) == TITLES


def test_an_ampersand_alone_and_names_of_html_do_not_cost_the_catalogue(tmp_path):
    text = XML.format(encoding="utf-8").replace("Écoles", "&Eacute;coles & lyc&eacute;es")
    assert _titles(read_text(tmp_path, text)) == ["Élagage des arbres", "Écoles & lycées"]


def test_a_cut_xml_document_gives_what_is_whole(tmp_path):
    text = XML.format(encoding="utf-8").split("<dct:title>Écoles")[0]
    reading = read_text(tmp_path, text)
    assert _titles(reading)[0] == TITLES[0]
    assert "unreadable-piece" in codes(reading)


def test_an_element_that_is_no_rdf_costs_itself_only(tmp_path):
    bad = '<dcat:Dataset rdf:about="https://a.fr/d/0" rdf:nodeID="both"><dct:title>Non</dct:title></dcat:Dataset>'
    text = XML.format(encoding="utf-8").replace("<dcat:Dataset", bad + "<dcat:Dataset", 1)
    reading = read_text(tmp_path, text)
    assert _titles(reading) == TITLES
    (problem,) = [each for each in reading.problems if each.code == "unreadable-piece"]
    assert "Dataset" in problem.message


def test_prefixes_that_xml_does_not_declare_are_the_usual_ones(tmp_path):
    text = XML.format(encoding="utf-8").replace('xmlns:dct="http://purl.org/dc/terms/"', "")
    assert _titles(read_text(tmp_path, text)) == TITLES


def test_what_is_not_there_of_a_cut_document_is_not_said_to_be_gone(tmp_path):
    whole = XML.format(encoding="utf-8")
    assert read_text(tmp_path, whole).complete
    assert not read_text(tmp_path, whole[: whole.index('<dcat:Dataset rdf:about="https://a.fr/d/2"')]).complete


def test_a_wrong_turtle_statement_costs_itself_only_and_its_line_is_told(tmp_path):
    broken = TURTLE.replace('dct:title "Écoles" ;', 'dct:title "Écoles ;')
    text = broken + '<https://a.fr/d/3> a dcat:Dataset ; dct:title "Marchés" .\n'
    reading = read_text(tmp_path, text)
    assert {"Élagage des arbres", "Marchés"} <= set(_titles(reading))
    (problem,) = [each for each in reading.problems if each.code == "unreadable-piece"]
    assert f"#L{broken.split('Écoles')[0].count(chr(10)) + 1}" in problem.where


def test_a_wrong_property_does_not_cost_the_others_of_its_dataset(tmp_path):
    text = (
        PREFIXES
        + '<https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" ; dcat:landingPage <https://a.fr/a<b ; dct:issued "" .'
    )
    (found,) = read_text(tmp_path, text).datasets
    assert found.title == "Eau"


def test_a_missing_full_stop_costs_nothing(tmp_path):
    text = TURTLE.replace('dct:identifier "1" .', 'dct:identifier "1"')
    assert _titles(read_text(tmp_path, text)) == TITLES


def test_prefixes_that_are_not_declared_are_the_usual_ones(tmp_path):
    text = "\n".join(line for line in TURTLE.split("\n") if "@prefix dcat:" not in line)
    reading = read_text(tmp_path, "@prefix ex: <https://a.fr/> .\n" + text)
    assert _titles(reading) == TITLES
    assert "undeclared-prefix" in codes(reading)


def test_cut_turtle_gives_what_is_whole(tmp_path):
    reading = read_text(tmp_path, TURTLE[: TURTLE.index('"Écoles')])
    assert _titles(reading)[:1] == TITLES[:1]
    assert "unreadable-piece" in codes(reading)


def test_a_wrong_line_of_n_triples_costs_itself_only(tmp_path):
    reading = read_text(tmp_path, LINES + "<https://a.fr/d/3> <oops> .\n")
    assert _titles(reading) == TITLES
    assert any(each.where.endswith("#L5") for each in reading.problems)


def test_cut_json_gives_the_nodes_that_are_whole(tmp_path):
    reading = read_text(tmp_path, JSON[: JSON.index("d/2")])
    assert _titles(reading) == TITLES[:1]
    assert "unreadable-piece" in codes(reading)


def test_a_comma_too_many_in_json_is_forgiven(tmp_path):
    assert _titles(read_text(tmp_path, JSON.replace("}]", "},]"))) == TITLES


@pytest.mark.parametrize(
    "context", ["https://example.org/never-there.jsonld", "file:///etc/passwd", "http://127.0.0.1:9/x"]
)
def test_a_remote_context_is_never_fetched(tmp_path, context):
    document = {
        "@context": context, "@id": "https://a.fr/c", "@type": "Catalog",
        "dataset": [{"@id": "https://a.fr/d/1", "@type": "Dataset", "title": "Eau", "keyword": ["eau"],
                     "distribution": [{"@type": "Distribution", "accessURL": "https://a.fr/eau.csv"}]}],
    }  # fmt: skip
    reading = read_text(tmp_path, json.dumps(document))
    (found,) = reading.datasets
    assert (found.title, found.keywords, found.resources[0].url) == ("Eau", ("eau",), "https://a.fr/eau.csv")
    assert "remote-context" in codes(reading)


def test_a_context_of_the_site_itself_is_not_asked_either():
    document = {"@context": "{site}/context.jsonld", "@id": "https://a.fr/d/1", "@type": "Dataset", "title": "Eau"}
    with site({"/c": json.dumps(document), "/context.jsonld": (500, {}, "")}) as address:
        assert _titles(read_site(f"{address}/c")) == ["Eau"]


def test_schema_org_datasets_are_read(tmp_path):
    document = {
        "@context": "https://schema.org/", "@type": "Dataset", "@id": "https://a.fr/d/1", "name": "Eau",
        "description": "Qualité de l’eau", "keywords": "eau, qualité",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "distribution": [{"@type": "DataDownload", "contentUrl": "https://a.fr/eau.csv", "encodingFormat": "text/csv"}],
        "temporalCoverage": "2020/2022",
        "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": "46 5 47 6"}},
    }  # fmt: skip
    (found,) = read_text(tmp_path, json.dumps(document)).datasets
    assert (found.title, found.keywords) == ("Eau", ("eau", "qualité"))
    assert (found.resources[0].url, found.resources[0].format) == ("https://a.fr/eau.csv", "CSV")
    assert (found.temporal[0].start, found.temporal[0].end) == ("2020", "2022")


def test_entities_of_a_document_that_are_short_and_its_own_are_read(tmp_path):
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY dcat "http://www.w3.org/ns/dcat#"> <!ENTITY ville "Viriat">]>'
    text = XML.format(encoding="utf-8").replace("?>", "?>" + doctype, 1).replace("Écoles", "Écoles de &ville;")
    assert _titles(read_text(tmp_path, text))[1] == "Écoles de Viriat"


@pytest.mark.parametrize("doctype", [
    '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE r [<!ENTITY a PUBLIC "x" "http://127.0.0.1/">]>',
    '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
])  # fmt: skip
def test_entities_that_multiply_or_lead_elsewhere_are_refused(tmp_path, doctype):
    text = XML.format(encoding="utf-8").replace("?>", "?>" + doctype, 1).replace("Écoles", "&a;&c;")
    with pytest.raises(SourceError) as refused:
        read_text(tmp_path, text)
    assert refused.value.code == "entities"


def test_an_entity_repeated_millions_of_times_is_refused(tmp_path):
    doctype = f'<!DOCTYPE r [<!ENTITY a "{"a" * 900}">]>'
    text = XML.format(encoding="utf-8").replace("?>", "?>" + doctype, 1).replace("Écoles", "&a;" * 30_000)
    with pytest.raises(SourceError) as refused:
        read_text(tmp_path, text)
    assert refused.value.code == "entities"


@pytest.mark.parametrize(("content", "code"), [
    ("", "empty"), ("   \n", "empty"),
    (PREFIXES + "<https://a.fr/x> a foaf:Person ; foaf:name \"dcat:\" .", "not-catalogue"),
])  # fmt: skip
def test_what_is_no_catalogue_is_refused_in_a_sentence(tmp_path, content, code):
    with pytest.raises(SourceError) as refused:
        read_text(tmp_path, content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_an_empty_catalogue_is_read_as_one(tmp_path):
    reading = read_text(tmp_path, PREFIXES + '<https://a.fr/c> a dcat:Catalog ; dct:title "Rien encore" .')
    assert (reading.datasets, reading.complete) == ((), True)
