"""Small French files, written as towns write them, with what a DPO says of each."""

from __future__ import annotations

NAMES = [
    "DUPONT Jeanne",
    "MARTIN Paul",
    "BENALI Karim",
    "LE GOFF Yann",
    "PETIT Sylvie",
    "ROUSSEAU Marc",
    "NGUYEN Linh",
    "GARCIA Ana",
]
LAST = [name.rsplit(" ", 1)[0] for name in NAMES]
FIRST = [name.rsplit(" ", 1)[1] for name in NAMES]
STREETS = [
    "12 rue de la République",
    "3 bis avenue Alsace Lorraine",
    "5 impasse des Lilas",
    "27 chemin du Moulin",
    "1 place de la Mairie",
    "44 route de Lyon",
    "8 allée des Tilleuls",
    "19 rue Jean Jaurès",
]
MOBILES = [f"06 12 34 5{n} 7{n}" for n in range(8)]
LANDLINES = [f"04 74 2{n} 3{n} 4{n}" for n in range(8)]
BIRTHS = [f"{10 + n}/0{n + 1}/19{50 + 5 * n}" for n in range(8)]
TOWNS = ["Bourg-en-Bresse", "Viriat", "Péronnas", "Ceyzériat", "Attignat", "Polliat", "Montrevel", "Foissiat"]
SIRETS = [
    "21010053400019",
    "21010451000010",
    "21010289400010",
    "21010072400014",
    "21010024500015",
    "21010301700014",
    "21010266200011",
    "21010163100019",
]  # fmt: skip


def table(**columns: list[object] | str) -> tuple[list[str], list[list[object]]]:
    """Give (headers, rows); ``__`` in a name is a space, a text is repeated on every row."""
    headers = [name.replace("__", " ") for name in columns]
    lists = [[value] * 8 if isinstance(value, str) else list(value) for value in columns.values()]
    return headers, [list(row) for row in zip(*lists, strict=True)]


def mails(domain: str) -> list[str]:
    """Personal addresses of the eight people."""
    return [
        f"{first.lower()}.{last.lower().replace(' ', '')}@{domain}" for first, last in zip(FIRST, LAST, strict=True)
    ]


