"""What a tool found in the corpus, compared with the truth, file by file and category by category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.rgpd.corpus.truth import CATEGORIES, Truth

Found = Mapping[str, set[tuple[str, str]]]
HELD = ("block", "review")
PLACES = {"LOCATION", "address"}


def findings(rows: Iterable[Mapping[str, str]]) -> dict[str, set[tuple[str, str]]]:
    """By file, the (column, category) that the rows of the report hold."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        if row["decision"] in HELD:
            found.setdefault(Path(row["file"]).name, set()).add((row["column"], row["category"]))
    return found


def held_files(rows: Iterable[Mapping[str, str]]) -> set[str]:
    """The files that the report holds."""
    return {Path(row["file"]).name for row in rows if row["decision"] in HELD}


@dataclass
class Score:
    """One tool on the corpus. ``facts`` is what it said beside its findings."""

    name: str
    truths: Mapping[str, Truth]
    found: Found
    held: set[str]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_peer(cls, name: str, truths: Mapping[str, Truth], facts: Mapping[str, Any]) -> Score:
        """A peer decides nothing: a file is taken as held when it finds a person, a number or a mailbox in it.

        Places are not enough, or every file with a commune would be held; what it could not read is not held.
        """
        found = {file: {(column, category) for column, category in pairs} for file, pairs in facts["found"].items()}
        held = {file for file, pairs in found.items() if any(category not in PLACES for _, category in pairs)}
        return cls(name, truths, found, held, facts)

    @property
    def to_hold(self) -> list[str]:
        """Files that must be held."""
        return [name for name, truth in self.truths.items() if truth.hold]

    @property
    def to_publish(self) -> list[str]:
        """Files that may be published."""
        return [name for name, truth in self.truths.items() if not truth.hold]

    @property
    def held_rightly(self) -> list[str]:
        """Files held that must be."""
        return [name for name in self.to_hold if name in self.held]

    @property
    def let_through(self) -> list[str]:
        """Files that must be held and are not."""
        return [name for name in self.to_hold if name not in self.held]

    @property
    def held_wrongly(self) -> list[str]:
        """Publishable files held."""
        return [name for name in self.to_publish if name in self.held]

    @property
    def published(self) -> list[str]:
        """Publishable files not held."""
        return [name for name in self.to_publish if name not in self.held]

    def counts(self, category: str) -> tuple[int, int, int]:
        """Places found, places missed and findings that are wrong, over all files."""
        each = [truth.score(self.found.get(name, set()))[category] for name, truth in self.truths.items()]
        return (
            sum(right for right, _, _ in each),
            sum(missed for _, missed, _ in each),
            sum(wrong for *_, wrong in each),
        )

    def missed(self, category: str) -> list[str]:
        """Files where places of ``category`` were missed."""
        return [name for name, truth in self.truths.items() if truth.score(self.found.get(name, set()))[category][1]]

    def wrong(self, category: str) -> list[str]:
        """Files where findings of ``category`` are wrong."""
        return [name for name, truth in self.truths.items() if truth.score(self.found.get(name, set()))[category][2]]

    def summary(self) -> dict[str, Any]:
        """What is kept in the results."""
        kept = {key: self.facts[key] for key in ("unread", "cells", "code", "memory") if key in self.facts}
        return {"files": len(self.truths), "to_hold": len(self.to_hold), "let_through": self.let_through,
                "publishable": len(self.to_publish), "held_wrongly": self.held_wrongly, **kept}  # fmt: skip


def table(scores: list[Score]) -> str:
    """The same for people: one line a tool, then one line a category, each count as right/missed/wrong."""
    lines = [f"# {'tool':22} {'let through':>16} {'held wrongly':>16}"]
    for score in scores:
        through, wrongly = (
            f"{len(score.let_through)}/{len(score.to_hold)}",
            f"{len(score.held_wrongly)}/{len(score.to_publish)}",
        )
        lines.append(f"# {score.name:22} {through:>16} {wrongly:>16}")
    lines.append(f"# {'right/missed/wrong':22} " + " ".join(f"{score.name:>16}" for score in scores))
    for category in CATEGORIES:
        counts = ["/".join(map(str, score.counts(category))) for score in scores]
        lines.append(f"# {category:22} " + " ".join(f"{count:>16}" for count in counts))
    return "\n".join(lines)
