"""Which columns of a table name people, by their headers and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .headers import header_kind, is_about
from .words import plain, says

if TYPE_CHECKING:
    from .context import Context
    from .observe import ColumnEvidence


def people_of(column: ColumnEvidence, context: Context) -> str | None:  # noqa: PLR0911 - one case after another
    """Tell what people a column names, if any."""
    if not column.filled:
        return None
    kind = header_kind(column.header)
    full = column.people_share("full", "titled", "initial", "official")
    first = column.people_share("first")
    if kind == "first" and (first >= 0.3 or full >= 0.3):
        return "first" if first >= full else "full"
    if says(column.header, ("civilite",)) and column.share(r"(?i)^(?:m\.?|mr|mme|mlle|melle|monsieur|madame)$") >= 0.5:
        return "civility"
    if kind == "person" and full >= 0.15:
        return "full"
    if says(column.header, ("initiale",)) and column.share(r"^[A-ZÀ-Þ](?:[. -]{0,2}[A-ZÀ-Þ]){0,3}\.?$") >= 0.5:
        return "surname"
    if kind in {"maybe", ""} and full >= (0.3 if kind else 0.5) and (kind or column.longest <= 80) and _several(column):
        return "full"
    if (
        kind == ""
        and first >= 0.8
        and len(column.sample) >= 3
        and not (context.facility or context.body or context.culture)
    ):
        return "first"
    # Under a header that may be anything's, a lone name may be a place's: a title, or bodies beside, must speak.
    vague = kind == "maybe" and not is_about(column.header, "of_somebody") and not context.body
    kinds = ("titled",) if vague else ("full", "titled", "initial")
    if kind in {"person", "maybe", "first"} and column.count("name", kinds, whole=True):
        return "rare"
    return None


def _several(column: ColumnEvidence) -> bool:
    """Tell whether different people are named: the same two over and over are those a place honours."""
    return column.distinct_people >= min(3, column.filled)


def _of_one_more_word(header: str) -> bool:
    """Tell whether a header is « nom » and a word of the house, as in NOM_RECLAM."""
    words = plain(header).split()
    return len(words) == 2 and "nom" in words


def lone_surnames(context: Context) -> None:
    """Find surnames in columns of their own: beside first names, or under a header that says so."""
    firsts = "first" in context.people.values()
    for column in context.columns:
        kind = header_kind(column.header)
        if column.name in context.people or not column.filled:
            continue
        share = column.people_share("last", "first", "full", "titled")
        sure = is_about(column.header, "person") and says(
            column.header, ("nom", "patronyme", "name", "surname", "identite", "epoux", "usage")
        )
        capitals = column.share(r"^[A-ZÀ-Þ'’ \-]{2,40}$")
        if (
            (kind in {"person", "maybe"} and firsts and (share >= 0.25 or capitals >= 0.6))
            or (sure and kind != "other" and share >= 0.25)
            or (kind == "" and firsts and share >= 0.5 and column.longest <= 40)
            or (kind == "person" and share >= 0.5)
            or (
                kind == "maybe"
                and share >= 0.6
                and (plain(column.header) == " nom " or (capitals >= 0.6 and _of_one_more_word(column.header)))
                and not (context.facility or context.body or context.culture)
            )
        ):
            context.people[column.name] = "surname"
