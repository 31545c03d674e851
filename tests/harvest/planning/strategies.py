"""Catalogues of few identifiers, so that what can meet does meet."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from ckanext.ca3b.harvest.planning import ForeignClaim, Known, Staged, State

TODAY = dt.date(2026, 11, 22)
IDENTIFIERS = st.sampled_from(["", "1", "2", "3", "4", "https://a.fr/d/5"])
HASHES = st.sampled_from(["a", "b", "c"])
URIS = st.sampled_from(["", "https://a.fr/1", "https://a.fr/2", "https://a.fr/3"])


@st.composite
def catalogues(draw: st.DrawFn) -> list[Staged]:
    """Return entries as they were read: identifiers missing, repeated, entries that could not be read."""
    entries = draw(st.lists(st.tuples(IDENTIFIERS, HASHES, URIS, st.booleans(), st.integers(0, 9)), max_size=8))
    return [
        Staged(identifier, hash_, uri, has_description=number > 1, review=review, position=position)
        for position, (identifier, hash_, uri, review, number) in enumerate(entries)
    ]


@st.composite
def records(draw: st.DrawFn) -> list[Known]:
    """Return what the portal knows: each identifier once, in any state."""
    states: st.SearchStrategy[State] = st.sampled_from(["present", "vanished", "archived", "refused", "review"])
    days = st.none() | st.integers(0, 60)
    said = draw(st.lists(st.tuples(IDENTIFIERS, HASHES, states, days), max_size=6, unique_by=lambda one: one[0]))
    return [
        Known(
            identifier,
            f"id-{identifier}",
            hash_,
            state,
            vanished_at=TODAY - dt.timedelta(days=ago) if state == "vanished" and ago is not None else None,
        )
        for identifier, hash_, state, ago in said
    ]


claims = st.dictionaries(
    URIS.filter(bool),
    st.builds(ForeignClaim, st.just("b"), settled=st.sampled_from(["", "ours", "theirs"])),
    max_size=3,
)
