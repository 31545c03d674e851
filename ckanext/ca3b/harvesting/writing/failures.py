"""Why one dataset could not be written, in a French sentence for whoever keeps the catalogue or the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from sqlalchemy import exc

from .leniency import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def sentence(problem: Exception, package: Mapping[str, Any]) -> str:
    """Return what stopped a dataset, and what to do."""
    if isinstance(problem, tk.ValidationError):
        said = dict(_each(problem.error_dict, ()))
        told = " ; ".join(f"« {name_of(place, package)} » : {message}" for place, message in said.items())
        return f"Ce jeu de données n’a pas pu être enregistré. {told}"
    if isinstance(problem, tk.NotAuthorized):
        return "Ce jeu de données n’a pas été enregistré : une extension du portail l’interdit au moissonnage."
    if isinstance(problem, exc.IntegrityError):
        return (
            "Ce jeu de données n’a pas pu être enregistré : une autre écriture du même jeu avait lieu au même moment. "
            "Le prochain moissonnage le reprendra."
        )
    if isinstance(problem, exc.DataError):
        return (
            "Ce jeu de données n’a pas pu être enregistré : la base de données refuse une de ses valeurs, trop longue "
            "ou d’une forme impossible. Raccourcissez ou corrigez ses textes dans le catalogue."
        )
    return (
        "Ce jeu de données n’a pas pu être enregistré, à cause d’une erreur du portail "
        f"({type(problem).__name__}). Le détail est dans le journal du serveur ; le prochain moissonnage le reprendra."
    )


def _each(errors: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(errors, dict):
        for name, inner in errors.items():
            yield from _each(inner, (*place, name))
    elif isinstance(errors, list) and errors and isinstance(errors[0], dict):
        for number, inner in enumerate(errors):
            yield from _each(inner, (*place, number))
    elif errors:
        yield place, str(errors[0] if isinstance(errors, list) else errors)
