"""E-mail addresses: a person's, or the mailbox of a service."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.names import known_common_words, known_first_names, known_surnames

from .base import Detector, by_distinct

if TYPE_CHECKING:
    from collections.abc import Callable

_LOCAL, _DOMAIN = r"[A-Za-zÀ-ÿ0-9._%+'-]{1,64}", r"[A-Za-zÀ-ÿ0-9-]{1,63}(?:\.[A-Za-zÀ-ÿ0-9-]{1,63}){1,6}"
# Written so that machines do not read it: « jean.dupont [at] exemple.fr ».
_AT = r" ?(?:\[at\]|\(at\)|[\[(]?arobase[\])]?) ?"
_PIECE = f"{_LOCAL}(?:@|{_AT}){_DOMAIN}"
_PUBLIC_BOXES = (
    r"^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|orange|wanadoo|free|sfr|neuf|laposte|bbox|numericable"
    r"|aol|icloud|me|mac|proton|protonmail|pm|gmx|tutanota|cegetel|club-internet|aliceadsl|nordnet|voila|dbmail|caramail)"
    r"\.[a-z]{2,4}(?:\.[a-z]{2})?$"
)
# The mailbox of a place, a service or a duty; what is beside it makes no person of it.
_ROLES = (
    r"^(?:[a-z0-9]{1,4}[._-])?(?:(?:la|le)[._-]?)?(?:mairie|contact|contacts|accueil|info|infos|information|informations"
    r"|secretariat|secretaire|direction|service|services|bureau|administration|admin|webmaster|communication|com|presse"
    r"|urbanisme|technique|techniques|compta|comptabilite|finances|facturation|marches|marchespublics|achats|rh|drh"
    r"|recrutement|emploi|mediatheque|bibliotheque|ludotheque|musee|archives|ecole|ecoles|college|lycee|ce|creche"
    r"|multiaccueil|petiteenfance|enfance|jeunesse|periscolaire|cantine|restauration|centre|piscine|stade|gymnase|sport"
    r"|sports|culture|culturel|tourisme|office|ot|otsi|oti|conservatoire|theatre|cinema|billetterie|reservation|reservations"
    r"|reserver|location|locations|hotel|camping|gite|gites|restaurant|boutique|commercial|sav|support|aide|assistance|help|hello"
    r"|bonjour|mail|courrier|poste|standard|dpo|rgpd|cnil|opendata|data|sig|geomatique|cartographie|dechets|dechet"
    r"|dechetterie|decheterie|environnement|eau|assainissement|spanc|voirie|transport|transports|mobilite|ccas|cias"
    r"|social|solidarite|sante|ehpad|residence|police|policemunicipale|pm|elections|etatcivil|cabinet|dgs|dst|elus|conseil"
    r"|president|presidence|tresorier|association|asso|club|comite|amicale|federation|ligue|foyer|mjc|maison|espace"
    r"|agence|commune|communaute|agglo|agglomeration|metropole|cc|ville|departement|region|prefecture|noreply|no-reply"
    r"|nepasrepondre|ne-pas-repondre|abuse|postmaster|vente|ventes|magasin|atelier|pharmacie|cabinetmedical|maisonmedicale"
    r"|rpe|ram|franceservices|mfs|telealerte|festival|evenement|events|animation|animations|logement|habitat|patrimoine"
    r"|relations|relation|clientele|client|clients|usagers|demarches|guichet|portail|numerique|informatique|dsi|maintenance)"
    r"(?:[._-].*|[0-9]*)$"
)
_SCHOOL = r"^(?:ce\.)?0[0-9]{6}[a-z]$"
# What is on each side of a mark, and what follows an initial without one.
_FIRST, _LAST, _GLUED = r"^([a-z]+)[._-]", r"[._-]([a-z]{2,})[0-9]*$", r"^[a-z]([a-z]{4,})[0-9]*$"


@lru_cache(maxsize=3)
def _known(names: Callable[[], list[str]]) -> pl.Series:
    """The list as polars asks for it, once."""
    return pl.Series([names()], dtype=pl.List(pl.String))


def _kind(value: pl.Expr) -> pl.Expr:
    parts = value.str.to_lowercase().str.replace(_AT, "@").str.split("@")
    local, domain = parts.list.first(), parts.list.last()
    local = local.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.strip_chars(".'-")
    asset = domain.str.contains(r"\.(?:png|jpe?g|gif|svg|js|css)$")
    role = local.str.contains(_ROLES) | local.str.contains(_SCHOOL)
    # « travaux » and « voirie-nord » are no initial and no surname.
    role |= local.str.extract(r"^([a-z]+)[0-9]*(?:[._-]|$)").is_in(_known(known_common_words)).fill_null(value=False)
    same = domain.str.replace_all("[^a-z0-9]", "").str.starts_with(local.str.replace_all("[^a-z0-9]", ""))
    first, last = local.str.extract(_FIRST), local.str.extract(_LAST)
    firsts, lasts = _known(known_first_names), _known(known_surnames)
    person = (
        (first.is_in(firsts) | last.is_in(firsts) | ((first.str.len_bytes() == 1) & last.is_in(lasts)))
        | (first.is_in(lasts) & last.is_in(lasts))
        | local.str.extract(_GLUED).is_in(lasts)
    ).fill_null(value=False)
    return (
        pl.when(asset)
        .then(None)
        .when(role | (same & ~domain.str.contains(_PUBLIC_BOXES)))
        .then(pl.lit("generic"))
        .when(domain.str.contains(_PUBLIC_BOXES))
        .then(pl.when(person).then(pl.lit("personal")).otherwise(pl.lit("private-box")))
        .when(person)
        .then(pl.lit("personal"))
        .otherwise(pl.lit("unsure"))
    )


DETECTOR = Detector(
    category="email",
    label="Adresse électronique d’une personne",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=("mail", "email", "e mail", "courriel", "mel", "adresse electronique", "messagerie", "adresse mail"),
    # Literals only: each column is searched for them.
    candidate=r"@|\[at\]|\(at\)|arobase",
    pattern=_PIECE,
    classify=by_distinct(_kind),
    min_length=6,
    settled=("personal",),
    examples=(
        ("courriel", "jeanne.dupont@exemple.fr", "personal"),
        ("observation", "écrire à P.MARTIN@ville.fr avant midi", "personal"),
        ("mel", "zorro42@gmail.com", "private-box"),
        ("contact", "jeanne.dupont [at] exemple.fr", "personal"),
        ("contact", "jeanne.dupont(arobase)orange.fr", "personal"),
    ),
    counter_examples=(("contact", "@mairie"), ("logo", "logo@2x.png"), ("texte", "rendez-vous @ la salle")),
)
