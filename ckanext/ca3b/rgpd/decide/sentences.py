"""Columns of free text that patterns found nothing in, given to the language model when it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from ckanext.ca3b.rgpd import language
from ckanext.ca3b.rgpd.model import LOCATED, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.rgpd.context import Context
    from ckanext.ca3b.rgpd.observe import ColumnEvidence
    from ckanext.ca3b.rgpd.policy import Policy
    from ckanext.ca3b.rgpd.sources import Part


@define
class Sentences:
    """What the model found, what it had no room to read (which holds the file), what the reader should know."""

    findings: list[Finding] = field(factory=list)
    missing: list[str] = field(factory=list)
    notes: tuple[str, ...] = ()


def read_sentences(tables: Iterable[tuple[Part, Context, set[str]]], policy: Policy) -> Sentences:
    """Read the columns of free text of ``tables`` which are not held yet, as far as the bound of one file goes."""
    result = Sentences()
    asked = [
        (part, context, column)
        for part, context, held in tables
        if not (context.culture or context.elected or context.schema)
        for column in context.columns
        if (column.prose or column.unread) and column.name not in held
    ]
    if not asked:
        return result
    if not language.installed():
        result.notes = (language.MISSING,)
        return result
    room = language.MOST
    for part, context, column in asked:
        texts = []
        for text in column.prose:
            room -= len(text)
            if room < 0:
                break
            texts.append(text)
        result.findings += _named(part, context, column, texts, policy)
        left = len(column.prose) - len(texts) + column.unread
        if left:
            place = f"{part.where} : " if part.where else ""
            result.missing.append(
                f"{place}colonne « {column.name} » : trop de texte libre pour l’analyse de langue, "
                f"{left} cellule(s) ne sont examinées que par leurs motifs"
            )
    return result


def _named(part: Part, context: Context, column: ColumnEvidence, texts: list[str], policy: Policy) -> list[Finding]:
    rows = tuple(sorted(column.prose[texts[place]] for place in language.naming(texts)))
    if not rows:
        return []
    rule = policy.rule("name", "text")
    shown = rows[:LOCATED]
    return [
        Finding(
            column=column.name,
            category="name",
            decision=rule.decision,
            count=len(rows),
            rows_ratio=round(len(rows) / context.table.rows, 6),
            reason=f"{rule.reason} Lu par l’analyse de langue.",
            certainty=min(rule.certainty, 0.6),
            rows=shown,
            lines=tuple(line for row in shown if (line := part.line(row)) is not None),
            where=part.where,
        )
    ]
