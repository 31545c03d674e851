"""The truth of the corpus, read from ``truth.yaml``, and how a report of findings is compared with it.

``find`` gives, by category, the columns that must be found. ``a|b`` is one place under several names, any of which will
do; ``*`` is anywhere in the file (a comment, a property has no column). A category ``a|b`` counts as ``a`` and either
will do: a sentence may be called free text or by what it says. ``allowed`` lists columns where a finding of any
category is neither right nor wrong. Anything else found in a column which carries nothing is wrong; ``never`` names
what would be wrong in a column that does carry something else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

CATEGORIES = ("email", "phone", "nir", "iban", "name", "address", "birth_date", "plate", "ip", "tax_number",
              "identity_paper", "professional_id", "free_text", "geolocation_home", "health", "quasi_identifiers",
              "small_cells")  # fmt: skip
OF_THE_ROW = ("quasi_identifiers", "small_cells")
PARTS = ("development", "held_out")
DECISIONS = ("hold", "publish")


@dataclass(frozen=True)
class Truth:
    """What a file is: whether it must be held, why, and what it carries."""

    name: str
    part: str
    decision: str
    why: str
    find: dict[str, list[str]] = field(default_factory=dict)
    never: dict[str, list[str]] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)

    @property
    def hold(self) -> bool:
        """Whether the file must be held, for review or for good."""
        return self.decision == "hold"

    def score(self, found: set[tuple[str, str]]) -> dict[str, tuple[int, int, int]]:
        """By category: places found, places missed, findings that are wrong; ``found`` is (column, category) held."""
        result = {}
        for category in CATEGORIES:
            right = missed = 0
            for asked, places in self.find.items():
                if asked.split("|")[0] == category:
                    columns = {column for column, each in found if each in asked.split("|")}
                    hits = sum(any(same(place, column) for column in columns) for place in places)
                    right, missed = right + hits, missed + len(places) - hits
            wrong = sum(self._wrong(category, column) for column, each in found if each == category)
            result[category] = (right, missed, wrong)
        return result

    def _wrong(self, category: str, column: str) -> bool:
        wanted = [place for asked, places in self.find.items() if category in asked.split("|") for place in places]
        if any(same(place, column) for place in wanted):
            return False
        if any(same(place, column) for place in self.never.get(category, [])):
            return True
        if category in OF_THE_ROW and self.hold:
            # It is a fact about several columns; which of them bears it is a matter of taste.
            return False
        carrying = [place for places in self.find.values() for place in places] + self.allowed
        return not any(same(place, column) for place in carrying)


def same(place: str, column: str) -> bool:
    """Whether ``column`` of a report is ``place`` of the truth, whatever sheet or path stands before its name."""
    column = " ".join(column.split()).casefold()
    names = [" ".join(name.split()).casefold() for name in place.split("|")]
    return "*" in names or any(
        column == name or column.endswith(tuple(f"{by}{name}" for by in "./!: ")) for name in names
    )


def truths() -> dict[str, Truth]:
    """The truth of every file by its name, in the order of the file."""
    read = yaml.safe_load(Path(__file__).with_name("truth.yaml").read_text("utf-8"))
    return {name: Truth(name=name, **facts) for name, facts in read.items()}
