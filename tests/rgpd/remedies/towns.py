"""Files as towns make them, in a few hundred rows drawn from a seed, and tables for the treatments alone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.flow import ROW, Flow, Settings
from ckanext.ca3b.rgpd.remedies.kinds import KINDS
from ckanext.ca3b.rgpd.remedies.plan import ordered
from tests.rgpd.samples import FIRST, SIRETS, STREETS, TOWNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.rgpd.remedies import Treatment
    from tests.rgpd.files import Rows

KEY = b"une clef de test, assez longue"
SURNAMES = ["MOREAU", "PETIT", "GIRARD", "ROUSSEAU", "BLANC", "GARNIER", "CHEVALIER", "FAURE", "MERCIER", "BONNET"]
DISHES = ["standard", "sans viande"]
CLUBS = ["Judo club", "Harmonie", "Comité des fêtes", "Sou des écoles", "Amis du parc", "Chorale", "Tennis club"]


def flow_of(frame: pl.DataFrame, size: int = 7) -> Flow:
    """Give the rows of ``frame`` as a file of several batches would be read."""
    numbered = frame.cast(pl.String).with_row_index(ROW, offset=1)

    def frames() -> Iterator[pl.DataFrame]:
        yield from numbered.iter_slices(size)

    return Flow(tuple(frame.columns), frames, {name: name for name in frame.columns})


def treated(frame: pl.DataFrame, *treatments: Treatment, key: bytes | None = KEY, scope: str = "") -> pl.DataFrame:
    """Give ``frame`` once treated, without the numbers of its rows."""
    flow = flow_of(frame)
    for each in ordered(treatments):
        flow = KINDS[each.kind].run(flow, each, Settings(key, scope, 2026))
    empty = pl.DataFrame(schema=dict.fromkeys(flow.names, pl.String()))
    return pl.concat([empty, *(batch.select(flow.names) for batch in flow.frames())])


def canteen(rows: int = 400) -> Rows:
    """Children who eat at school."""
    rng = random.Random(1)
    headers = [
        "nom_enfant",
        "prenom_enfant",
        "date_naissance",
        "ecole",
        "classe",
        "allergie",
        "tel_parent",
        "repas_pris",
    ]
    return headers, [
        [
            rng.choice(SURNAMES),
            rng.choice(FIRST),
            f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(2014, 2020)}",
            rng.choice(["Jules Ferry", "Les Tilleuls"]),
            rng.choice(["CP", "CE1", "CE2", "CM1"]),
            rng.choice(["", "", "", "arachide", "gluten"]),
            f"06 12 {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}",
            str(rng.randint(1, 20)),
        ]
        for _ in range(rows)
    ]  # fmt: skip


def subsidies(rows: int = 120) -> Rows:
    """Subsidies, a few of them to natural persons."""
    rng = random.Random(2)
    headers = ["nomAttribuant", "dateConvention", "nomBeneficiaire", "idBeneficiaire", "objet", "montant"]
    made: list[list[object]] = []
    for row in range(rows):
        person = row % 30 == 7
        name = (
            f"M. {rng.choice(FIRST)} {rng.choice(SURNAMES)}" if person else f"{rng.choice(CLUBS)} {rng.choice(TOWNS)}"
        )
        number = "" if person else rng.choice(SIRETS)
        made.append(["Ville", "2025-03-12", name, number, "Fonctionnement", str(rng.randint(1, 80) * 100)])
    return headers, made


def directory(rows: int = 60) -> Rows:
    """Agents named for their duty, some with a private mobile."""
    rng = random.Random(3)
    headers = ["service", "responsable", "fonction", "telephone"]
    duties = ["Directrice", "Directeur", "Chef de service", "Responsable"]
    return headers, [
        [
            rng.choice(["Urbanisme", "Voirie", "Eau", "Culture"]),
            f"{rng.choice(FIRST)} {rng.choice(SURNAMES)}",
            rng.choice(duties),
            f"06 7{row % 10} {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)}"
            if row % 5 == 0
            else f"04 74 24 {rng.randint(10, 99)} {rng.randint(10, 99)}",
        ]
        for row in range(rows)
    ]


def meters(rows: int = 300) -> Rows:
    """Energy of homes."""
    rng = random.Random(4)
    headers = ["num_compteur_linky", "adresse", "conso_kwh", "latitude", "longitude"]
    return headers, [
        [
            f"L{row:06}",
            f"{rng.choice(STREETS)} 01000 {rng.choice(['Bourg-en-Bresse', 'Saint-Denis-lès-Bourg'])}",
            str(rng.randint(1200, 9000)),
            f"{46.2 + rng.random() / 50:.6f}",
            f"{5.22 + rng.random() / 50:.6f}",
        ]
        for row in range(rows)
    ]


def aid(rows: int = 40) -> Rows:
    """People helped, by commune and sex, with the total of both."""
    rng = random.Random(5)
    headers = ["commune", "annee", "beneficiaires_rsa_femmes", "beneficiaires_rsa_hommes", "beneficiaires_rsa_total"]
    made: list[list[object]] = []
    for row in range(rows):
        women, men = rng.choice([2, 5, 14, 30, 41, 0]), rng.choice([3, 8, 19, 33, 52])
        made.append([f"{TOWNS[row % 8]} {row}", "2025", str(women), str(men), str(women + men)])
    sums = [str(sum(int(str(row[at])) for row in made)) for at in (2, 3, 4)]
    return headers, [*made, ["Total", "2025", *sums]]


def homeless(rows: int = 500) -> Rows:
    """Applicants for a home, without names."""
    rng = random.Random(6)
    headers = ["numero_demande", "age", "sexe", "commune", "situation_familiale", "revenu_mensuel"]
    return headers, [
        [
            f"LS{row:05}",
            str(min(95, max(18, int(rng.gauss(42, 15))))),
            rng.choice("FH"),
            rng.choice(TOWNS),
            rng.choice(["célibataire", "marié", "divorcé", "veuf"]),
            str(rng.randint(6, 40) * 100),
        ]
        for row in range(rows)
    ]


NATURAL = {
    "inscriptions_cantine.csv": canteen,
    "subventions_2025.csv": subsidies,
    "annuaire_services.csv": directory,
    "consommation_logements.csv": meters,
    "beneficiaires_rsa.csv": aid,
    "demandes_logement.csv": homeless,
}
