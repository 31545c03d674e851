"""How many duties are where, for a body, for a duty, and for the whole territory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from .model import STATES, Body, Duty, Rule, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@attrs.frozen
class Line:
    """One body of the dashboard: its duties and how many are in each state."""

    body: Body
    duties: tuple[Duty, ...]
    counts: Mapping[State, int]

    @property
    def asked(self) -> int:
        """How many duties surely apply."""
        return sum(duty.applies == "yes" for duty in self.duties)

    @property
    def done(self) -> int:
        """How many of those that surely apply are published and on time."""
        return sum(duty.applies == "yes" and duty.state == "published" for duty in self.duties)


@attrs.frozen
class Column:
    """One duty over all the bodies: how many are in each state."""

    rule: Rule
    counts: Mapping[State, int]

    @property
    def there(self) -> int:
        """How many publish it, on time or late."""
        return self.counts["published"] + self.counts["late"]


def line(body: Body, duties: Sequence[Duty]) -> Line:
    """Count the duties of a body; they are put worst first, in the order of the file within a state."""
    ordered = sorted(duties, key=lambda duty: STATES.index(duty.state))
    return Line(body, tuple(ordered), _counted(duty.state for duty in duties))


def columns(rules: Sequence[Rule], lines: Iterable[Line]) -> list[Column]:
    """Count the bodies of each duty."""
    states: dict[str, list[State]] = {rule.code: [] for rule in rules}
    for one in lines:
        for duty in one.duties:
            states[duty.rule.code].append(duty.state)
    return [Column(rule, _counted(states[rule.code])) for rule in rules]


def _counted(states: Iterable[State]) -> dict[State, int]:
    found = Counter(states)
    return {state: found[state] for state in STATES}
