"""What stops a run before it does harm: a catalogue that is suddenly empty, cut or much smaller."""

from __future__ import annotations

from attrs import frozen

#: 29 % of 100 is 28.999… for a computer.
_ROUNDING = 1e-9


@frozen
class Held:
    """Why a plan waits for a person: a stable ``code`` (empty, truncated, shrunk, first) and a French sentence."""

    code: str
    message: str


def held(*, read: int, present: int, absent: int, complete: bool, shrink_ratio: float) -> Held | None:
    """Return why a plan must wait, None when it need not.

    ``read``: entries of the catalogue; ``present``: datasets that the source has on the portal; ``absent``: those of
    them that the catalogue no longer has; ``shrink_ratio``: the share of them that may vanish at once (0 to 1).
    """
    if not present or not absent:
        return None
    if not read and complete:
        return Held(
            "empty",
            f"Le catalogue est vide, alors que le portail en a {_datasets(present)}. Rien n’a été touché : vérifiez"
            " son adresse avec la commune, puis confirmez si le catalogue est vraiment vide.",
        )
    if absent <= present * shrink_ratio + _ROUNDING:
        return None
    if not complete:
        return Held(
            "truncated",
            f"Le catalogue n’a pas été lu jusqu’au bout : il y manque {_datasets(absent)} sur {present}. Si vous"
            " confirmez, ce qui a été lu est repris, et rien n’est conclu de ce qui manque.",
        )
    return Held(
        "shrunk",
        f"Le catalogue a rétréci : {_datasets(absent)} sur {present} n’y sont plus, plus que les"
        f" {_percent(shrink_ratio)} permis. Vérifiez avec la commune, puis confirmez si ces retraits sont voulus.",
    )


def first(count: int) -> Held:
    """Return what a first import waits for: someone who has seen it."""
    return Held("first", f"Première lecture de cette source : {_datasets(count)} à publier. Relisez, puis confirmez.")


def _datasets(count: int) -> str:
    return f"{count}\xa0jeu{'x' if count > 1 else ''} de données"


def _percent(ratio: float) -> str:
    return f"{ratio * 100:.10g}".replace(".", ",") + "\xa0%"
