"""A generated catalogue: a thousand datasets such as French communes publish, the same at every run."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ckanext.ca3b.territory.core import Commune, Territory, slugify

SIZE = 1000
SEED = 20231138
EPCI = "200071751"

LICENCES = (("open", 9), ("share-alike", 1))
FREQUENCIES = ("ANNUAL", "MONTHLY", "WEEKLY", "DAILY", "IRREG")
FREQUENCY_WORDS = ("chaque année", "chaque mois", "chaque semaine", "chaque jour", "lorsque la situation change")


@dataclass(frozen=True)
class File:
    """One file of a dataset."""

    title: str
    description: str
    format: str
    url: str


@dataclass(frozen=True)
class Record:
    """One dataset in words that belong to no schema.

    ``theme`` and ``frequency`` are codes of the European authority tables, ``licence`` is one of ``LICENCES``,
    ``period`` is the first and last day covered.
    """

    name: str
    title: str
    notes: str
    tags: tuple[str, ...]
    theme: str
    commune: Commune
    frequency: str
    licence: str
    period: tuple[str, str]
    contact_name: str
    contact_email: str
    files: tuple[File, ...]


def territory() -> Territory:
    """The agglomeration whose communes publish."""
    return Territory.open(EPCI)


def subjects() -> list[dict[str, Any]]:
    """What the datasets are about, as ``subjects.yaml`` has it."""
    return yaml.safe_load((Path(__file__).parent / "subjects.yaml").read_text("utf-8"))


def records(size: int = SIZE, seed: int = SEED) -> list[Record]:
    """The catalogue: ``size`` datasets over the communes, a large commune publishing more than a small one."""
    chance = random.Random(seed)  # a reproducible draw, not a secret
    communes = territory().epci.members
    weights = [commune.municipal_population**0.5 for commune in communes]
    known = subjects()
    found: dict[str, Record] = {}
    while len(found) < size:
        commune = chance.choices(communes, weights)[0]
        record = _record(chance, chance.choice(known), commune, chance.randint(2016, 2025))
        found.setdefault(record.name, record)
    return list(found.values())


def _record(chance: random.Random, subject: dict[str, Any], commune: Commune, year: int) -> Record:
    title = f"{subject['title']} – {commune.name} ({year})"
    name = slugify(f"{subject['title']} {commune.slug} {year}")[:100].strip("-")
    frequency = chance.randrange(len(FREQUENCIES))
    notes = [
        f"Ce jeu de données décrit, pour {subject['thing']} de la commune de {commune.name}, {subject['facts']}.",
        (
            f"Les informations viennent des services de la commune, mises à jour {FREQUENCY_WORDS[frequency]}. "
            f"Elles portent sur l'année {year}."
        ),
        (
            "**Précautions d'usage** : les positions sont indicatives ; les lignes dont la source n'est pas vérifiée "
            "sont signalées dans la colonne « statut »."
        ),
    ]
    if chance.random() < 0.4:
        notes.append(
            "### Méthode\n\nLes relevés ont été faits sur le terrain, puis rapprochés des registres de la commune :\n\n"
            "- relevé par un agent ;\n- contrôle par un second agent ;\n- publication après correction."
        )
    base = f"https://fichiers.{commune.slug}.example.org/{name}"
    wanted = [(each, f"Année {year}") for each in subject["formats"]]
    wanted += [(subject["formats"][0], f"Année {year - back}") for back in range(1, chance.randint(1, 3))]
    wanted += [("PDF", "Notice de lecture")] if chance.random() < 0.3 else []
    return Record(
        name=name,
        title=title,
        notes="\n\n".join(notes),
        tags=(*subject["tags"], commune.name.replace("'", " "), str(year)),
        theme=subject["theme"],
        commune=commune,
        frequency=FREQUENCIES[frequency],
        licence=chance.choices([name for name, _ in LICENCES], [weight for _, weight in LICENCES])[0],
        period=(f"{year}-01-01", f"{year}-12-31"),
        contact_name=f"Service des données ouvertes de {commune.name}",
        contact_email=f"donnees@{commune.slug}.example.org",
        files=tuple(
            File(
                title=f"{subject['title']}, {label.lower()}",
                description=f"Un enregistrement pour {subject['thing']}. Encodage UTF-8.",
                format=form,
                url=f"{base}/{slugify(label)}.{form.lower()}",
            )
            for form, label in wanted
        ),
    )