# What must be held: file name -> (table, categories that must be said).
HELD = {
    "inscriptions_cantine.csv": (
        table(
            nom_enfant=LAST,
            prenom_enfant=FIRST,
            date_naissance=BIRTHS,
            allergie=["arachide", "", "", "gluten", "", "", "", "lait"],
            tel_parent=MOBILES,
        ),
        {"name", "birth_date", "health", "phone"},
    ),
    "abonnes_mediatheque.csv": (
        table(Nom=LAST, Prénom=FIRST, Adresse=STREETS, Ville=TOWNS, Courriel=mails("orange.fr")),
        {"name", "address", "email"},
    ),
    "export.csv": (table(identite=NAMES, portable=MOBILES), {"name", "phone"}),
    "bacs_individuels.csv": (
        table(num_bac=range(8), litrage="120", nom_usager=NAMES, adresse=STREETS),
        {"name", "address"},
    ),
    "composteurs_individuels.csv": (
        table(
            id=range(8),
            date_livraison="12/03/2023",
            latitude=[f"46.20{n}123" for n in range(8)],
            longitude=[f"5.22{n}123" for n in range(8)],
        ),
        {"geolocation_home"},
    ),
    "demandes_logement.csv": (
        table(
            numero=[f"LS{n:04}" for n in range(8)],
            age=["23", "45", "37", "61", "29", "33", "52", "40"],
            sexe=list("FHFHFHFH"),
            commune=TOWNS,
            situation_familiale=["célibataire", "marié", "divorcé", "veuf"] * 2,
        ),
        {"quasi_identifiers"},
    ),
    "suivi_ccas.csv": (
        table(
            dossier=[f"D{n}" for n in range(8)],
            age=["23", "45", "37", "61", "29", "33", "52", "40"],
            sexe=list("FHFHFHFH"),
            pathologie=["diabète", "asthme"] * 4,
        ),
        {"health"},
    ),
    "paie_agents.csv": (
        table(matricule=[f"A{n:04}" for n in range(8)], nom=LAST, prenom=FIRST, iban="FR1420041010050500013M02606"),
        {"iban", "name"},
    ),
    "subventions_2023.csv": (
        table(
            nomAttribuant="Grand Bourg Agglomération",
            idAttribuant="20007175100019",
            dateConvention="2023-03-12",
            nomBeneficiaire=[
                "Association Saint-Martin",
                "SARL Durand",
                "Les Amis du Parc",
                "M. Karim BENALI",
                "Judo club",
                "MJC centre",
                "Sou des écoles",
                "Comité des fêtes",
            ],
            idBeneficiaire=[*SIRETS[:3], "", *SIRETS[4:]],
            objet="Fonctionnement",
            montant="1500",
        ),
        {"name"},
    ),
    "signalements.csv": (
        table(
            date="2023-03-12",
            rue=STREETS,
            observations=[
                "Nid de poule devant chez Mme DUPONT",
                "lampadaire cassé",
                "rappeler M. Paul Martin au 0612345678",
                "dépôt sauvage",
                "arbre tombé",
                "fuite",
                "tag",
                "bruit la nuit",
            ],
        ),
        {"free_text"},
    ),
    "acces_wifi.csv": (
        table(
            horodatage=[f"2023-03-12 10:0{n}:00" for n in range(8)],
            ip=[f"81.53.12.{n + 3}" for n in range(8)],
            volume_mo="12",
        ),
        {"ip"},
    ),
    "stationnement_abonnes.csv": (
        table(parking="Centre", immatriculation=[f"AB-1{n}3-CD" for n in range(8)], debut="2023-01-01"),
        {"plate"},
    ),
    "elus_coordonnees.csv": (
        table(
            Nom=LAST,
            Prénom=FIRST,
            Mandat="Conseiller municipal",
            **{"Date de début du mandat": "2020-05-25"},
            Portable=MOBILES,
        ),
        {"phone"},
    ),
    "associations_dirigeants.csv": (
        table(
            association=[
                "Judo club",
                "MJC centre",
                "Sou des écoles",
                "Comité des fêtes",
                "Amis du parc",
                "Chorale",
                "Tennis club",
                "Boules",
            ],
            numero_rna=[f"W01200{n:04}" for n in range(8)],
            president=NAMES,
            telephone=MOBILES,
        ),
        {"phone"},
    ),
    "contribuables.csv": (
        table(spi=[f"30232176{n:02}{(3023217600 + n) % 511:03}" for n in range(8)], taxe="foncière", montant="512"),
        {"tax_number"},
    ),
    "cni.csv": (
        table(nom=LAST, prenom=FIRST, numero_cni=[f"88069231{n:04}" for n in range(8)]),
        {"identity_paper", "name"},
    ),
    "eleves.csv": (
        table(INE=[f"08001234{n}AB" for n in range(8)], nom_eleve=LAST, prenom_eleve=FIRST, classe=["CP", "CE1"] * 4),
        {"professional_id", "name"},
    ),
    "spanc_controles.csv": (
        table(proprietaire=NAMES, parcelle=[f"AB {n}12" for n in range(8)], conformite=["oui", "non"] * 4),
        {"name"},
    ),
    "deliberations.csv": (
        table(
            COLL_NOM="Viriat",
            DELIB_ID=[f"2023-{n:03}" for n in range(8)],
            DELIB_DATE="2023-03-12",
            DELIB_OBJET=[
                "Budget primitif",
                "Vente de la parcelle AB 12 à M. Paul MARTIN",
                *["Décision modificative"] * 6,
            ],
        ),
        {"name"},
    ),
    "beneficiaires_rsa_commune.csv": (
        table(commune=TOWNS, annee="2022", nb_beneficiaires_rsa=["120", "3", "45", "7", "32", "54", "18", "27"]),
        {"small_cells"},
    ),
    "liste.csv": (
        table(column=[f"{name} {phone}" for name, phone in zip(NAMES, MOBILES, strict=True)], b=list("abcdefgh")),
        {"phone"},
    ),
    "personnes_isolees_canicule.csv": (
        table(M=FIRST, N=LAST, tel=LANDLINES, adr=STREETS),
        {"name", "phone", "address"},
    ),
    "compteurs_eau.csv": (table(num_compteur=[f"C{n:05}" for n in range(8)], abonne=NAMES, releve_m3="123"), {"name"}),
    "journal_etat_civil.csv": (
        table(acte=range(8), nom=LAST, prenoms=FIRST, date_naissance=BIRTHS, lieu_naissance=TOWNS),
        {"name", "birth_date"},
    ),
}

