"""Drop columns; or only write the file again, without what stands outside its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.rgpd.remedies.flow import quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError

from .base import CELLS, DROP, Kind

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment


def _drop(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    if not names:
        return flow
    if len(names) == len(flow.names):
        raise RemedyError(
            "nothing-left", "Il ne resterait aucune colonne : gardez-en une, ou ne publiez pas le fichier."
        )
    said = "Colonne supprimée" if len(names) == 1 else "Colonnes supprimées"
    return flow.without(names).told(f"{said} : {quoted(names)}.")


def _rewrite(flow: Flow, _: Treatment, __: Settings) -> Flow:
    return flow.told(
        "Fichier écrit de nouveau en CSV : ses propriétés, ses commentaires et le texte hors du tableau n’y sont plus."
    )


DROP_COLUMN = Kind("drop_column", "Supprimer la colonne", DROP, _drop)
REWRITE = Kind("rewrite", "Écrire le fichier de nouveau", CELLS, _rewrite, columns=False)
