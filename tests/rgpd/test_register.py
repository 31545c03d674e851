"""The chain of the register: what a verification finds of what somebody did to it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.register import (
    EMPTY,
    GENESIS,
    Head,
    RegisterError,
    digest,
    following,
    read_head,
    storable,
    verify,
)

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def chain(length, **changes):
    lines, head = [], EMPTY
    for number in range(1, length + 1):
        line = following(
            head,
            {
                "at": NOON + dt.timedelta(minutes=number),
                "actor": "dpo",
                "event": "decision",
                "resource_id": f"fichier-{number}",
                "package_id": "jeu",
                "sha256": "ab" * 32,
                "details": {"kind": "refuse", "reason": f"n° {number}", **changes},
            },
        )
        lines.append(line)
        head = Head(line["seq"], line["hash"])
    return lines


def codes(lines, *heads):
    return {(one.seq, one.code) for one in verify(lines, heads).problems}


def test_a_register_that_nobody_touched_is_sound():
    lines = chain(5)
    verdict = verify(lines)
    assert verdict.sound
    assert (verdict.lines, verdict.head) == (5, Head(5, lines[-1]["hash"]))
    assert lines[0]["previous"] == GENESIS
    assert verify([]).sound


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", NOON),
        ("actor", "autre"),
        ("event", "scan"),
        ("resource_id", "fichier-9"),
        ("package_id", None),
        ("sha256", "cd" * 32),
        ("details", {"kind": "authorise", "reason": "n° 3"}),
        ("hash", "0" * 64),
    ],
)
def test_a_line_altered_in_any_field_is_found(field, value):
    lines = chain(5)
    lines[2] = {**lines[2], field: value}
    assert (3, "altered") in codes(lines)


def test_a_line_altered_and_hashed_again_breaks_the_next_one():
    lines = chain(5)
    forged = {**lines[2], "actor": "autre"}
    lines[2] = {**forged, "hash": digest(forged)}
    assert codes(lines) == {(4, "broken")}


def test_a_line_removed_from_the_middle_is_found():
    lines = chain(5)
    del lines[2]
    assert codes(lines) == {(4, "missing"), (4, "broken")}


def test_a_first_line_removed_is_found():
    assert (2, "missing") in codes(chain(5)[1:])


def test_a_line_removed_with_the_others_numbered_again_is_found():
    lines = chain(5)
    del lines[2]
    lines = [{**line, "seq": number} for number, line in enumerate(lines, 1)]
    assert {(3, "altered"), (3, "broken")} <= codes(lines)


def test_two_lines_exchanged_are_found():
    lines = chain(5)
    lines[1], lines[2] = lines[2], lines[1]
    assert (2, "order") in codes(lines)


def test_a_line_added_is_found():
    lines = chain(5)
    extra = following(Head(5, lines[4]["hash"]), {**lines[2], "details": {"kind": "authorise"}})
    lines.insert(3, extra)
    assert codes(lines)


def test_a_cut_tail_is_found_only_with_a_head_kept_elsewhere():
    lines = chain(5)
    kept = Head(5, lines[-1]["hash"])
    assert codes(lines[:3]) == set()
    assert codes(lines[:3], kept) == {(5, "cut")}
    assert codes(lines, kept) == set()


def test_a_register_written_anew_is_found_only_with_a_head_kept_elsewhere():
    kept = Head(3, chain(5)[2]["hash"])
    anew = chain(5, reason="autre")
    assert verify(anew).sound
    assert codes(anew, kept) == {(3, "rewritten")}


def test_a_head_is_read_back_as_it_is_written():
    head = Head(12, "9f" * 32)
    assert read_head(f" {head}\n") == head
    for wrong in ("", "12", "12:9f", "douze:" + "9f" * 32, "-1:" + "9f" * 32):
        with pytest.raises(RegisterError):
            read_head(wrong)


def test_the_same_line_has_the_same_hash_in_any_time_zone_and_order_of_keys():
    line = chain(1, b=1, a=2)[0]
    paris = dt.timezone(dt.timedelta(hours=1))
    other = {**line, "at": line["at"].astimezone(paris), "details": dict(reversed(line["details"].items()))}
    assert digest(other) == line["hash"]


def test_a_moment_without_time_zone_and_what_is_not_json_are_refused():
    for wrong in ({"at": dt.datetime(2026, 11, 22)}, {"details": {"a": object()}}, {"details": {"a": float("inf")}}):  # noqa: DTZ001
        with pytest.raises(RegisterError):
            following(EMPTY, {"at": NOON, "actor": "dpo", "event": "scan", **wrong})


NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_what_is_kept_has_the_same_hash_when_it_comes_back(details):
    line = following(EMPTY, {"at": NOON, "actor": "dpo", "event": "scan", "details": {"x": details}})
    back = json.loads(json.dumps(line["details"]))
    assert digest({**line, "details": back}) == line["hash"]
    assert storable(back) == back