# What is published without anybody's signature.
OPEN = {
    "ecoles.csv": table(
        nom=[
            "École Jules Ferry",
            "Jean Moulin",
            "Victor Hugo",
            "Jacques Prévert",
            "École du Centre",
            "Louise Michel",
            "Marie Curie",
            "Les Tilleuls",
        ],
        adresse=STREETS,
        commune=TOWNS,
        telephone=LANDLINES,
        courriel=[f"ce.001{n:04}a@ac-lyon.fr" for n in range(8)],
        latitude=[f"46.20{n}123" for n in range(8)],
        longitude=[f"5.22{n}123" for n in range(8)],
    ),
    "population.csv": table(
        code_insee=[f"0105{n}" for n in range(8)],
        commune=TOWNS,
        annee="2020",
        population=["41111", "6400", "6200", "3100", "3200", "2500", "2400", "2200"],
        hommes=["20000", "3200", "3100", "1500", "1600", "1200", "1200", "1100"],
        femmes=["21111", "3200", "3100", "1600", "1600", "1300", "1200", "1100"],
    ),
    "voies.csv": table(
        code_voie=range(8),
        nom_voie=[
            "Rue Jean Jaurès",
            "Rue Victor Hugo",
            "Place Edgar Quinet",
            "Avenue Pierre Semard",
            "Rue Charles Robin",
            "Boulevard de Brou",
            "Rue Bichat",
            "Rue Lalande",
        ],
        commune="Bourg-en-Bresse",
        longueur="123",
    ),
    "prenoms.csv": table(
        COLL_NOM="Bourg-en-Bresse",
        COLL_INSEE="01053",
        ENFANT_SEXE=list("FMMMFMFF"),
        ENFANT_PRENOM=FIRST,
        NOMBRE_OCCURRENCES=["12", "8", "5", "9", "7", "6", "5", "11"],
        ANNEE="2022",
    ),
    "elus.csv": table(
        Nom=LAST,
        Prénom=FIRST,
        Mandat=["Maire", "Adjoint au maire", *["Conseiller municipal"] * 6],
        **{"Date de début du mandat": "2020-05-25"},
        Nuance="DVG",
    ),
    "subventions_2022.csv": table(
        nomAttribuant="Grand Bourg Agglomération",
        idAttribuant="20007175100019",
        dateConvention="2023-03-12",
        nomBeneficiaire=[
            "Association Saint-Martin",
            "Judo club Bressan",
            "Les Amis du Parc",
            "Croix-Rouge",
            "Sou des écoles",
            "MJC centre",
            "Harmonie Jeanne d’Arc",
            "Comité des fêtes",
        ],
        idBeneficiaire=SIRETS,
        objet="Fonctionnement",
        montant="1500",
    ),
    "budget.csv": table(
        BGT_NATDEC="1",
        BGT_ANNEE="2023",
        BGT_CHAPITRE=range(8),
        BGT_OPER="",
        BGT_MTREAL=[f"{n}1234.56" for n in range(8)],
    ),
    "annuaire_services.csv": table(
        service=["Urbanisme", "État civil", "Voirie", "Eau", "Déchets", "Culture", "Sport", "Finances"],
        responsable=NAMES,
        fonction=[
            "Directrice",
            "Chef de service",
            "Directeur",
            "Responsable",
            "Directrice",
            "Directeur",
            "Chargé de mission",
            "Directrice",
        ],
        telephone=LANDLINES,
        courriel=[
            f"{s}@grandbourg.fr"
            for s in ("urbanisme", "etatcivil", "voirie", "eau", "dechets", "culture", "sport", "finances")
        ],
    ),
    "prets_livres.csv": table(
        titre=["Les Misérables", "Germinal", "L’Étranger", "La Peste", "Le Horla", "Candide", "Nana", "Bel-Ami"],
        auteur=[
            "Amélie Nothomb",
            "Marc Levy",
            "Guillaume Musso",
            "Fred Vargas",
            "Michel Bussi",
            "Pierre Lemaitre",
            "Anna Gavalda",
            "David Foenkinos",
        ],
        editeur="Gallimard",
        nb_prets=["12"] * 8,
    ),
    "decheteries.csv": table(
        nom=[f"Déchèterie de {town}" for town in TOWNS],
        adresse=STREETS,
        horaires="9h-12h",
        telephone=LANDLINES,
        contact="contact@grandbourg.fr",
    ),
    "dae.csv": table(
        nom=[
            "Mairie",
            "Gymnase Jean Moulin",
            "Stade",
            "Piscine",
            "École Jules Ferry",
            "Salle des fêtes",
            "Médiathèque",
            "Parc",
        ],
        adr_num="3",
        adr_voie="rue de la Poste",
        com_nom=TOWNS,
        acc="Intérieur",
        tel1=[phone.replace(" ", "") for phone in LANDLINES],
        lat_coor1="46.2",
        long_coor1="5.2",
    ),
    "commerces.csv": table(
        enseigne=[
            "Boulangerie Martin",
            "Garage Dupont",
            "Fleurs de Marie",
            "Pharmacie Centrale",
            "Chez Paul",
            "Coiffure Sylvie",
            "Café du Centre",
            "Optique",
        ],
        activite="Commerce",
        siret=SIRETS,
        adresse=STREETS,
        telephone=[*MOBILES[:4], *LANDLINES[4:]],
        horaires="9h-19h",
    ),
    "resultats_elections.csv": table(
        bureau=range(8), inscrits="800", votants="500", exprimes="490", candidat=NAMES, voix=["120"] * 8
    ),
    "releves_qualite_air.csv": table(
        station="Bourg",
        date_debut=[f"2023-03-{10 + n}" for n in range(8)],
        polluant="NO2",
        valeur=[f"1{n}.123456789012" for n in range(8)],
    ),
    "arbres.csv": table(
        id=range(8),
        genre="Acer",
        espece="platanoides",
        hauteur="12",
        annee_plantation="1980",
        remarques=["RAS", "à élaguer cet hiver avant mars", *["RAS"] * 6],
        geo_point=[f"46.20{n}123,5.22{n}123" for n in range(8)],
    ),
    "marches.csv": table(
        id=[f"2023M{n:03}" for n in range(8)],
        objet=["Travaux de voirie rue Jean Jaurès", *["Fourniture de repas"] * 7],
        titulaire=[
            "EIFFAGE ROUTE",
            "COLAS",
            "SAS DURAND TP",
            "SOBECA",
            "SPIE",
            "VEOLIA EAU",
            "SUEZ",
            "API RESTAURATION",
        ],
        siret_titulaire=SIRETS,
        montant="123456",
        duree_mois="12",
    ),
    "menus_cantine.csv": table(
        date=[f"2023-03-{10 + n}" for n in range(8)],
        entree="Carottes râpées",
        plat="Poisson",
        dessert="Fruit",
        allergenes="poisson, lait",
    ),
    "logements_sociaux_commune.csv": table(
        commune=TOWNS, nb_logements=["1200", "300", "200", "10", "12", "45", "3", "8"], taux="12,5"
    ),
    "agenda.csv": table(
        titre=[
            "Concert de Vincent Delerm",
            "Marché de Noël",
            "Exposition Sophie Calle",
            "Vide-grenier",
            "Fête de la musique",
            "Spectacle",
            "Conférence de M. Paul Durand",
            "Bal",
        ],
        lieu="Salle des fêtes",
        date_debut="2023-12-12",
        tarif="gratuit",
        contact="culture@ville.fr",
        description="Ouvert à tous, réservation au 04 74 24 24 64",
    ),
    "deliberations_2023.csv": table(
        COLL_NOM="Viriat",
        DELIB_ID=[f"2023-{n:03}" for n in range(8)],
        DELIB_DATE="2023-03-12",
        DELIB_OBJET=[
            "Budget primitif",
            "Désignation du secrétaire de séance",
            "Madame la Maire présente le compte administratif",
            *["Décision modificative"] * 5,
        ],
        VOTE_POUR="23",
    ),
    "parkings.csv": table(
        nom=[
            "Parking Bernard",
            "Champ de Mars",
            "Parking Carré Amiot",
            "Peupliers",
            "Saint-Pierre",
            "Verchère",
            "Gare",
            "Préfecture",
        ],
        capacite="120",
        adresse=STREETS,
        immatriculation_autorisee="toutes",
        tarif="1,20",
    ),
    "monument_morts.csv": table(
        nom=LAST,
        prenom=FIRST,
        date_naissance=[f"12/03/18{80 + n}" for n in range(8)],
        date_deces=[f"12/03/191{4 + n % 5}" for n in range(8)],
        mort_pour_la_france="oui",
    ),
}

