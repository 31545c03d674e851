"""Small French files, written as towns write them, with what a DPO says of each."""

from __future__ import annotations

NAMES = ["DUPONT Jeanne", "MARTIN Paul", "BENALI Karim", "LE GOFF Yann", "PETIT Sylvie", "ROUSSEAU Marc", "NGUYEN Linh", "GARCIA Ana"]
LAST = [name.rsplit(" ", 1)[0] for name in NAMES]
FIRST = [name.rsplit(" ", 1)[1] for name in NAMES]
STREETS = ["12 rue de la République", "3 bis avenue Alsace Lorraine", "5 impasse des Lilas", "27 chemin du Moulin", "1 place de la Mairie",
           "44 route de Lyon", "8 allée des Tilleuls", "19 rue Jean Jaurès"]  # fmt: skip
MOBILES = [f"06 12 34 5{n} 7{n}" for n in range(8)]
LANDLINES = [f"04 74 2{n} 3{n} 4{n}" for n in range(8)]
BIRTHS = [f"{10 + n}/0{n + 1}/19{50 + 5 * n}" for n in range(8)]
TOWNS = ["Bourg-en-Bresse", "Viriat", "Péronnas", "Ceyzériat", "Attignat", "Polliat", "Montrevel", "Foissiat"]
SIRETS = ["21010053400019", "21010451000010", "21010289400010", "21010072400014", "21010024500015", "21010301700014", "21010266200011", "21010163100019"]


def table(**columns: list[object] | str) -> tuple[list[str], list[list[object]]]:
    """Give (headers, rows); ``__`` in a name is a space, a text is repeated on every row."""
    headers = [name.replace("__", " ") for name in columns]
    lists = [[value] * 8 if isinstance(value, str) else list(value) for value in columns.values()]
    return headers, [list(row) for row in zip(*lists, strict=True)]


def mails(domain: str) -> list[str]:
    """Personal addresses of the eight people."""
    return [f"{first.lower()}.{last.lower().replace(' ', '')}@{domain}" for first, last in zip(FIRST, LAST, strict=True)]


# What must be held: file name -> (table, categories that must be said).
HELD = {
    "inscriptions_cantine.csv": (table(nom_enfant=LAST, prenom_enfant=FIRST, date_naissance=BIRTHS, allergie=["arachide", "", "", "gluten", "", "", "", "lait"], tel_parent=MOBILES), {"name", "birth_date", "health", "phone"}),
    "abonnes_mediatheque.csv": (table(Nom=LAST, **{"Prénom": FIRST}, Adresse=STREETS, Ville=TOWNS, Courriel=mails("orange.fr")), {"name", "address", "email"}),
    "export.csv": (table(identite=NAMES, portable=MOBILES), {"name", "phone"}),
    "bacs_individuels.csv": (table(num_bac=range(8), litrage="120", nom_usager=NAMES, adresse=STREETS), {"name", "address"}),
    "composteurs_individuels.csv": (table(id=range(8), date_livraison="12/03/2023", latitude=[f"46.20{n}123" for n in range(8)], longitude=[f"5.22{n}123" for n in range(8)]), {"geolocation_home"}),
    "demandes_logement.csv": (table(numero=[f"LS{n:04}" for n in range(8)], age=["23", "45", "37", "61", "29", "33", "52", "40"], sexe=list("FHFHFHFH"), commune=TOWNS, situation_familiale=["célibataire", "marié", "divorcé", "veuf"] * 2), {"quasi_identifiers"}),
    "suivi_ccas.csv": (table(dossier=[f"D{n}" for n in range(8)], age=["23", "45", "37", "61", "29", "33", "52", "40"], sexe=list("FHFHFHFH"), pathologie=["diabète", "asthme"] * 4), {"health"}),
    "paie_agents.csv": (table(matricule=[f"A{n:04}" for n in range(8)], nom=LAST, prenom=FIRST, iban="FR1420041010050500013M02606"), {"iban", "name"}),
    "subventions_2023.csv": (table(nomAttribuant="Grand Bourg Agglomération", idAttribuant="20007175100019", dateConvention="2023-03-12", nomBeneficiaire=["Association Saint-Martin", "SARL Durand", "Les Amis du Parc", "M. Karim BENALI", "Judo club", "MJC centre", "Sou des écoles", "Comité des fêtes"], idBeneficiaire=[*SIRETS[:3], "", *SIRETS[4:]], objet="Fonctionnement", montant="1500"), {"name"}),
    "signalements.csv": (table(date="2023-03-12", rue=STREETS, observations=["Nid de poule devant chez Mme DUPONT", "lampadaire cassé", "rappeler M. Paul Martin au 0612345678", "dépôt sauvage", "arbre tombé", "fuite", "tag", "bruit la nuit"]), {"free_text"}),
    "acces_wifi.csv": (table(horodatage=[f"2023-03-12 10:0{n}:00" for n in range(8)], ip=[f"81.53.12.{n + 3}" for n in range(8)], volume_mo="12"), {"ip"}),
    "stationnement_abonnes.csv": (table(parking="Centre", immatriculation=[f"AB-1{n}3-CD" for n in range(8)], debut="2023-01-01"), {"plate"}),
    "elus_coordonnees.csv": (table(Nom=LAST, **{"Prénom": FIRST}, Mandat="Conseiller municipal", **{"Date de début du mandat": "2020-05-25"}, Portable=MOBILES), {"phone"}),
    "associations_dirigeants.csv": (table(association=["Judo club", "MJC centre", "Sou des écoles", "Comité des fêtes", "Amis du parc", "Chorale", "Tennis club", "Boules"], numero_rna=[f"W01200{n:04}" for n in range(8)], president=NAMES, telephone=MOBILES), {"phone"}),
    "contribuables.csv": (table(spi=[f"30232176{n:02}{(3023217600 + n) % 511:03}" for n in range(8)], taxe="foncière", montant="512"), {"tax_number"}),
    "cni.csv": (table(nom=LAST, prenom=FIRST, numero_cni=[f"88069231{n:04}" for n in range(8)]), {"identity_paper", "name"}),
    "eleves.csv": (table(INE=[f"08001234{n}AB" for n in range(8)], nom_eleve=LAST, prenom_eleve=FIRST, classe=["CP", "CE1"] * 4), {"professional_id", "name"}),
    "spanc_controles.csv": (table(proprietaire=NAMES, parcelle=[f"AB {n}12" for n in range(8)], conformite=["oui", "non"] * 4), {"name"}),
    "deliberations.csv": (table(COLL_NOM="Viriat", DELIB_ID=[f"2023-{n:03}" for n in range(8)], DELIB_DATE="2023-03-12", DELIB_OBJET=["Budget primitif", "Vente de la parcelle AB 12 à M. Paul MARTIN", *["Décision modificative"] * 6]), {"name"}),
    "beneficiaires_rsa_commune.csv": (table(commune=TOWNS, annee="2022", nb_beneficiaires_rsa=["120", "3", "45", "7", "32", "54", "18", "27"]), {"small_cells"}),
    "liste.csv": (table(column=[f"{name} {phone}" for name, phone in zip(NAMES, MOBILES, strict=True)], b=list("abcdefgh")), {"phone"}),
    "personnes_isolees_canicule.csv": (table(M=FIRST, N=LAST, tel=LANDLINES, adr=STREETS), {"name", "phone", "address"}),
    "compteurs_eau.csv": (table(num_compteur=[f"C{n:05}" for n in range(8)], abonne=NAMES, releve_m3="123"), {"name"}),
    "journal_etat_civil.csv": (table(acte=range(8), nom=LAST, prenoms=FIRST, date_naissance=BIRTHS, lieu_naissance=TOWNS), {"name", "birth_date"}),
}

