"""What changed, field by field, and what people made of a dataset that stays theirs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.harvest.planning import Change, changes, merge

FIELDS = ("title", "notes", "license_id", "theme", "frequency")
values = st.none() | st.sampled_from(["", "a", "b", "c"]) | st.lists(st.sampled_from(["x", "y"]), max_size=2)
rows = st.dictionaries(st.sampled_from(("url", "name", "format")), st.sampled_from(["a", "b", "c"]))


@st.composite
def packages(draw: st.DrawFn) -> dict:
    """Return a package dict of few fields and few files."""
    files = draw(st.dictionaries(st.sampled_from("rst"), rows))
    said = draw(st.dictionaries(st.sampled_from(FIELDS), values))
    return {"id": "d", **said, "resources": [{"id": id_, **row} for id_, row in files.items()]}


def test_each_field_that_differs_is_told_and_an_empty_one_is_the_same_as_none():
    before = {"title": "Un", "notes": "", "theme": ["a"], "version": None}
    after = {"title": "Deux", "theme": ["a"], "license_id": "lov2"}
    assert changes(before, after) == (Change("title", "Un", "Deux"), Change("license_id", None, "lov2"))


def test_what_the_portal_writes_itself_is_no_change():
    assert changes({"metadata_modified": "1", "name": "a", "num_tags": 1}, {"name": "b"}) == ()


def test_keywords_are_compared_as_words_whatever_their_order():
    before = {"tags": [{"name": "eau", "id": "1"}, {"name": "bois"}]}
    assert changes(before, {"tags": [{"name": "bois"}, {"name": "eau"}]}) == ()
    assert changes(before, {"tags": [{"name": "eau"}]}) == (Change("tags", ["bois", "eau"], ["eau"]),)


def test_files_are_matched_by_id_whatever_their_order():
    before = {"resources": [{"id": "r", "url": "https://a.fr/1", "name": "Un"}, {"id": "s", "url": "b", "name": "S"}]}
    after = {"resources": [{"id": "t", "url": "c"}, {"id": "r", "url": "https://a.fr/2", "name": "Un"}]}
    assert changes(before, after) == (
        Change("resources", None, {"url": "c"}, "t", "c"),
        Change("resources.url", "https://a.fr/1", "https://a.fr/2", "r", "Un"),
        Change("resources", {"url": "b", "name": "S"}, None, "s", "S"),
    )


def test_the_first_time_everything_is_new():
    assert changes(None, {"title": "Un"}) == (Change("title", None, "Un"),)


def test_what_the_source_changed_overwrites_and_what_it_did_not_stays():
    present = {
        "id": "d",
        "title": "Titre corrigé par nous",
        "notes": "N",
        "metadata_created": "2026",
        "name": "adresse",
    }
    before = {"id": "d", "title": "Titre", "notes": "N"}
    after = {"id": "d", "title": "Titre", "notes": "Mieux dit", "name": "autre"}
    assert merge(present, before, after, ()) == {**present, "notes": "Mieux dit", "resources": []}


def test_a_field_that_stays_ours_stays_whatever_the_source_says():
    present, before, after = {"title": "Le nôtre"}, {"title": "A"}, {"title": "B"}
    assert merge(present, before, after, ("title",))["title"] == "Le nôtre"
    assert merge(present, before, after, ())["title"] == "B"


def test_keywords_are_kept_by_the_name_that_their_form_has_too():
    present, after = {"tags": [{"name": "eau"}]}, {"tags": [{"name": "bois"}]}
    for name in ("tags", "tag_string"):
        assert merge(present, {}, after, (name,))["tags"] == present["tags"]


def test_what_the_source_no_longer_says_goes():
    assert "version" not in merge({"version": "1"}, {"version": "1"}, {}, ())
    assert merge({"version": "2"}, {"version": "1"}, {}, ("version",))["version"] == "2"


def test_without_memory_of_what_it_said_all_that_the_source_says_overwrites():
    present = {"title": "Ancien", "notes": "N", "resources": [{"id": "r", "url": "a", "name": "R", "size": 3}]}
    after = {"title": "Nouveau", "resources": [{"id": "r", "url": "b"}]}
    for nothing in (None, {}):
        assert merge(present, nothing, after, ()) == {
            "title": "Nouveau",
            "notes": "N",
            "resources": [{"id": "r", "url": "b", "name": "R", "size": 3}],
        }


def test_files_that_a_person_added_stay_after_those_of_the_source():
    present = {"resources": [{"id": "mine", "url": "m"}, {"id": "r", "url": "a"}]}
    before = {"resources": [{"id": "r", "url": "a"}]}
    after = {"resources": [{"id": "s", "url": "s"}, {"id": "r", "url": "a"}]}
    assert [one["id"] for one in merge(present, before, after, ())["resources"]] == ["s", "r", "mine"]


def test_a_file_that_the_source_took_away_goes_and_one_that_a_person_took_away_stays_away():
    before = {"resources": [{"id": "r", "url": "a"}, {"id": "s", "url": "b"}]}
    gone = merge({"resources": before["resources"]}, before, {"resources": [{"id": "r", "url": "a"}]}, ())
    assert [one["id"] for one in gone["resources"]] == ["r"]
    without = {"resources": [{"id": "r", "url": "a"}]}
    assert merge(without, before, before, ())["resources"] == [{"id": "r", "url": "a"}]
    again = {"resources": [{"id": "r", "url": "a"}, {"id": "s", "url": "new"}]}
    assert merge(without, before, again, ())["resources"] == again["resources"]


def test_one_field_of_every_file_or_all_files_may_stay_ours():
    present = {"resources": [{"id": "r", "url": "a", "name": "Le nôtre"}]}
    before = {"resources": [{"id": "r", "url": "a", "name": "A"}]}
    after = {"resources": [{"id": "r", "url": "b", "name": "B"}]}
    assert merge(present, before, after, ("resources.name",))["resources"] == [
        {"id": "r", "url": "b", "name": "Le nôtre"}
    ]
    assert merge(present, before, after, ("resources",))["resources"] == present["resources"]


@given(packages(), packages(), packages(), st.sets(st.sampled_from((*FIELDS, "resources"))))
def test_a_merge_never_touches_what_is_kept_nor_what_it_is_given(present, before, after, kept):
    copies = [{**one, "resources": [dict(row) for row in one["resources"]]} for one in (present, before, after)]
    merged = merge(present, before, after, kept)
    assert [present, before, after] == copies
    for field in kept:
        assert merged.get(field) == present.get(field)


@given(packages(), packages())
def test_what_did_not_change_at_the_source_changes_nothing(present, before):
    there = {one["id"] for one in present["resources"]}
    mine = {**present, "resources": [one for one in present["resources"] if one["id"] in there]}
    assert changes(mine, merge(mine, before, before, ())) == ()


@given(packages(), packages())
def test_without_edits_the_dataset_becomes_what_the_source_says(before, after):
    assert changes(after, merge(before, before, after, ())) == ()


@given(packages(), packages(), packages(), st.sets(st.sampled_from(FIELDS)))
def test_merging_again_changes_nothing(present, before, after, kept):
    merged = merge(present, before, after, kept)
    assert merge(merged, after, after, kept) == merged


@given(packages(), packages())
def test_no_change_is_told_only_between_states_that_say_the_same(before, after):
    assert changes(before, before) == ()
    backwards = {(one.field, one.resource): (one.after, one.before) for one in changes(after, before)}
    assert {(one.field, one.resource): (one.before, one.after) for one in changes(before, after)} == backwards