AGES = ["23", "45", "37", "61", "29", "33", "52", "40"]
SEXES = list("FHFHFHFH")

HELD |= {
    "liste_electorale_bureau3.csv": (
        table(**{"Nom de naissance": LAST, "Prénoms": FIRST, "Né(e) le": BIRTHS, "Adresse": STREETS}),
        {"name", "birth_date", "address"},
    ),
    "licencies_judo.csv": (
        table(
            licence=[f"M{n}1010{n}" for n in range(8)],
            **{"Nom Prénom": NAMES},
            categorie="Cadet",
            sexe=SEXES,
            annee_naissance=["2008"] * 8,
        ),
        {"name"},
    ),
    "verbalisations.csv": (
        table(
            DATE_PV="12/03/2023",
            IMMAT=[f"GH-{n}12-JK" for n in range(8)],
            LIEU=STREETS,
            INFRACTION="Stationnement gênant",
        ),
        {"plate"},
    ),
    "permis_construire.csv": (
        table(
            num_dossier=[f"PC00105323A00{n:02}" for n in range(8)],
            petitionnaire=[
                "M. MARTIN Paul",
                "SCI Les Lilas",
                "Mme PETIT Sylvie",
                "SARL Durand",
                "ROUSSEAU Marc",
                "M. Karim BENALI",
                "Commune de Viriat",
                "M. et Mme GARCIA",
            ],
            adresse_terrain=STREETS,
            surface="120",
        ),
        {"name"},
    ),
    "EXTRACTION.csv": (
        table(NOM_PRENOM=NAMES, TEL_PORT=MOBILES, DT_NAIS=BIRTHS, ADR_MEL=mails("free.fr"), LIB_VOIE=STREETS),
        {"name", "phone", "email"},
    ),
    "enquete_mobilite_reponses.csv": (
        table(
            id_reponse=range(8),
            age=AGES,
            genre=SEXES,
            commune_residence=TOWNS,
            csp=["Cadre", "Ouvrier"] * 4,
            mode="vélo",
        ),
        {"quasi_identifiers"},
    ),
    "jardins_familiaux.csv": (table(parcelle=range(8), locataire=NAMES, loyer="30"), {"name"}),
    "cimetiere_concessions.csv": (
        table(emplacement=[f"A{n}" for n in range(8)], concessionnaire=NAMES, date_achat="12/03/2003", duree="30"),
        {"name"},
    ),
    "impayes.csv": (
        table(
            facture=range(8),
            debiteur=[
                "MARTIN PAUL",
                "PETIT SYLVIE",
                "SARL DURAND",
                "ROUSSEAU MARC",
                "GARCIA ANA",
                "BENALI KARIM",
                "SCI DU LAC",
                "DUPONT JEANNE",
            ],
            reste_du="123,45",
        ),
        {"name"},
    ),
    "marche_forain.csv": (
        table(emplacement=range(8), commercant=NAMES, activite="Primeur", portable=MOBILES),
        {"name", "phone"},
    ),
    "journal_appels.csv": (
        table(
            date="12/03/2023",
            commentaire=[
                "Usager très agité, dépression",
                "M. Martin souhaite un rendez-vous",
                "RAS",
                "Appel perdu",
                "Mme Petit a un handicap moteur",
                "Rappeler le 0612345678",
                "RAS",
                "RAS",
            ],
        ),
        {"free_text"},
    ),
    "portage_repas.csv": (
        table(
            Client=[
                "Mme PETIT",
                "M. GARCIA",
                "Mme DUPONT",
                "M. BENALI",
                "Mme ROUSSEAU",
                "M. MARTIN",
                "Mme LE GOFF",
                "Mme NGUYEN",
            ],
            Tournee="2",
            Regime=["diabétique", "sans sel"] * 4,
        ),
        {"name"},
    ),
    "agents_grade_salaire.csv": (
        table(
            matricule=[f"{1000 + n}" for n in range(8)],
            sexe=SEXES,
            age=AGES,
            grade=["Attaché", "Rédacteur"] * 4,
            salaire_brut=["2512", "2134"] * 4,
        ),
        {"quasi_identifiers"},
    ),
    "benevoles.csv": (
        table(
            **{"Prénom et nom": [" ".join(reversed(name.rsplit(" ", 1))) for name in NAMES], "Mail": mails("gmail.com")}
        ),
        {"name", "email"},
    ),
    "cartes_transport.csv": (
        table(
            num_carte=[f"C{n:06}" for n in range(8)],
            annee_naissance=["1980", "1992", "2001", "1975", "1966", "1988", "1999", "2005"],
            sexe=SEXES,
            code_postal=["01000", "01250", "01340", "01440", "01960", "01310", "01370", "01160"],
        ),
        {"quasi_identifiers"},
    ),
    "releves_conso.csv": (
        table(pdl=[f"1912345678901{n}" for n in range(8)], adresse=STREETS, conso_kwh="3214"),
        {"address"},
    ),
    "taxis.csv": (
        table(numero_ads=range(8), exploitant=NAMES, commune=TOWNS, immatriculation=[f"GH-{n}12-JK" for n in range(8)]),
        {"plate"},
    ),
    "utilisateurs.csv": (
        table(
            login=["jdupont", "pmartin"] * 4,
            derniere_connexion="2023-03-12T10:00:00Z",
            adresse_ip=[f"2a01:e0a:1f:4d20::{n}2" for n in range(8)],
        ),
        {"ip"},
    ),
    "famille_quotient.csv": (
        table(famille=[f"Famille {name}" for name in LAST], quotient_familial=["612", "834"] * 4),
        {"name"},
    ),
    "liste_greve.csv": (table(agent=NAMES, service="Voirie", syndicat=["CGT", "CFDT"] * 4), {"name", "health"}),
    "notes.csv": (
        table(ref=range(8), info=["", "", "", "Contacter jeanne.dupont@orange.fr", "", "", "", ""]),
        {"email"},
    ),
    "inventaire.csv": (
        table(
            ref=range(8),
            libelle=["Table", "Chaise", "Bureau", "Lampe", "NIR 2 69 05 49 588 157 80", "Armoire", "Banc", "Tableau"],
        ),
        {"nir"},
    ),
    "contacts_mairies.csv": (
        table(mairie=[f"Mairie de {town}" for town in TOWNS], secretaire=NAMES, mail=mails("viriat.fr")),
        {"email"},
    ),
    "assistantes_maternelles.csv": (
        table(Nom=LAST, Prénom=FIRST, Adresse=STREETS, Commune=TOWNS, places="3", tel=LANDLINES),
        {"name"},
    ),
}
OPEN |= {
    "rne_conseillers.csv": table(
        **{
            "Code commune": [f"0105{n}" for n in range(8)],
            "Nom de l’élu": LAST,
            "Prénom de l’élu": FIRST,
            "Code sexe": SEXES,
            "Date de naissance": BIRTHS,
            "Libellé de la catégorie socio-professionnelle": "Cadre",
            "Date de début du mandat": "18/05/2020",
            "Libellé de la fonction": ["Maire", "1er adjoint"] * 4,
        }
    ),
    "equipements_sportifs.csv": table(
        nom=[
            "Gymnase Jean Moulin",
            "Stade Marcel Verchère",
            "Dojo Pierre Semard",
            "Piscine Carré d’Eau",
            "Boulodrome Raoul Dufy",
            "Salle Léo Lagrange",
            "Stade Chalandré",
            "Terrain B",
        ],
        type_equipement="Gymnase",
        adresse=STREETS,
        proprietaire="Commune",
        gestionnaire="Commune",
        surface="1200",
        latitude=[f"46.20{n}123" for n in range(8)],
        longitude=[f"5.22{n}123" for n in range(8)],
    ),
    "medecins.csv": table(
        nom=LAST,
        prenom=FIRST,
        specialite=["Médecine générale", "Cardiologie"] * 4,
        adresse_cabinet=STREETS,
        telephone=LANDLINES,
        secteur="1",
    ),
    "deces_communes.csv": table(
        commune=TOWNS,
        annee="2022",
        naissances=["12", "3", "5", "9", "45", "7", "2", "1"],
        deces=["5", "6", "3", "8", "1", "2", "4", "9"],
    ),
    "gtfs_agency.txt": table(
        agency_id=range(8),
        agency_name="Rubis",
        agency_url="https://exemple.fr",
        agency_phone="0474223344",
        agency_email="contact@exemple.fr",
    ),
    "associations.csv": table(
        nom=[
            "Judo club Bressan",
            "Les Amis de Saint-Pierre",
            "Chorale Arpège",
            "Donneurs de sang",
            "Handisport Ain",
            "Secours populaire",
            "Amicale laïque",
            "Jeanne d’Arc",
        ],
        objet="aider les malades et les personnes handicapées",
        adresse_siege=STREETS,
        commune=TOWNS,
        courriel=[
            "judoclub@gmail.com",
            "amis.saintpierre@orange.fr",
            "contact@arpege.fr",
            "dondusang01@free.fr",
            "handisport@ain.fr",
            "contact@secours.fr",
            "amicale.laique@laposte.net",
            "jda@wanadoo.fr",
        ],
        site_web="https://exemple.fr",
    ),
    "cimetieres.csv": table(
        nom=[f"Cimetière de {town}" for town in TOWNS], adresse=STREETS, nb_concessions="300", horaires="8h-18h"
    ),
    "revenus_iris.csv": table(
        iris=[f"01053010{n}" for n in range(8)],
        libelle_iris=[
            "Centre",
            "Gare",
            "Reyssouze",
            "Les Vennes",
            "Croix Blanche",
            "Pont des Chèvres",
            "Brou",
            "Alagnier",
        ],
        revenu_median=["21000", "19000"] * 4,
        taux_pauvrete=["12,3", "8,5"] * 4,
        nb_menages=["1200", "800"] * 4,
    ),
    "directeurs_ecoles.csv": table(
        ecole=[f"École de {town}" for town in TOWNS],
        directeur=NAMES,
        telephone=LANDLINES,
        courriel=[f"ce.001{n:04}a@ac-lyon.fr" for n in range(8)],
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
    "travaux.csv": table(
        chantier=["Réfection de la rue Jean Jaurès", "Réseau d’eau rue Pierre Curie"] * 4,
        entreprise=["COLAS", "EIFFAGE"] * 4,
        debut="2023-03-12",
        contact="voirie@grandbourg.fr",
        telephone="04 74 24 24 64",
    ),
    "catalogue.csv": table(
        titre=["Budget", "Arbres", "Écoles", "Subventions", "Voies", "Élus", "Eau", "Air"],
        description="Jeu de données publié par la collectivité au titre de la loi",
        publisher="Ville de Bourg",
        contact="opendata@grandbourg.fr",
        url="https://exemple.fr",
    ),
    "personnels_effectifs.csv": table(
        annee="2022",
        categorie=list("ABCABCAB"),
        sexe=SEXES,
        effectif=["123", "45", "230", "80", "90", "110", "60", "70"],
    ),
    "eleves_effectifs.csv": table(
        ecole=[
            "Jules Ferry",
            "Jean Moulin",
            "Victor Hugo",
            "Les Tilleuls",
            "Robert Lafont",
            "Charles Robin",
            "Pierre Goujon",
            "Le Peloux",
        ],
        nb_eleves=["120", "230", "98", "45", "67", "156", "187", "210"],
        nb_classes=["5", "9", "4", "2", "3", "7", "8", "9"],
    ),
    "subventions_2021.csv": table(
        annee="2021",
        beneficiaire=[
            "Jean Rostand",
            "OGEC Sainte-Marie",
            "ADAPEI",
            "Football Club Bourg-Péronnas",
            "UFOLEP",
            "Maison des jeunes",
            "Tremplin",
            "La Vache Rouge",
        ],
        siret=SIRETS,
        montant="1200",
    ),
    "qualite_eau.csv": table(
        point=["P1", "P2"] * 4,
        date="2023-03-12",
        parametre="Nitrates",
        valeur=["12.345678901234", "1.234567890123"] * 4,
        numero_analyse=[f"1840520123456{n}0" for n in range(8)],
    ),
    "hebergements.csv": table(
        nom=[
            "Gîte du Moulin",
            "Chez Marie",
            "Camping de la Plage",
            "Hôtel de France",
            "Le Logis de Brou",
            "Gîte Martin",
            "La Ferme",
            "Auberge",
        ],
        type="Gîte",
        classement="3 épis",
        telephone=MOBILES,
        site_web="https://exemple.fr",
        commune=TOWNS,
        capacite="12",
    ),
    "prix_litteraires.csv": table(
        annee=[f"20{n}1" for n in range(10, 18)],
        laureat=[
            "Amélie Nothomb",
            "Marc Levy",
            "Guillaume Musso",
            "Fred Vargas",
            "Michel Bussi",
            "Pierre Lemaitre",
            "Anna Gavalda",
            "David Foenkinos",
        ],
        titre="Roman",
        editeur="Gallimard",
    ),
    "elus_agglo.csv": table(
        civilite=["Mme", "M."] * 4,
        nom=LAST,
        prenom=FIRST,
        commune=TOWNS,
        fonction=["Président", "Vice-président", *["Conseiller communautaire"] * 6],
    ),
    "codes_barres.csv": table(
        produit=["Stylo", "Cahier", "Gomme", "Règle", "Papier", "Classeur", "Feutre", "Agenda"],
        ean=[f"301762042200{n}" for n in range(8)],
        prix="1,20",
    ),
    "decp.csv": table(
        id=[f"2023{n:08}" for n in range(8)],
        acheteur="20007175100019",
        nature="Marché",
        objet="Maîtrise d’œuvre pour la réhabilitation",
        titulaire_denomination=[
            "ATELIER PAUL DURAND ARCHITECTE",
            "BET INGENIERIE",
            "MARTIN SAS",
            "COLAS",
            "EUROVIA",
            "DUPONT TP",
            "SPIE",
            "VINCI",
        ],
        titulaire_id=SIRETS,
        montant="120000",
    ),
}

OPEN |= {
    "irve.csv": table(
        nom_amenageur="SIEA Ain",
        siren_amenageur="250102001",
        contact_amenageur="irve@siea.fr",
        nom_operateur="Freshmile",
        contact_operateur="support@freshmile.com",
        telephone_operateur="0388680000",
        id_station_itinerance=[f"FRS01P0105{n}" for n in range(8)],
        nom_station=[
            "Parking Jean Jaurès",
            "Place Edgar Quinet",
            "Gare",
            "Carré Amiot",
            "Peloux",
            "Ainterexpo",
            "Brou",
            "Norelan",
        ],
        adresse_station=STREETS,
        coordonneesXY=[f"[5.2{n}1234,46.2{n}1234]" for n in range(8)],
        nbre_pdc="2",
    ),
    "sirene.csv": table(
        siret=SIRETS,
        denomination=["DURAND SARL", "", "COLAS", "", "MARTIN SAS", "", "SPIE", ""],
        nom=["", "PETIT", "", "GARCIA", "", "BENALI", "", "MARTIN"],
        prenom=["", "Sylvie", "", "Ana", "", "Karim", "", "Paul"],
        code_ape="4321A",
        adresse=STREETS,
    ),
    "conso_batiments.csv": table(
        batiment=["Mairie", "École Jules Ferry", "Gymnase", "Piscine", "Médiathèque", "Théâtre", "Stade", "CTM"],
        prm=[f"1912345678901{n}" for n in range(8)],
        adresse=STREETS,
        energie="électricité",
        conso_kwh="32145",
    ),
    "compteurs_velo.csv": table(
        id_compteur=range(8),
        nom_compteur=[f"Compteur {street}" for street in STREETS],
        passages="1234",
        latitude=[f"46.20{n}123" for n in range(8)],
        longitude=[f"5.22{n}123" for n in range(8)],
    ),
    "patrimoine.csv": table(
        edifice=["Église de Brou", "Maison des Pays", "Hôtel-Dieu", "Manoir", "Lavoir", "Pigeonnier", "Four", "Croix"],
        proprietaire=["Commune", "Privé"] * 4,
        siecle="XVIe",
        adresse=STREETS,
        latitude=[f"46.20{n}123" for n in range(8)],
        longitude=[f"5.22{n}123" for n in range(8)],
    ),
    "menus_cantine_2.csv": table(
        date="2023-03-12", entree="Carottes", plat="Rôti de porc", plat_sans_porc="Poisson", dessert="Fruit"
    ),
    "tarifs_cantine.csv": table(
        tranche_qf=["0-400", "401-600", "601-800", "801-1000", "1001-1200", "1201-1500", "1501-2000", "> 2000"],
        tarif_repas="3,20",
    ),
    "recensement.csv": table(
        codgeo="01053", sexe=SEXES, tranche_age=["0-14", "15-29"] * 4, population=["1234", "2345"] * 4
    ),
    "elections_large.csv": table(
        bureau=range(8),
        inscrits="812",
        votants="512",
        exprimes="490",
        **{"Emmanuel MARTIN": "120", "Marie DUPONT": "98"},
    ),
    "oeuvres.csv": table(
        titre=["La Mouette", "Le Penseur", "Sans titre", "Vague", "Arc", "Cercle", "Stèle", "Buste"],
        artiste=NAMES,
        annee="1987",
        adresse=STREETS,
        technique="bronze",
    ),
    "noms_de_rues.csv": table(
        voie=[
            "Rue Jean Dupuis",
            "Rue Paul Morand",
            "Rue Lucie Petit",
            "Place Anna Roux",
            "Rue Marc Perrin",
            "Rue Louis Blanc",
            "Rue Alice Guy",
            "Rue Pierre Roche",
        ],
        personnalite=[
            "Jean Dupuis",
            "Paul Morand",
            "Lucie Petit",
            "Anna Roux",
            "Marc Perrin",
            "Louis Blanc",
            "Alice Guy",
            "Pierre Roche",
        ],
        biographie="Né le 12 mars 1802 à Lyon, médecin des pauvres et maire de la ville",
        date_deliberation="1932",
    ),
    "arretes_circulation.csv": table(
        numero=[f"A2023-{n}" for n in range(8)],
        objet="Travaux de réseau",
        lieu=STREETS,
        entreprise=["COLAS", "SUEZ"] * 4,
        debut="2023-03-12",
        fin="2023-03-14",
    ),
    "bureaux_vote.csv": table(
        bureau=range(8), lieu=["École Jules Ferry", "Mairie"] * 4, adresse=STREETS, nb_electeurs=["812", "934"] * 4
    ),
    "naissances_deces.csv": table(
        annee=[f"201{n}" for n in range(8)],
        naissances=["12", "3", "9", "15", "8", "7", "2", "11"],
        deces=["4", "6", "9", "1", "8", "7", "2", "11"],
        mariages=["4", "6", "9", "1", "8", "7", "2", "11"],
    ),
    "frequentation_piscine.csv": table(
        date=[f"2023-03-1{n}" for n in range(8)], entrees_enfants=["120", "3"] * 4, entrees_adultes=["98", "7"] * 4
    ),
    "pav.csv": table(
        id=range(8),
        flux="verre",
        adresse=STREETS,
        commune=TOWNS,
        commentaire="Devant le salon de coiffure, à côté de la poste",
        geo_point_2d=[f"46.20{n}123, 5.22{n}123" for n in range(8)],
    ),
    "urbanisme_sitadel.csv": table(
        num_dau=[f"PC00105323A00{n:02}" for n in range(8)],
        denom_dem=["SCI LES LILAS", "COMMUNE DE VIRIAT", "SARL DURAND", "", "", "LIDL", "", ""],
        adresse_terrain=STREETS,
        commune=TOWNS,
        parcelle=[f"AB {n}12" for n in range(8)],
        nb_logements="1",
    ),
    "programme_festival.csv": table(
        date="2023-07-12",
        scene="Grande scène",
        artistes=[
            "Clara Luciani",
            "Juliette Armanet",
            "Vianney",
            "Ben Mazué",
            "Thomas Dutronc",
            "Pomme",
            "Louane",
            "Hervé",
        ],
        tarif="25",
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
        stop_lat=[f"46.20{n}123" for n in range(8)],
        stop_lon=[f"5.22{n}123" for n in range(8)],
    ),
    "accidents.csv": table(
        date="2023-03-12",
        lieu=STREETS,
        gravite=["léger", "grave"] * 4,
        nb_tues=["0", "1"] * 4,
        nb_blesses=["1", "2"] * 4,
    ),
    "offres_emploi.csv": table(
        poste=[
            "Agent d’entretien",
            "Chargé de mission",
            "Assistante maternelle",
            "Médecin de PMI",
            "Infirmière",
            "Éducateur",
            "Animateur",
            "Maître-nageur",
        ],
        service="RH",
        contrat="CDD",
        date_limite="2023-03-12",
        contact="recrutement@grandbourg.fr",
        telephone="04 74 24 24 64",
        description="Permis B exigé, poste ouvert aux personnes en situation de handicap",
    ),
}
HELD |= {
    "derogations.csv": (
        table(
            date="12/03/2023",
            motif=[
                "Enfant asthmatique suivi au CHU de Lyon",
                "La mère est hospitalisée depuis mars dernier",
                "Déménagement prévu dans le secteur voulu",
                "Rapprochement de fratrie demandé par eux",
            ]
            * 2,
        ),
        {"health"},
    ),
    "eau_abonnes.geojson.csv": (
        table(
            num_compteur=[f"C{n:05}" for n in range(8)],
            conso_m3="120",
            lat=[f"46.20{n}123" for n in range(8)],
            lon=[f"5.22{n}123" for n in range(8)],
        ),
        {"geolocation_home"},
    ),
    "menages_aides.csv": (
        table(
            id_dossier=[f"D{n}" for n in range(8)],
            annee_naiss=["1980", "1992", "2001", "1975", "1966", "1988", "1999", "2005"],
            sit_fam=["C", "M"] * 4,
            nb_pers=["1", "3"] * 4,
            commune=TOWNS,
            montant_aide="300",
        ),
        {"quasi_identifiers"},
    ),
}
