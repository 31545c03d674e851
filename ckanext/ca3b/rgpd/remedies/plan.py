"""Which treatments, in which order, on which table of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kinds import KINDS
from .kinds.base import CELLS, TABLE
from .model import RemedyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.rgpd.sources import Content, Part

    from .model import Treatment

_FORMS = frozenset({"csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "jsonl", "parquet"})


def ordered(treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """Check the treatments and give them in the order they are done, each once.

    Raises:
        RemedyError: one is unknown, or two contradict each other.

    """
    once: list[Treatment] = []
    for each in treatments:
        _check(each)
        if each not in once:
            once.append(each)
    if not once:
        raise RemedyError("treatment", "Choisissez au moins un traitement.")
    busy: set[str] = set()
    for each in once:
        if KINDS[each.kind].phase != CELLS:
            continue
        for column in each.columns:
            if column in busy:
                raise RemedyError("twice", f"La colonne « {column} » a deux traitements : n’en gardez qu’un.")
            busy.add(column)
    if sum(KINDS[each.kind].phase == TABLE for each in once) > 1:
        raise RemedyError("twice", "Deux traitements changent tout le tableau : n’en gardez qu’un.")
    return tuple(sorted(once, key=lambda each: KINDS[each.kind].phase))


def _check(treatment: Treatment) -> None:
    kind = KINDS.get(treatment.kind)
    if kind is None:
        raise RemedyError("treatment", f"Le traitement « {treatment.kind} » n’existe pas.")
    unknown = sorted(set(treatment.params) - kind.params)
    if unknown:
        raise RemedyError("params", f"« {kind.label} » n’a pas de réglage « {unknown[0]} ».")
    if kind.columns and not treatment.columns:
        raise RemedyError("columns", f"« {kind.label} » demande une colonne.")


def one_part(content: Content, where: str | None) -> Part:
    """Give the table to treat: the one called ``where``, or the only one.

    Raises:
        RemedyError: there are several, there is none of this name, or it is no table that CSV can hold.

    """
    if content.missing:
        raise RemedyError("not-examined", f"Ce fichier ne peut pas être traité ici : {content.missing[0]}.")
    parts = [part for part in content.parts if part.names]
    if where is not None:
        parts = [part for part in parts if part.where == where]
        if not parts:
            raise RemedyError("where", f"« {where} » n’est ni une feuille ni une liste de ce fichier.")
    elif len(parts) == 2 and parts[0].form == "json":
        # Beside its records, an answer of a service has a few words of its own (« total », « type »).
        parts = [part for part in parts if part.where] if sum(part.where is None for part in parts) == 1 else parts
    if not parts:
        raise RemedyError("empty", "Ce fichier n’a pas de tableau à traiter.")
    if len(parts) > 1:
        names = ", ".join(f"« {part.where} »" for part in parts if part.where)
        raise RemedyError(
            "several", f"Ce fichier a plusieurs tableaux ({names}) : enregistrez chacun dans un fichier à part."
        )
    if parts[0].form not in _FORMS:
        raise RemedyError(
            "format",
            "Ce format ne se corrige pas ici : retirez les colonnes en cause dans votre logiciel (QGIS pour une carte) "
            "et déposez le fichier de nouveau, ou exportez sa table en CSV.",
        )
    return parts[0]
