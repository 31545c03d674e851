"""Whatever a product answers, each reader tells something or refuses with a sentence: nothing else ever escapes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.harvest.model import Page, Record
from ckanext.ca3b.harvest.readers import reader
from ckanext.ca3b.harvest.sources import Client, Source, SourceError

from .serving import ANSWERS, LOOPBACK, answer

PRODUCTS = {
    "ckan": "ckan_package_search.json",
    "datagouv": "udata_datasets.json",
    "opendatasoft": "ods_catalog_v21.json",
    "datafair": "datafair_datasets.json",
}
TEXTS = {
    "csw": ("csw_records_1.xml", "csw_dublin_core.xml", "csw_capabilities.xml", "iso_19115_3.xml"),
    "scdl": ("catalogue_scdl.csv",),
    "webpage": ("page_links.html", "page_schema_org.html"),
    "folder": ("apache_index.html", "nginx_index.html", "s3_listing_1.xml", "webdav_multistatus.xml"),
}
QUIET = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
#: What people and machines put where something else is expected.
STRANGE = [
    *(None, True, -1, 1e308, "", " ", "x", "\x00\ud800", "é" * 300, "{bad}", [], {}, [[]], [None], {"a": None}),
    *(["a", {"b": 1}], "https://", "http://[::1", "javascript:alert(1)", "2024-13-45", "0000", "POLYGON((", "[1,"),
    {"type": "Polygon"},
]


def spoilt(value, chance, pick):
    """Return a JSON value in which some parts are replaced by something else."""
    if pick.random() < chance:
        return pick.choice(STRANGE)
    if isinstance(value, dict):
        return {key: spoilt(one, chance, pick) for key, one in value.items() if pick.random() > chance / 2}
    if isinstance(value, list):
        return [spoilt(one, chance, pick) for one in value]
    return value


def told(kind, path: Path):
    """Read a file by a reader: its events, or None when it is refused with a sentence."""
    try:
        return list(reader(kind).read(Client(LOOPBACK), Source.file(path)))
    except SourceError as error:
        return None if str(error) else [error]


def sound(events):
    """Tell whether what a reader tells can be told again: in JSON, with a sentence for each problem."""
    for event in events or []:
        assert isinstance(event, Page | Record)
        if isinstance(event, Record):
            assert all(problem.message and problem.code for problem in event.problems)
            if event.description is not None:
                assert event.description.identifier
                assert len(event.description.content_hash) == 64
    return True


@pytest.mark.parametrize("kind", PRODUCTS)
@QUIET
@given(seed=st.integers(0, 10**9), chance=st.sampled_from([0.02, 0.1, 0.4]))
def test_answers_with_parts_replaced(tmp_path, kind, seed, chance):
    said = spoilt(answer(PRODUCTS[kind]), chance, random.Random(seed))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(said), "utf-8")
    assert sound(told(kind, path))


@pytest.mark.parametrize("kind", PRODUCTS)
@QUIET
@given(seed=st.integers(0, 10**9))
def test_one_spoilt_record_costs_none_of_the_others(tmp_path, kind, seed):
    """Each record stands in the list beside a whole one, which must come out the same as alone."""
    whole = answer(PRODUCTS[kind])
    rows = next(
        rows
        for holder in (whole, whole.get("result", {}))
        for name in ("results", "data")
        if (rows := holder.get(name))
    )
    path = tmp_path / "a.json"
    path.write_text(json.dumps(whole), "utf-8")
    first = told(kind, path)[1].description
    rows[1:] = [spoilt(row, 0.3, random.Random(seed + number)) for number, row in enumerate(rows[1:])]
    path.write_text(json.dumps(whole), "utf-8")
    events = told(kind, path)
    assert sound(events)
    assert first.content_hash in {each.description.content_hash for each in events[1:] if each.description}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in TEXTS.items() for name in names])
@QUIET
@given(seed=st.integers(0, 10**9))
def test_documents_cut_and_scrambled(tmp_path, kind, name, seed):
    pick = random.Random(seed)
    content = bytearray((ANSWERS / name).read_bytes())
    for _ in range(pick.randint(0, 12)):
        content[pick.randrange(len(content))] = pick.randrange(256)
    if pick.random() < 0.5:
        del content[pick.randrange(len(content)) :]
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(content))
    assert sound(told(kind, path))


@pytest.mark.parametrize("kind", [*PRODUCTS, *TEXTS])
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"null", b"[]", b"{}", b"7", b'"a"', b"<", b"<a/>", b"<html></html>", b"PK\x03\x04",
     b"[" * 20_000, b'{"success": true, "result": {"count": "x", "results": [[]]}}', b'{"results": [1], "count": 1}',
     b"<ListBucketResult/>", b'<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>'],
)  # fmt: skip
def test_what_is_no_catalogue_is_refused_with_a_sentence_or_is_empty(tmp_path, kind, content):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    events = told(kind, path)
    assert sound(events)
    assert not any(isinstance(each, Record) and each.description for each in events or [])
