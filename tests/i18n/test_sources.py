"""The French sources: complete, faithful to their placeholders, and no longer than needed."""

from __future__ import annotations

import re
from pathlib import Path

import ckan
import ckanext.dcat
from babel.messages.pofile import read_po

from tools import i18n

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^{}\s]*\}")
TAG = re.compile(r"</?[a-z]+")


def unnamed(text):
    return [found for found in PLACEHOLDER.findall(text) if re.fullmatch(r"%[a-z]|\{\}", found)]


def ckan_catalogue():
    path = Path(ckan.__file__).parent / "i18n" / "fr" / "LC_MESSAGES" / "ckan.po"
    with path.open("rb") as file:
        return read_po(file)


def all_forms():
    """Yield (source, originals, French form) of every translation; test_nothing_is_missing_… names the empty ones."""
    for source in i18n.SOURCES:
        for message in i18n.messages(i18n.read(source)):
            originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            for form in filter(None, i18n.forms(message)):
                yield source, originals, form


def test_every_source_is_there():
    assert {path.stem for path in i18n.SOURCES_DIR.glob("*.po")} == set(i18n.SOURCES)
    assert all(i18n.messages(i18n.read(source)) for source in i18n.SOURCES)


def test_nothing_is_missing_doubtful_or_stale():
    assert i18n.problems() == []


def test_a_translation_keeps_the_placeholders():
    wrong = []
    for source, originals, form in all_forms():
        found = sorted(PLACEHOLDER.findall(form))
        # The singular may say "one" instead of the number.
        allowed = [sorted(PLACEHOLDER.findall(original)) for original in originals]
        if found not in allowed or unnamed(form) != unnamed(originals[-1]):
            wrong.append((source, originals, form))
    assert wrong == []


def test_a_translation_keeps_the_tags():
    tags = [(o, form) for _, o, form in all_forms() if sorted(TAG.findall(form)) != sorted(TAG.findall(o[-1]))]
    assert tags == []


def test_french_typography():
    """A no-break space before double punctuation and inside quotation marks, one character for an ellipsis."""
    assert [form for _, _, form in all_forms() if re.search(r" [:;?!»]|« |\.\.\.", form)] == []


def test_plurals_follow_the_rule_of_ckan():
    """One rule serves all catalogues at run time: ours is CKAN's."""
    assert ckan_catalogue().plural_expr == i18n.new_catalog().plural_expr
    assert ckan_catalogue().num_plurals == i18n.new_catalog().num_plurals


def test_what_ckan_says_in_french_by_now_is_no_longer_supplied():
    """When this fails, CKAN translated these: remove them from sources/ckan.po."""
    supplied = {(*i18n.key(message), not isinstance(message.id, str)) for message in i18n.messages(i18n.read("ckan"))}
    assert supplied & i18n.ckan_french() == set()


def test_a_correction_still_corrects_something():
    """When this fails, CKAN says the same or dropped the string: remove it from sources/ckan-corrections.po."""
    theirs = {i18n.key(message): i18n.forms(message) for message in i18n.messages(ckan_catalogue())}
    useless = [
        i18n.key(message)
        for message in i18n.messages(i18n.read("ckan-corrections"))
        if theirs.get(i18n.key(message)) in (None, i18n.forms(message))
    ]
    assert useless == []


def test_the_extensions_still_have_no_french():
    """When this fails, one of them has French: remove its part of sources/extensions.po."""
    folder = Path(ckanext.dcat.__file__).parent.parent
    assert [
        name for name in ("scheming", "dcat", "spatial") if list((folder / name).rglob("fr/LC_MESSAGES/*.po"))
    ] == []


def test_every_supplied_string_still_exists():
    folder = Path(ckanext.dcat.__file__).parent.parent
    extracted = [i18n.extract(folder / name) for name in ("scheming", "dcat", "spatial")]
    used = {msgid if isinstance(msgid, str) else msgid[0] for one in extracted for _, msgid, _ in one}
    assert {i18n.key(message)[0] for message in i18n.messages(i18n.read("extensions"))} - used == set()


def test_extraction_reads_the_code_and_every_template():
    """Header and footer lie directly in templates/, where CKAN's usual pattern does not look."""
    files = {file for file, _msgid, _context in i18n.extract(i18n.PACKAGE)}
    assert "templates/header.html" in files
    assert "templates/home/index.html" in files
    assert "formatting.py" in files
