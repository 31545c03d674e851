"""Things: trees, meals, stops, meters of passages, whatever their columns are called."""

from __future__ import annotations

from tests.rgpd.samples.columns import LATITUDES, LONGITUDES, STREETS, TOWNS, table

SAMPLES = {
    "arbres.csv": table(
        id=range(8),
        genre="Acer",
        espece="platanoides",
        hauteur="12",
        annee_plantation="1980",
        remarques=["RAS", "à élaguer cet hiver avant mars", *["RAS"] * 6],
        geo_point=[f"46.20{n}123,5.22{n}123" for n in range(8)],
    ),
    "menus_cantine.csv": table(
        date=[f"2023-03-{10 + n}" for n in range(8)],
        entree="Carottes râpées",
        plat="Poisson",
        dessert="Fruit",
        allergenes="poisson, lait",
    ),
    "gtfs_agency.txt": table(
        agency_id=range(8),
        agency_name="Rubis",
        agency_url="https://exemple.fr",
        agency_phone="0474223344",
        agency_email="contact@exemple.fr",
    ),
    "parc_arbore.csv": table(
        id_arbre=range(8),
        genre="Quercus",
        espece="robur",
        variete=["Pierre", "Marie"] * 4,
        etat_sante=["Bon", "Moyen"] * 4,
        age=["12", "45"] * 4,
        adresse=STREETS,
    ),
    "stationnement_pmr.csv": table(
        rue=STREETS,
        nb_places_handicap=["1", "2"] * 4,
        observation=["face au numéro 12 de la rue", "devant la mairie de la commune"] * 4,
    ),
    "codes_barres.csv": table(
        produit=["Stylo", "Cahier", "Gomme", "Règle", "Papier", "Classeur", "Feutre", "Agenda"],
        ean=[f"301762042200{n}" for n in range(8)],
        prix="1,20",
    ),
    "compteurs_velo.csv": table(
        id_compteur=range(8),
        nom_compteur=[f"Compteur {street}" for street in STREETS],
        passages="1234",
        latitude=LATITUDES,
        longitude=LONGITUDES,
    ),
    "menus_cantine_2.csv": table(
        date="2023-03-12", entree="Carottes", plat="Rôti de porc", plat_sans_porc="Poisson", dessert="Fruit"
    ),
    "pav.csv": table(
        id=range(8),
        flux="verre",
        adresse=STREETS,
        commune=TOWNS,
        commentaire="Devant le salon de coiffure, à côté de la poste",
        geo_point_2d=[f"46.20{n}123, 5.22{n}123" for n in range(8)],
    ),
    "gtfs_stops.txt": table(
        stop_id=range(8),
        stop_name=[
            "Jean Moulin",
            "Louis Lefebvre",
            "Paul Bernard",
            "Gare",
            "Marie Durand",
            "Hôpital",
            "Brou",
            "Norelan",
        ],
        stop_lat=LATITUDES,
        stop_lon=LONGITUDES,
    ),
}
