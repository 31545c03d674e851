"""What is decided of each entry of a catalogue, and of what it no longer has."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.harvest.planning import VERDICTS, ForeignClaim, Known, Plan, Staged, plan

from .strategies import TODAY, catalogues, claims, records


def planned(staged: list[Staged], known: list[Known], **given: object) -> Plan:
    """Plan a whole reading of today, unless told otherwise."""
    return plan(staged, known, **{"complete": True, "today": TODAY, **given})  # pyright: ignore[reportArgumentType]


def verdicts(staged: list[Staged], known: list[Known], **given: object) -> list[tuple[str, str, str]]:
    """Return what is decided as (identifier, verdict, reason)."""
    return [(one.identifier, one.verdict, one.reason) for one in planned(staged, known, **given).actions]


def applied(staged: list[Staged], known: list[Known], actions: Plan) -> list[Known]:
    """Return what the portal knows once a plan is done, as the engine records it."""
    entries = {one.position: one for one in staged}
    after = {one.identifier: one for one in known}
    for action in actions.actions:
        record = after.get(action.identifier, Known(action.identifier, f"id-{action.identifier}"))
        entry = entries[action.position] if action.position is not None else None
        if action.verdict in {"added", "changed", "returned"} and entry is not None:
            after[action.identifier] = attrs.evolve(
                record, state="present", content_hash=entry.content_hash, uri=entry.uri, vanished_at=None
            )
        elif action.verdict == "vanished":
            after[action.identifier] = attrs.evolve(record, state="vanished", vanished_at=TODAY)
        elif action.verdict == "archived":
            after[action.identifier] = attrs.evolve(record, state="archived")
        elif action.verdict == "review" and entry is not None:
            after[action.identifier] = attrs.evolve(record, state="review", content_hash=entry.content_hash)
    return list(after.values())


A, B = Staged("1", "a", position=0), Staged("2", "b", position=1)


def test_a_new_entry_is_added_and_one_that_says_the_same_is_unchanged():
    assert verdicts([A, B], [Known("2", content_hash="b")]) == [("1", "added", ""), ("2", "unchanged", "")]


def test_an_entry_whose_content_is_another_is_changed():
    assert verdicts([A], [Known("1", content_hash="z")]) == [("1", "changed", "")]


def test_a_dataset_that_the_catalogue_lacks_vanishes_before_it_is_archived():
    gone = Known("2", content_hash="b")
    assert verdicts([A], [gone], shrink_ratio=1) == [("1", "added", ""), ("2", "vanished", "absent")]
    for days, expected in ((29, []), (30, [("2", "archived", "grace")]), (31, [("2", "archived", "grace")])):
        lost = attrs.evolve(gone, state="vanished", vanished_at=TODAY - dt.timedelta(days=days))
        assert verdicts([], [lost]) == expected


def test_what_was_archived_stays_so_until_it_returns():
    old = Known("1", content_hash="a", state="archived")
    assert verdicts([], [old]) == []
    assert verdicts([A], [old]) == [("1", "returned", "")]
    assert verdicts([A], [attrs.evolve(old, state="vanished")]) == [("1", "returned", "")]


def test_an_incomplete_reading_concludes_nothing_from_absences():
    lost = Known("3", state="vanished", vanished_at=TODAY - dt.timedelta(days=90))
    found = planned([A], [Known("2"), lost], complete=False, shrink_ratio=1)
    assert [one.identifier for one in found.actions] == ["1"]
    assert not found.absences


def test_an_entry_without_any_identity_may_be_the_one_that_is_absent():
    nameless = Staged("", has_description=False, position=1)
    found = planned([A, nameless], [Known("2")], shrink_ratio=1)
    assert [(one.identifier, one.verdict) for one in found.actions] == [("1", "added"), ("", "refused")]
    assert not found.absences


def test_an_entry_that_cannot_be_read_is_refused_and_its_dataset_does_not_vanish():
    broken = Staged("1", has_description=False)
    assert verdicts([broken], [Known("1", content_hash="a")]) == [("1", "refused", "unreadable")]


def test_of_several_entries_of_one_identifier_the_first_readable_counts():
    broken = Staged("1", has_description=False, position=0)
    second, third = Staged("1", "b", position=1), Staged("1", "c", position=2)
    assert verdicts([broken, second, third], []) == [
        ("1", "refused", "unreadable"),
        ("1", "added", ""),
        ("1", "refused", "duplicate"),
    ]


def test_the_one_that_is_published_stays_when_the_catalogue_lists_its_doubles_in_another_order():
    first, second = Staged("1", "b", position=0), Staged("1", "a", position=1)
    assert verdicts([first, second], [Known("1", content_hash="a")]) == [
        ("1", "refused", "duplicate"),
        ("1", "unchanged", ""),
    ]


def test_the_first_source_that_brought_an_address_keeps_it():
    mine = Staged("1", "a", uri="https://a.fr/1")
    claim = {"https://a.fr/1": ForeignClaim("other")}
    assert verdicts([mine], [], claimed=claim) == [("1", "conflicting", "same-uri")]
    assert verdicts([mine], [Known("1", content_hash="a")], claimed=claim) == [("1", "unchanged", "")]


def test_a_settled_conflict_is_followed():
    mine = Staged("1", "a", uri="https://a.fr/1")
    ours = {"https://a.fr/1": ForeignClaim("other", settled="ours")}
    theirs = {"https://a.fr/1": ForeignClaim("other", settled="theirs")}
    assert verdicts([mine], [], claimed=ours) == [("1", "added", "")]
    assert verdicts([mine], [], claimed=theirs) == [("1", "conflicting", "theirs")]
    assert verdicts([mine], [Known("1", content_hash="a")], claimed=theirs) == [("1", "archived", "theirs")]
    archived = Known("1", content_hash="a", state="archived")
    assert verdicts([mine], [archived], claimed=theirs) == [("1", "conflicting", "theirs")]


def test_what_a_person_must_see_waits_and_what_they_refused_stays_refused_until_it_changes():
    seen = Staged("1", "a", review=True)
    assert verdicts([seen], []) == [("1", "review", "")]
    assert verdicts([seen], [Known("1", content_hash="a", state="refused")]) == [("1", "refused", "refused")]
    assert verdicts([seen], [Known("1", content_hash="z", state="refused")]) == [("1", "review", "")]
    assert verdicts([seen], [Known("1", content_hash="z")]) == [("1", "changed", "")]


def test_a_record_brought_by_an_old_harvester_has_no_content_yet_and_changes():
    assert verdicts([A], [Known("1", content_hash="")]) == [("1", "changed", "")]


@pytest.mark.parametrize(
    ("count", "given", "code"),
    [
        (0, {}, "empty"),
        (0, {"complete": False}, "truncated"),
        (7, {"complete": False}, "truncated"),
        (7, {}, "shrunk"),
        (8, {}, None),
        (7, {"shrink_ratio": 0.3}, None),
        (7, {"confirmed": True}, None),
        (8, {"complete": False}, None),
    ],
)
def test_a_catalogue_that_loses_too_much_waits_for_a_person(count, given, code):
    known = [Known(str(number), content_hash="a") for number in range(10)]
    staged = [Staged(str(number), "a", position=number) for number in range(count)]
    held = planned(staged, known, **given).held
    assert (held.code if held else None) == code


@pytest.mark.parametrize("percent", range(1, 100))
def test_the_share_that_may_vanish_is_the_one_that_was_set(percent):
    known = [Known(str(number), content_hash="a") for number in range(100)]
    for absent, held in ((percent, False), (percent + 1, True)):
        staged = [Staged(str(number), "a", position=number) for number in range(absent, 100)]
        assert bool(planned(staged, known, shrink_ratio=percent / 100).held) is held


def test_the_sentence_of_the_guard_says_how_many():
    known = [Known(str(number)) for number in range(10)]
    held = planned([A], known).held
    assert held is not None
    assert "9\xa0jeux de données sur 10" in held.message
    assert "20\xa0%" in held.message


def test_an_empty_catalogue_that_was_confirmed_makes_its_datasets_vanish():
    found = planned([], [Known("1")], confirmed=True)
    assert found.held is None
    assert found.counts["vanished"] == 1


def test_the_first_import_waits_until_someone_has_seen_it():
    held = planned([A, B], [], first=True).held
    assert held is not None
    assert held.code == "first"
    assert planned([], [], first=True).held is None


@given(catalogues(), records(), claims, st.booleans())
def test_every_entry_gets_one_verdict_and_no_dataset_is_acted_on_twice(staged, known, claimed, complete):
    found = planned(staged, known, claimed=claimed, complete=complete)
    positions = Counter(one.position for one in found.actions if one.position is not None)
    assert positions == Counter(one.position for one in staged)
    acting = Counter(one.identifier for one in found.actions if one.verdict != "refused")
    assert all(count == 1 for count in acting.values())
    assert sum(found.counts.values()) == len(found.actions)
    assert set(found.counts) == set(VERDICTS)


@given(catalogues(), records(), claims)
def test_a_plan_that_was_applied_leaves_nothing_to_do(staged, known, claimed):
    first = planned(staged, known, claimed=claimed, confirmed=True)
    second = planned(staged, applied(staged, known, first), claimed=claimed, confirmed=True)
    assert {one.verdict for one in second.actions} <= {"unchanged", "refused", "review", "conflicting"}


@given(catalogues(), records())
def test_a_plan_depends_on_nothing_but_what_it_is_given(staged, known):
    assert planned(staged, known) == planned(staged[::-1], known)


@given(catalogues(), records())
def test_an_incomplete_reading_never_takes_anything_away(staged, known):
    found = planned(staged, known, complete=False)
    assert not {"vanished", "archived"} & {one.verdict for one in found.actions}
