"""What the rules read and what they say: bodies, datasets that are there, duties."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - attrs resolves it
from collections.abc import Mapping  # noqa: TC003 - attrs resolves it
from typing import Literal

import attrs

Applies = Literal["yes", "no", "unknown"]
State = Literal["published", "late", "missing", "unknown", "not_required"]
Ground = Literal["any", "schema", "hvd", "format", "words"]

COMMUNE, AGGLOMERATION = "commune", "agglomeration"
#: Worst first: what somebody can act upon comes before what only needs an answer.
STATES: tuple[State, ...] = ("late", "missing", "unknown", "published", "not_required")


@attrs.frozen
class LawText:
    """A text of law: its name, the article, an address where it is read, and what to know of it (« à vérifier »…)."""

    name: str
    article: str
    url: str
    note: str = ""


@attrs.frozen
class Conditions:
    """What makes a duty apply to one kind of body; None: not asked. ``limit``: the population in words."""

    population_from: int | None = None
    agents_from: float | None = None
    member_from: int | None = None
    types: tuple[str, ...] = ()
    types_otherwise: str = ""
    limit: str = ""


@attrs.frozen
class Start:
    """The first day of a duty for bodies of at least ``population_from`` inhabitants; ``words`` name them."""

    population_from: int
    date: dt.date
    words: str


@attrs.frozen
class Proof:
    """What shows that a duty is fulfilled; see ``duties.yaml``. Words are normalised."""

    any_dataset: bool = False
    schemas: frozenset[str] = frozenset()
    standards: tuple[str, ...] = ()
    hvd: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


@attrs.frozen
class Rule:
    """One duty as the law writes it; see ``duties.yaml`` for its fields."""

    code: str
    title: str
    asks: str
    texts: tuple[LawText, ...]
    who: Mapping[str, Conditions]
    proof: Proof
    counts: Literal["own", "about"]
    advice: str
    not_for: Mapping[str, str] = attrs.field(factory=dict)
    below: str = ""
    depends: str = ""
    holds: bool = False
    since: tuple[Start, ...] = ()
    days: int | None = None
    rhythm: str = ""
    where: str = ""
    note: str = ""
    form: str = ""


@attrs.frozen
class Body:
    """A commune or an intercommunality.

    ``key`` tells it apart (INSEE code, or SIREN); ``municipal`` and ``total`` are its legal populations, ``agents``
    full-time equivalents, ``largest_member`` the inhabitants of its largest commune; None: not known.
    ``type`` is the DGCL's word for an intercommunality. ``owner`` is the id of its organisation, '' while it has none.
    """

    key: str
    kind: Literal["commune", "agglomeration"]
    title: str
    siren: str = ""
    municipal: int | None = None
    total: int | None = None
    agents: float | None = None
    largest_member: int | None = None
    type: str = ""
    owner: str = ""
    name: str = ""


@attrs.frozen
class Present:
    """A public dataset with at least one open file.

    ``communes`` are the INSEE codes that its producer ticked (none: those of the producer), ``publishers`` the SIREN
    of those whom it names as publisher, ``updated`` the day of the data, ``frequency`` the rhythm that was promised.
    """

    id: str
    name: str
    title: str
    owner: str
    updated: dt.date | None
    frequency: str = ""
    communes: tuple[str, ...] = ()
    publishers: frozenset[str] = frozenset()
    schemas: frozenset[str] = frozenset()
    standards: tuple[str, ...] = ()
    hvd: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@attrs.frozen
class Found:
    """A dataset that fulfils a duty, how it was recognised, and why it is late (empty when it is not)."""

    dataset: Present
    ground: Ground
    late: str = ""


@attrs.frozen
class Duty:
    """What is asked of one body, and what is there. ``why`` and ``advice`` are sentences."""

    rule: Rule
    applies: Applies
    why: str
    state: State
    found: tuple[Found, ...]
    advice: str
