"""A small catalogue as a French agglomeration and its communes would publish it, for the tests of the search."""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATIONS = {
    "grand-bourg": "Grand Bourg Agglomération",
    "bourg-en-bresse": "Bourg-en-Bresse",
    "peronnas": "Péronnas",
    "saint-denis-les-bourg": "Saint-Denis-lès-Bourg",
    "viriat": "Viriat",
    "val-revermont": "Val-Revermont",
    # The short name says nothing of the title: only the title can be found.
    "mco": "Montagnat",
}


@dataclass(frozen=True)
class Dataset:
    """What a citizen can search of a dataset."""

    name: str
    title: str
    notes: str
    organisation: str
    tags: tuple[str, ...] = ()


CATALOGUE = (
    Dataset("ecoles", "Écoles maternelles et élémentaires", "Adresses et effectifs des écoles publiques.",
            "grand-bourg", ("éducation",)),
    Dataset("eau-potable", "L'eau potable distribuée", "Prélèvements et résultats d'analyse au robinet.",
            "grand-bourg", ("AEP", "réseau")),
    Dataset("stations-epuration", "Stations d’épuration", "Capacité en équivalents-habitants des ouvrages "
            "d’assainissement.", "grand-bourg", ("eaux usées",)),
    Dataset("decheteries", "Déchèteries", "Horaires d'ouverture et matériaux acceptés.", "grand-bourg"),
    Dataset("collecte", "Jours de collecte des déchets ménagers", "Calendrier des tournées par rue.", "grand-bourg"),
    Dataset("stationnement", "Stationnement payant", "Tarifs et nombre de places par zone.", "bourg-en-bresse"),
    Dataset("station-meteo", "Relevés de la station météo", "Température et pluie au pas de dix minutes.",
            "bourg-en-bresse"),
    Dataset("gares", "Fréquentation des gares", "Voyageurs par an dans chaque gare ferroviaire.", "grand-bourg"),
    Dataset("velos", "Stations de vélos en libre-service", "Bornes et nombre d'emplacements.", "grand-bourg",
            ("mobilité",)),
    Dataset("cyclable", "Aménagements cyclables", "Pistes et bandes ouvertes à la circulation.", "grand-bourg"),
    Dataset("bus", "Réseau de bus : arrêts et horaires", "Fichier GTFS des lignes régulières.", "grand-bourg"),
    Dataset("irve", "Bornes de recharge pour véhicules électriques", "Points de charge au format IRVE.",
            "grand-bourg", ("IRVE",)),
    Dataset("cantines", "Menus de la restauration scolaire", "Plats servis chaque midi.", "bourg-en-bresse"),
    Dataset("creches", "Établissements d'accueil du jeune enfant", "Crèches collectives et familiales.",
            "grand-bourg"),
    Dataset("loisirs", "Accueils de loisirs sans hébergement", "Places ouvertes le mercredi.", "viriat"),
    Dataset("mairies", "Horaires des mairies", "Ouverture au public et téléphone.", "grand-bourg"),
    Dataset("deliberations-peronnas", "Délibérations du conseil municipal de Péronnas", "Actes votés depuis 2020.",
            "peronnas"),
    Dataset("budget-2024", "Budget primitif 2024", "Dépenses et recettes par chapitre.", "peronnas"),
    Dataset("budget-2023", "Budget primitif 2023", "Dépenses et recettes par chapitre.", "peronnas"),
    Dataset("subventions", "Subventions versées aux associations", "Bénéficiaires et montants.", "bourg-en-bresse"),
    Dataset("decp", "Données essentielles de la commande publique", "Contrats notifiés par l'acheteur.",
            "grand-bourg"),
    Dataset("plu", "Plan local d'urbanisme", "Zonage et règlement au standard du CNIG.", "saint-denis-les-bourg"),
    Dataset("piscine-peronnas", "Fréquentation de la piscine", "Entrées par jour d'ouverture.", "peronnas"),
    Dataset("piscine-viriat", "Fréquentation du centre aquatique", "Entrées par jour d'ouverture.", "viriat"),
    Dataset("arbres", "Arbres d’alignement", "Essence, hauteur et année de plantation.", "bourg-en-bresse",
            ("biodiversité",)),
    Dataset("eclairage", "Points lumineux", "Lampadaires de l'éclairage public.", "val-revermont"),
    Dataset("wifi", "Bornes Wi-Fi gratuites", "Points d'accès dans les lieux publics.", "bourg-en-bresse"),
    Dataset("dae", "Défibrillateurs", "Emplacements accessibles jour et nuit.", "grand-bourg"),
    Dataset("prenoms", "Prénoms donnés aux enfants", "Statistiques de l'état civil.", "bourg-en-bresse"),
    Dataset("elus", "Liste des élus", "Mandats et fonctions.", "saint-denis-les-bourg"),
    Dataset("oeuvres", "Œuvres d'art dans l'espace public", "Sculptures et fresques.", "bourg-en-bresse"),
    Dataset("bibliotheques", "Catalogue des médiathèques", "Notices et prêts.", "grand-bourg"),
    Dataset("travaux", "Travaux de voirie en cours", "Rues barrées et déviations.", "bourg-en-bresse"),
    Dataset("cours-eau", "Cours d'eau et plans d'eau", "Reyssouze, Veyle et leurs affluents.", "grand-bourg"),
    Dataset("cours-ecole", "Végétalisation d'une cour", "Surface débitumée.", "viriat"),
    Dataset("portes", "Matériaux des portes et fenêtres", "Enquête sur le bâti ancien.", "val-revermont"),
    Dataset("codes", "Table des communes", "Le code INSEE 01053 désigne la ville-centre.", "grand-bourg"),
    Dataset("covoiturage", "Aires de co-voiturage", "Nombre de places par aire.", "grand-bourg"),
    Dataset("cimetieres", "Cimetières communaux", "Concessions échues.", "mco"),
    Dataset("route-d117", "Trafic sur la D117", "Véhicules par jour.", "val-revermont"),
    Dataset("equipements-sportifs", "Équipements sportifs", "Gymnases, terrains et vestiaires.", "grand-bourg"),
    Dataset("salles", "Salles municipales à louer", "Capacité et tarifs.", "mco"),
    Dataset("sirene-fichier", "Entreprises", "Extrait du fichier etablissements_actifs.csv.", "grand-bourg"),
)  # fmt: skip
