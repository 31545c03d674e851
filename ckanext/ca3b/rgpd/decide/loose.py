"""Texts that stand outside tables: documents, comments, properties, titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.model import Finding
from ckanext.ca3b.rgpd.words import plain, says, vocabulary

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.policy import Policy

_SURE = {"nir": ("keyed",), "iban": ("iban", "rib"), "email": ("personal", "private-box"), "phone": ("mobile",),
         "plate": ("siv",), "ip": ("public",), "birth_date": ("said",), "name": ("titled", "full")}  # fmt: skip
_SITUATIONS = {"nir": "keyed", "iban": "person"}
# Words of an act are at its beginning; one alone may be said of another.
_BEGINNING, _ENOUGH = 80, 2


def is_act(title: str, texts: list[str]) -> bool:
    """Tell whether a document is an act or the minutes of an assembly, by its name or its first lines."""
    words = vocabulary("context")["public_act"]
    if says(title, words):
        return True
    beginning = plain(" ".join(texts[:_BEGINNING]))
    return sum(plain(word) in beginning for word in words) >= _ENOUGH


def decide_text(
    what: str, texts: list[str], policy: Policy, where: str | None = None, *, act: bool = False
) -> list[Finding]:
    """Give the findings of loose texts, named by what they are; ``act`` says that elected people are named."""
    findings = []
    values = pl.Series(texts, dtype=pl.String)
    for category, kinds in _SURE.items():
        found = DETECTORS[category].find(values)
        count = found.filter(pl.col("kind").is_in(list(kinds)))["row"].n_unique()
        if not count:
            continue
        rule = policy.rule(category, _situation(category, what, act=act))
        findings.append(
            Finding(
                column=what,
                category=category,
                decision=rule.decision,
                count=count,
                rows_ratio=round(count / len(texts), 6),
                reason=rule.reason,
                certainty=rule.certainty,
                where=where,
            )
        )
    return findings


def _situation(category: str, what: str, *, act: bool) -> str:
    if category == "name" and what in {"auteur du document", "auteurs"}:
        return "author"
    if category == "name" and act:
        return "elected"
    return _SITUATIONS.get(category, "text")