# What is published without anybody's signature.
OPEN = {
    "ecoles.csv": table(nom=["École Jules Ferry", "Jean Moulin", "Victor Hugo", "Jacques Prévert", "École du Centre", "Louise Michel", "Marie Curie", "Les Tilleuls"], adresse=STREETS, commune=TOWNS, telephone=LANDLINES, courriel=[f"ce.001{n:04}a@ac-lyon.fr" for n in range(8)], latitude=[f"46.20{n}123" for n in range(8)], longitude=[f"5.22{n}123" for n in range(8)]),
    "population.csv": table(code_insee=[f"0105{n}" for n in range(8)], commune=TOWNS, annee="2020", population=["41111", "6400", "6200", "3100", "3200", "2500", "2400", "2200"], hommes=["20000", "3200", "3100", "1500", "1600", "1200", "1200", "1100"], femmes=["21111", "3200", "3100", "1600", "1600", "1300", "1200", "1100"]),
    "voies.csv": table(code_voie=range(8), nom_voie=["Rue Jean Jaurès", "Rue Victor Hugo", "Place Edgar Quinet", "Avenue Pierre Semard", "Rue Charles Robin", "Boulevard de Brou", "Rue Bichat", "Rue Lalande"], commune="Bourg-en-Bresse", longueur="123"),
    "prenoms.csv": table(COLL_NOM="Bourg-en-Bresse", COLL_INSEE="01053", ENFANT_SEXE=list("FMMMFMFF"), ENFANT_PRENOM=FIRST, NOMBRE_OCCURRENCES=["12", "8", "5", "9", "7", "6", "5", "11"], ANNEE="2022"),
    "elus.csv": table(Nom=LAST, **{"Prénom": FIRST}, Mandat=["Maire", "Adjoint au maire", *["Conseiller municipal"] * 6], **{"Date de début du mandat": "2020-05-25"}, Nuance="DVG"),
    "subventions_2022.csv": table(nomAttribuant="Grand Bourg Agglomération", idAttribuant="20007175100019", dateConvention="2023-03-12", nomBeneficiaire=["Association Saint-Martin", "Judo club Bressan", "Les Amis du Parc", "Croix-Rouge", "Sou des écoles", "MJC centre", "Harmonie Jeanne d’Arc", "Comité des fêtes"], idBeneficiaire=SIRETS, objet="Fonctionnement", montant="1500"),
    "budget.csv": table(BGT_NATDEC="1", BGT_ANNEE="2023", BGT_CHAPITRE=range(8), BGT_OPER="", BGT_MTREAL=[f"{n}1234.56" for n in range(8)]),
    "annuaire_services.csv": table(service=["Urbanisme", "État civil", "Voirie", "Eau", "Déchets", "Culture", "Sport", "Finances"], responsable=NAMES, fonction=["Directrice", "Chef de service", "Directeur", "Responsable", "Directrice", "Directeur", "Chargé de mission", "Directrice"], telephone=LANDLINES, courriel=[f"{s}@grandbourg.fr" for s in ("urbanisme", "etatcivil", "voirie", "eau", "dechets", "culture", "sport", "finances")]),
    "prets_livres.csv": table(titre=["Les Misérables", "Germinal", "L’Étranger", "La Peste", "Le Horla", "Candide", "Nana", "Bel-Ami"], auteur=["Amélie Nothomb", "Marc Levy", "Guillaume Musso", "Fred Vargas", "Michel Bussi", "Pierre Lemaitre", "Anna Gavalda", "David Foenkinos"], editeur="Gallimard", nb_prets=["12"] * 8),
    "decheteries.csv": table(nom=[f"Déchèterie de {town}" for town in TOWNS], adresse=STREETS, horaires="9h-12h", telephone=LANDLINES, contact="contact@grandbourg.fr"),
    "dae.csv": table(nom=["Mairie", "Gymnase Jean Moulin", "Stade", "Piscine", "École Jules Ferry", "Salle des fêtes", "Médiathèque", "Parc"], adr_num="3", adr_voie="rue de la Poste", com_nom=TOWNS, acc="Intérieur", tel1=[phone.replace(" ", "") for phone in LANDLINES], lat_coor1="46.2", long_coor1="5.2"),
    "commerces.csv": table(enseigne=["Boulangerie Martin", "Garage Dupont", "Fleurs de Marie", "Pharmacie Centrale", "Chez Paul", "Coiffure Sylvie", "Café du Centre", "Optique"], activite="Commerce", siret=SIRETS, adresse=STREETS, telephone=[*MOBILES[:4], *LANDLINES[4:]], horaires="9h-19h"),
    "resultats_elections.csv": table(bureau=range(8), inscrits="800", votants="500", exprimes="490", candidat=NAMES, voix=["120"] * 8),
    "releves_qualite_air.csv": table(station="Bourg", date_debut=[f"2023-03-{10 + n}" for n in range(8)], polluant="NO2", valeur=[f"1{n}.123456789012" for n in range(8)]),
    "arbres.csv": table(id=range(8), genre="Acer", espece="platanoides", hauteur="12", annee_plantation="1980", remarques=["RAS", "à élaguer cet hiver avant mars", *["RAS"] * 6], geo_point=[f"46.20{n}123,5.22{n}123" for n in range(8)]),
    "marches.csv": table(id=[f"2023M{n:03}" for n in range(8)], objet=["Travaux de voirie rue Jean Jaurès", *["Fourniture de repas"] * 7], titulaire=["EIFFAGE ROUTE", "COLAS", "SAS DURAND TP", "SOBECA", "SPIE", "VEOLIA EAU", "SUEZ", "API RESTAURATION"], siret_titulaire=SIRETS, montant="123456", duree_mois="12"),
    "menus_cantine.csv": table(date=[f"2023-03-{10 + n}" for n in range(8)], entree="Carottes râpées", plat="Poisson", dessert="Fruit", allergenes="poisson, lait"),
    "logements_sociaux_commune.csv": table(commune=TOWNS, nb_logements=["1200", "300", "200", "10", "12", "45", "3", "8"], taux="12,5"),
    "agenda.csv": table(titre=["Concert de Vincent Delerm", "Marché de Noël", "Exposition Sophie Calle", "Vide-grenier", "Fête de la musique", "Spectacle", "Conférence de M. Paul Durand", "Bal"], lieu="Salle des fêtes", date_debut="2023-12-12", tarif="gratuit", contact="culture@ville.fr", description="Ouvert à tous, réservation au 04 74 24 24 64"),
    "deliberations_2023.csv": table(COLL_NOM="Viriat", DELIB_ID=[f"2023-{n:03}" for n in range(8)], DELIB_DATE="2023-03-12", DELIB_OBJET=["Budget primitif", "Désignation du secrétaire de séance", "Madame la Maire présente le compte administratif", *["Décision modificative"] * 5], VOTE_POUR="23"),
    "parkings.csv": table(nom=["Parking Bernard", "Champ de Mars", "Parking Carré Amiot", "Peupliers", "Saint-Pierre", "Verchère", "Gare", "Préfecture"], capacite="120", adresse=STREETS, immatriculation_autorisee="toutes", tarif="1,20"),
    "monument_morts.csv": table(nom=LAST, prenom=FIRST, date_naissance=[f"12/03/18{80 + n}" for n in range(8)], date_deces=[f"12/03/191{4 + n % 5}" for n in range(8)], mort_pour_la_france="oui"),
}
