"""The French schema of Solr, derived from the one of the installed CKAN so that it follows CKAN's versions.

Only the analysers of the two text types are replaced; fields for spelling and for the area search of ckanext-spatial
are added. Whatever CKAN changes elsewhere comes along. A schema whose shape is not the expected one is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.search.french import PLURALS, STEM_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Where ckanext-spatial's ``solr-spatial-field`` backend writes geometries (``ckanext.spatial.solr_geom_field_name``).
SPATIAL_FIELD = "spatial_geom"
SPELL_FIELD = "text_spell"
_SPELL_SOURCES = ("title", "notes", "tags", "text")
_BBOX_FIELDS = ("minx", "maxx", "miny", "maxy")
_ACCENTS = {"a": "[aàâä]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]"}


class SchemaShapeError(ValueError):
    """The schema of the installed CKAN lacks something the French one is built on."""


def ckan_schema_path() -> Path:
    """Return the path of the installed CKAN's ``schema.xml``, found without loading CKAN."""
    from importlib.util import find_spec  # noqa: PLC0415

    spec = find_spec("ckan")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / "config" / "solr" / "schema.xml"
        if path.is_file():
            return path
    raise SchemaShapeError("The installed CKAN has no config/solr/schema.xml; is CKAN installed?")


def derive_schema(source: str | bytes, stopwords: Iterable[str] = ()) -> bytes:
    """Return CKAN's ``schema.xml`` with French analysis, spelling and spatial fields, as UTF-8 XML.

    ``stopwords`` are lower-case words without accents, those of the core's ``stopwords.txt``.

    Raises:
        SchemaShapeError: a type, a field or a section that the derivation changes is missing.

    """
    raw = source.encode() if isinstance(source, str) else source
    root = etree.fromstring(raw, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    if root.tag != "schema" or not (root.get("name") or "").startswith("ckan-"):
        raise SchemaShapeError('Not a schema of CKAN: its root should be <schema name="ckan-…">.')
    types, fields = _section(root, "types"), _section(root, "fields")
    gaps = stop_pattern(stopwords)
    _replace_analysers(_named(types, "fieldType", "text"), _french_index(gaps), _french_query(gaps))
    _replace_analysers(_named(types, "fieldType", "text_general"), _plain_words(index=True), _plain_words(index=False))
    # Synonyms of several words ("hôtel de ville") are then looked for as a phrase, not as scattered words.
    _named(types, "fieldType", "text").set("autoGeneratePhraseQueries", "true")
    _add_spelling(root, types, fields)
    _add_spatial(types, fields)
    root.insert(0, etree.Comment(" Derived from CKAN's schema by ckanext-ca3b (python -m ckanext.ca3b.search conf). "))
    return etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")


def stop_pattern(stopwords: Iterable[str]) -> str:
    """Return the (Java) regular expression of stop words in running text, whatever their accents and capitals.

    Taken out before words are numbered, they leave no gap: the phrase that a synonym stands for ("collecte déchets")
    is then found in "collecte des déchets". Solr's own stop filter leaves a gap that such a phrase cannot cross.
    """
    words = sorted(set(stopwords))
    if not words:
        return ""
    alternatives = "|".join("".join(_ACCENTS.get(letter, re.escape(letter)) for letter in word) for word in words)
    return rf"(?iu)(?<![\p{{L}}\p{{N}}])(?:{alternatives})(?![\p{{L}}\p{{N}}])"


def _section(root: etree._Element, tag: str) -> etree._Element:
    section = root.find(tag)
    if section is None:
        raise SchemaShapeError(f"CKAN's schema.xml has no <{tag}> section.")
    return section


def _named(section: etree._Element, tag: str, name: str) -> etree._Element:
    for element in section.iterfind(tag):
        if element.get("name") == name:
            return element
    raise SchemaShapeError(f'CKAN\'s schema.xml has no <{tag} name="{name}">.')


def _replace_analysers(field_type: etree._Element, index: etree._Element, query: etree._Element) -> None:
    analysers = field_type.findall("analyzer")
    if {analyser.get("type") for analyser in analysers} != {"index", "query"}:
        raise SchemaShapeError(
            f"The type {field_type.get('name')!r} of CKAN's schema.xml should have an index and a query analyser."
        )
    for analyser in analysers:
        field_type.remove(analyser)
    field_type.extend([index, query])


def _analyser(kind: str, tokenizer: str, filters: list[dict[str, str]], gaps: str = "") -> etree._Element:
    analyser = etree.Element("analyzer", {"type": kind} if kind else {})
    if gaps:
        attributes = {"class": "solr.PatternReplaceCharFilterFactory", "pattern": gaps, "replacement": " "}
        etree.SubElement(analyser, "charFilter", attributes)
    etree.SubElement(analyser, "tokenizer", {"class": f"solr.{tokenizer}Factory"})
    for attributes in filters:
        etree.SubElement(analyser, "filter", attributes)
    return analyser


def _filter(name: str, **attributes: str) -> dict[str, str]:
    return {"class": f"solr.{name}Factory", **attributes}


def _words(*, index: bool) -> list[dict[str, str]]:
    """Cut into words: "(l'eau", "Wi-Fi", "budget_2024". Joined forms are indexed too, so that "wifi" finds "Wi-Fi"."""
    join = "1" if index else "0"
    delimiter = _filter(
        "WordDelimiterGraphFilter",
        generateWordParts="1", generateNumberParts="1", catenateWords=join, catenateNumbers=join, catenateAll="0",
        splitOnCaseChange="1", splitOnNumerics="1", stemEnglishPossessive="0",
    )  # fmt: skip
    return [
        # Opening signs hide an elision: "(l'eau", "«d'assainissement".
        _filter("PatternReplaceFilter", pattern=r"^[^\p{L}\p{N}]+", replacement=""),
        _filter("ElisionFilter"),
        delimiter,
        *([_filter("FlattenGraphFilter")] if index else []),
        _filter("LowerCaseFilter"),
        _filter("ASCIIFoldingFilter"),
    ]


def _stemming() -> dict[str, str]:
    names = [f"patternReplace-{number:02}" for number in range(len(STEM_RULES))]
    attributes = {"protected": "protwords.txt", "ignoreCase": "false", "wrappedFilters": ",".join(names)}
    for name, (pattern, replacement) in zip(names, STEM_RULES, strict=True):
        attributes[f"{name}.pattern"] = pattern
        attributes[f"{name}.replacement"] = replacement
    return _filter("ProtectedTermFilter", **attributes)


def _french() -> list[dict[str, str]]:
    # The stop filter is for what was cut off a word only: "D117" is "117", as "D 117" is.
    return [_filter("StopFilter", words="stopwords.txt", ignoreCase="false"), _stemming()]


def _french_index(gaps: str) -> etree._Element:
    return _analyser("index", "WhitespaceTokenizer", [*_words(index=True), *_french()], gaps)


def _french_query(gaps: str) -> etree._Element:
    # Last, on words already reduced: one entry of the file serves every number, gender and accent.
    synonyms = _filter("SynonymGraphFilter", synonyms="synonyms.txt", ignoreCase="false", expand="true")
    return _analyser("query", "WhitespaceTokenizer", [*_words(index=False), *_french(), synonyms], gaps)


def _plain_words(*, index: bool) -> etree._Element:
    return _analyser("index" if index else "query", "WhitespaceTokenizer", _words(index=index))


def _add_spelling(root: etree._Element, types: etree._Element, fields: etree._Element) -> None:
    spelling = etree.SubElement(types, "fieldType", {
        "name": SPELL_FIELD, "class": "solr.TextField", "positionIncrementGap": "100",
    })  # fmt: skip
    # Whole words without accents: two wrong letters are all that Solr corrects, and accents would use them up
    # ("dechetrie" for "déchèterie"). The accents are put back from the titles when the suggestion is shown.
    spelling.append(_analyser("", "StandardTokenizer", [
        _filter("ElisionFilter"),
        _filter("LowerCaseFilter"),
        _filter("ASCIIFoldingFilter"),
        _filter("StopFilter", words="stopwords.txt", ignoreCase="false"),
        _filter("LengthFilter", min="2", max="40"),
        # The plural is a letter more to correct: "vlo" is two from "vélos".
        *(_filter("PatternReplaceFilter", pattern=pattern, replacement="$1") for pattern in PLURALS),
    ]))  # fmt: skip
    _insert_field(fields, SPELL_FIELD, SPELL_FIELD, multi="true")
    for source in _SPELL_SOURCES:
        _named(fields, "field", source)
        etree.SubElement(root, "copyField", {"source": source, "dest": SPELL_FIELD})


def _add_spatial(types: etree._Element, fields: etree._Element) -> None:
    etree.SubElement(types, "fieldType", {
        "name": "location_rpt", "class": "solr.SpatialRecursivePrefixTreeFieldType", "spatialContextFactory": "JTS",
        "autoIndex": "true", "validationRule": "repairBuffer0", "geo": "true", "distErrPct": "0.025",
        "maxDistErr": "0.001", "distanceUnits": "kilometers",
    })  # fmt: skip
    _insert_field(fields, SPATIAL_FIELD, "location_rpt", multi="true")
    for name in _BBOX_FIELDS:
        _insert_field(fields, name, "float", multi="false")


def _insert_field(fields: etree._Element, name: str, kind: str, *, multi: str) -> None:
    """Add an unstored field before the dynamic ones."""
    if any(element.get("name") == name for element in fields):
        raise SchemaShapeError(f"CKAN's schema.xml now has a field {name!r} of its own.")
    field = etree.Element("field", {
        "name": name, "type": kind, "indexed": "true", "stored": "false", "multiValued": multi,
    })  # fmt: skip
    fields.insert(len(fields.findall("field")), field)
