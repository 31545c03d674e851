"""The verdict on each entry of a catalogue and on each dataset that it no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from . import guard

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

Verdict = Literal[
    "added", "changed", "unchanged", "vanished", "archived", "returned", "conflicting", "refused", "review"
]
State = Literal["present", "vanished", "archived", "refused", "review"]
VERDICTS: tuple[Verdict, ...] = (
    "added", "changed", "unchanged", "vanished", "archived", "returned", "conflicting", "refused", "review",
)  # fmt: skip
#: States of records whose dataset was never written.
_UNWRITTEN = frozenset({"refused", "review"})


@frozen
class Staged:
    """An entry of the catalogue as it was read. ``review``: a person must see it before it is published."""

    identifier: str
    content_hash: str = ""
    uri: str = ""
    title: str = ""
    has_description: bool = True
    review: bool = False
    position: int = 0


@frozen
class Known:
    """What the portal remembers of an entry. States « refused » and « review »: no dataset was written for it.

    ``vanished_at``: the day, in the same time zone as the ``today`` of the plan.
    """

    identifier: str
    dataset_id: str = ""
    content_hash: str = ""
    state: State = "present"
    uri: str = ""
    kept_fields: tuple[str, ...] = ()
    vanished_at: dt.date | None = None


@frozen
class ForeignClaim:
    """Another source that has a dataset of the same URI.

    ``settled``: who the operator said is authoritative, ``""`` when nobody said yet.
    """

    source_id: str
    identifier: str = ""
    title: str = ""
    settled: Literal["", "ours", "theirs"] = ""


@frozen
class Action:
    """What to do of one entry.

    ``position`` is the entry's in the catalogue, None for what the catalogue no longer has. ``reason`` is a stable
    code: duplicate, unreadable, refused (by a person), same-uri, theirs (settled for another source), absent, grace
    (over), or ``""``.
    """

    identifier: str
    verdict: Verdict
    position: int | None = None
    reason: str = ""


@frozen
class Plan:
    """What a run would do. ``absences``: whether something was concluded from what the catalogue lacks."""

    actions: tuple[Action, ...]
    held: guard.Held | None
    counts: dict[str, int]
    absences: bool = True


def plan(  # noqa: PLR0913 - what a plan depends on
    staged: Iterable[Staged],
    known: Iterable[Known],
    *,
    complete: bool,
    today: dt.date,
    grace_days: int = 30,
    claimed: Mapping[str, ForeignClaim] | None = None,
    shrink_ratio: float = 0.2,
    confirmed: bool = False,
    first: bool = False,
) -> Plan:
    """Return the plan of a catalogue read against what is known of it.

    Every entry gets one verdict, in the order of the catalogue; then come the datasets that it lacks. ``claimed``:
    URI → another source that has it. ``confirmed``: a person has seen what held the plan. ``first``: the source was
    never approved. An incomplete reading, or one with an entry so broken that it has no identifier, concludes nothing
    from absences.
    """
    entries = sorted(staged, key=lambda one: one.position)
    records = {one.identifier: one for one in known}
    chosen = _chosen(entries, records)
    claims = claimed or {}
    actions = [_verdict(one, records.get(one.identifier), chosen, claims) for one in entries]
    named = {one.identifier for one in entries}
    absences = complete and "" not in named
    absent = [one for one in records.values() if one.state == "present" and one.identifier not in named]
    if absences:
        actions += [Action(one.identifier, "vanished", None, "absent") for one in absent]
        actions += [
            Action(one.identifier, "archived", None, "grace")
            for one in records.values()
            if one.state == "vanished" and one.identifier not in named and _is_over(one, today, grace_days)
        ]
    counts: dict[str, int] = dict.fromkeys(VERDICTS, 0)
    for action in actions:
        counts[action.verdict] += 1
    held = None
    if not confirmed:
        held = guard.held(
            read=len(entries),
            present=sum(one.state == "present" for one in records.values()),
            absent=len(absent),
            complete=complete,
            shrink_ratio=shrink_ratio,
        )
        if held is None and first and counts["added"]:
            held = guard.first(counts["added"])
    return Plan(tuple(actions), held, counts, absences)


def _chosen(entries: Sequence[Staged], records: Mapping[str, Known]) -> dict[str, int]:
    """Return the position of the entry that counts among those of one identifier.

    The one that is published already stays, else the first that can be read: the order of a catalogue may change.
    """
    chosen: dict[str, Staged] = {}
    for one in entries:
        other = chosen.get(one.identifier)
        record = records.get(one.identifier)
        published = record.content_hash if record else None
        if other is None or _rank(one, published) > _rank(other, published):
            chosen[one.identifier] = one
    return {identifier: one.position for identifier, one in chosen.items()}


def _rank(one: Staged, published: str | None) -> tuple[bool, bool]:
    return one.has_description, one.has_description and one.content_hash == published


def _verdict(
    one: Staged, record: Known | None, chosen: Mapping[str, int], claims: Mapping[str, ForeignClaim]
) -> Action:
    if not one.has_description:
        return Action(one.identifier, "refused", one.position, "unreadable")
    if chosen[one.identifier] != one.position:
        return Action(one.identifier, "refused", one.position, "duplicate")
    written = record if record is not None and record.state not in _UNWRITTEN else None
    claim = claims.get(one.uri) if one.uri else None
    verdict, reason = (
        _disputed(claim, written) or _known(one, written) if written else _disputed(claim, None) or _new(one, record)
    )
    return Action(one.identifier, verdict, one.position, reason)


def _disputed(claim: ForeignClaim | None, written: Known | None) -> tuple[Verdict, str] | None:
    """Return the verdict on an entry that another source has too; the first that brought it keeps it."""
    is_shown = written is not None and written.state != "archived"
    if claim is None or claim.settled == "ours":
        return None
    if claim.settled == "theirs":
        return ("archived" if is_shown else "conflicting"), "theirs"
    return None if is_shown else ("conflicting", "same-uri")


def _known(one: Staged, record: Known) -> tuple[Verdict, str]:
    if record.state != "present":
        return "returned", ""
    return ("unchanged" if record.content_hash == one.content_hash else "changed"), ""


def _new(one: Staged, record: Known | None) -> tuple[Verdict, str]:
    if not one.review:
        return "added", ""
    if record is not None and record.state == "refused" and record.content_hash == one.content_hash:
        return "refused", "refused"
    return "review", ""


def _is_over(record: Known, today: dt.date, grace_days: int) -> bool:
    since = record.vanished_at
    return since is not None and (today - since).days >= grace_days
