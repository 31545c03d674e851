"""Accounts, budget, taxes, supplies."""

from __future__ import annotations

from tests.rgpd.corpus.domains.admin import TRADES
from tests.rgpd.corpus.people import Chance, dotted, fours
from tests.rgpd.corpus.registry import Book, Document, Sheet, Table, file


@file("tiers_comptables.csv")
def payees(c: Chance) -> Document:
    rows = [
        [c.digits(6), f"{p.last.upper()} {p.first.upper()}", fours(p.iban), c.some("REMB. CAUTION|TROP PERCU|VACATION")]
        for p in c.people(180)
    ]
    return Table(["code", "tiers", "coord. bancaires", "nature"], rows)


@file("budget_primitif_m57.csv")
def budget(c: Chance) -> Document:
    names = "Charges à caractère général|Charges de personnel|Impôts et taxes|Dotations|Emprunts|Immobilisations"
    rows = [
        [2025, c.some("F|I"), c.some("D|R"), c.randrange(60000, 79999), c.some(names), c.amount(100, 900000)]
        for _ in range(180)
    ]
    return Table(["Exercice", "Section", "Sens", "Nature", "Libellé", "Montant"], rows)


@file("frais_mission_lignes.csv")
def expenses(c: Chance) -> Document:
    rows = [
        [
            n,
            c.fr(2024, 2024),
            c.some("6251|6256|6257"),
            c.some("Train Lyon - Paris|Péage A40|Hôtel|Repas équipe"),
            c.amount(5, 300),
        ]
        for n in range(2600)
    ]
    rows[1873][3] = f"Repas, justificatif à demander à {c.person().email} avant fin de mois"
    return Table(["ligne", "date", "compte", "libelle", "montant"], rows, delimiter=",", encoding="utf-8")


@file("mandats_depenses_2024.csv")
def payments(c: Chance) -> Document:
    rows = [
        [f"{n:06d}", c.fr(2024, 2024), c.some(TRADES + "|EDF|LA POSTE"), c.amount(20, 60000), f"FACT {c.digits(8)}"]
        for n in range(3100)
    ]
    p = c.person()
    rows[2204][4] = f"remb. caution salle {p.last.upper()} vir. {p.iban}"
    return Table(["mandat", "date", "fournisseur", "montant_ttc", "reference"], rows)


@file("budget_annexe_eau.xlsx")
def properties(c: Chance) -> Document:
    p = c.person()
    rows = [
        [c.randrange(600, 799), c.some("Vente d'eau|Achats|Personnel"), c.randrange(1000, 90000)] for _ in range(30)
    ]
    return Book(
        {"BP 2025": Sheet(["Compte", "Libellé", "Montant"], rows)},
        {"title": "BP eau", "comments": f"Litige avec {p.title} {p.full}, {p.address}, {dotted(p.mobile)}, {p.email}"},
    )


@file("tarifs_communautaires.xlsx")
def hidden_list(c: Chance) -> Document:
    rows = [
        [c.some("Piscine|Conservatoire|Camping"), c.some("Adulte|Enfant|Groupe"), c.randrange(2, 90)] for _ in range(40)
    ]
    values = Sheet(["Liste", "Code"], [["Adulte", "AD"], ["Enfant", "EN"], ["Groupe", "GR"]], hidden=True)
    return Book(
        {"Tarifs": Sheet(["Équipement", "Public", "Tarif"], rows), "Listes": values}, {"author": "Service finances"}
    )


@file("roles_taxe_fonciere.csv")
def tax_roll(c: Chance) -> Document:
    rows = []
    for p in c.people(170):
        first = c.choice("0123") + c.digits(9)
        rows.append([f"{first}{int(first) % 511:03d}", p.upper, p.street, c.amount(300, 4000), c.amount(100, 2000)])
    return Table(["N° fiscal", "Redevable", "Adresse d'imposition", "Base", "Cotisation"], rows)


@file("commandes_fournitures.csv")
def supplies(c: Chance) -> Document:
    rows = [
        [
            f"FR{c.digits(2)} {c.digits(4)} {c.digits(4)} {c.choice('ABCD')}{c.digits(3)}",
            f"3{c.digits(12)}",
            c.digits(15),
            c.some("Ramette A4|Cartouche|Rose de Picardie, papier peint|Stylo Pierre Henry"),
            c.randrange(1, 90),
        ]
        for _ in range(300)
    ]
    return Table(["Réf. produit", "EAN", "N° de lot", "Désignation", "Qté"], rows)
