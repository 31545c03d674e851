"""Sports, culture, libraries, tourism, associations."""

from __future__ import annotations

import hashlib

from tests.rgpd.corpus.people import Chance, dotted, plain
from tests.rgpd.corpus.registry import Book, Document, Records, Sheet, Table, file

BOOKS = (
    ("Hugo, Victor", "Les Misérables"),
    ("Ernaux, Annie", "Les Années"),
    ("Camus, Albert", "La Peste"),
    ("Rose, Pierre", "Jardins"),
    ("Collectif", "Vivre avec un cancer"),
    ("Sand, George", "La Mare au diable"),
    ("Martin, Jean-Clet", "Le Coran expliqué"),
)


@file("licencies_club_natation.csv")
def swimmers(c: Chance) -> Document:
    rows = [
        [f"IUF{c.digits(7)}", p.last.upper(), p.first, f"{p.born:%d/%m/%y}", p.sex, p.email, "oui"]
        for p in c.people(140, 1960, 2017)
    ]
    return Table(["Licence", "Nom", "Prénom", "Naiss.", "Sexe", "Mel parent", "Certif. médical"], rows)


@file("clubs_sportifs.csv")
def clubs(c: Chance) -> Document:
    names = "FC Bressan|JL Bourg|USBPA Rugby|Judo Club|Tennis Club|Gym Rose|Cercle Pierre de Coubertin"
    rows = [
        [
            name,
            c.rna(),
            c.some("Football|Basket|Rugby|Judo"),
            f"contact@{plain(name)}.fr",
            c.switchboard(),
            "Maison des sociétés",
        ]
        for name in names.split("|") * 6
    ]
    return Table(["Club", "RNA", "Discipline", "Courriel", "Tél. secrétariat", "Siège"], rows)


@file("associations_presidents.csv")
def presidents(c: Chance) -> Document:
    names = "Les Amis de Brou|Club de l'amitié|Sou des écoles|Pétanque|Chorale Arpège|Donneurs de sang"
    rows = [[c.some(names), f"{p.title} {p.full}", p.address, p.mobile, p.email] for p in c.people(130, 1940, 1990)]
    return Table(["Association", "Président(e)", "Adresse", "Tél", "Mail"], rows, encoding="utf-8-sig")


@file("associations_rna_extrait.csv")
def associations(c: Chance) -> Document:
    rows = [
        [
            c.rna(),
            c.some("LES AMIS DE BROU|MEMOIRE DE PIERRE GOUJON|AMICALE BOULE|ROSE ESPOIR"),
            c.some("Sport|Culture|Social"),
            c.fr(1975, 2024),
            "Mairie",
            *c.town()[:2],
        ]
        for _ in range(150)
    ]
    return Table(["id_rna", "titre", "objet_social", "date_creation", "siege", "commune", "code_postal"], rows)


@file("mediatheque_catalogue.csv")
def library(c: Chance) -> Document:
    rows = [
        [
            f"978{c.digits(10)}",
            f"{c.digits(14)}",
            *c.choice(BOOKS),
            c.some("Gallimard|Seuil|Actes Sud"),
            c.randrange(1950, 2026),
            f"R {c.some('HUG|ERN|CAM')}",
        ]
        for _ in range(420)
    ]
    return Table(["ISBN", "code_barres", "auteur", "titre", "éditeur", "année", "cote"], rows)


@file("mediatheque_prets_lecteurs.csv")
def loans(c: Chance) -> Document:
    rows = [
        [f"2{c.digits(13)}", p.last, p.first, f"{p.born:%d/%m/%Y}", c.choice(BOOKS)[1], c.fr(2025, 2025)]
        for p in c.people(230, 1938, 2017)
    ]
    return Table(["n_carte", "lecteur_nom", "lecteur_prenom", "dnaiss", "titre", "date_pret"], rows)


@file("mediatheque_prets_anonymes.csv")
def loans_pseudonyms(c: Chance) -> Document:
    rows = [
        [
            hashlib.md5(p.nir.encode()).hexdigest(),
            p.born.year,
            p.sex,
            p.postcode,
            c.choice(BOOKS)[1],
            f"{c.day(2025, 2025)}",
        ]
        for p in c.people(130, 1938, 2017)
        for _ in range(3)
    ]
    return Table(
        ["emprunteur", "naissance_annee", "sexe", "cp", "titre", "date_pret"], rows, delimiter=",", encoding="utf-8"
    )


@file("mediatheque_prets_par_titre.csv")
def loans_by_title(c: Chance) -> Document:
    rows = [[author, title, year, c.randrange(14, 260)] for author, title in BOOKS for year in range(2017, 2026)]
    return Table(["Auteur", "Titre", "Année", "Nombre de prêts"], rows)


@file("agenda_manifestations_2026.csv")
def events(c: Chance) -> Document:
    rows = [
        [
            c.fr(2026, 2026),
            c.some("Vide-grenier|Loto|Concert|Bal|Repas dansant"),
            c.town()[0],
            f"{p.first} {p.last}",
            f"{dotted(p.mobile)} ou {p.email}",
        ]
        for p in c.people(75, 1945, 1995)
    ]
    return Table(["Date", "Manifestation", "Lieu", "Organisateur", "Rens. et réservations"], rows)


@file("agenda_culturel.json")
def culture(c: Chance) -> Document:
    return Records(
        {
            "total": 60,
            "events": [
                {
                    "uid": int("1" + c.digits(7)),
                    "title": {
                        "fr": c.some(
                            "Exposition Camille Claudel|Concert de Rose|Visite de Brou|Conférence Pierre Goujon"
                        )
                    },
                    "location": {
                        "name": "Théâtre de Bourg",
                        "address": "11 place de la Grenette",
                        "phone": "04 65 71 30 30",
                        "email": "billetterie@theatre-exemple.fr",
                    },
                    "firstDate": f"{c.day(2026, 2026)}",
                }
                for _ in range(60)
            ],
        }
    )


@file("monuments_historiques.csv")
def monuments(c: Chance) -> Document:
    rows = [
        [
            f"PA0011{c.digits(4)}",
            c.some("Monastère royal de Brou|Statue de Bichat|Maison Gorrevod"),
            c.some("Loys van Boghem|Pierre-Jean David d'Angers|inconnu"),
            c.some("1505-1532|1843|XVe siècle"),
            c.fr(1900, 1999),
        ]
        for _ in range(50)
    ]
    return Table(["référence", "monument", "auteur", "datation", "date de protection"], rows)


@file("taxe_sejour_logeurs.xlsx")
def hosts(c: Chance) -> Document:
    rows = [
        [f"TS{n:04d}", p.upper, p.address, dotted(p.phone), c.randrange(1, 9), c.amount(10, 900)]
        for n, p in enumerate(c.people(92, 1945, 1992))
    ]
    return Book({"Logeurs": Sheet(["Compte", "Logeur", "Adresse du logeur", "Tél.", "Capacité", "Reversé"], rows)})


@file("hebergements_classes.csv")
def hotels(c: Chance) -> Document:
    rows = [
        [
            c.some("Hôtel Le Terminus|Camping de Challes|Logis de Brou|Hôtel du Prieuré"),
            f"{c.randrange(1, 5)} étoiles",
            c.siret(),
            c.some("hotel|camping"),
            c.switchboard(),
            "contact@hotel-exemple.fr",
            c.fr(),
        ]
        for _ in range(44)
    ]
    return Table(["Dénomination", "Classement", "SIRET", "Type", "Téléphone", "Courriel", "Classé le"], rows)


@file("meubles_tourisme_declarations.csv")
def rentals(c: Chance) -> Document:
    rows = [[f"01053{c.digits(8)}", p.title, p.last, p.first, p.address, p.email] for p in c.people(105, 1945, 1992)]
    return Table(["n_enregistrement", "civ", "nom_decl", "pnom_decl", "adresse_meuble", "mel"], rows)


@file("musee_oeuvres.xlsx")
def museum(c: Chance) -> Document:
    artists = (
        ("Gustave Doré", "06/01/1832", "23/01/1883"),
        ("Jean-François Millet", "04/10/1814", "20/01/1875"),
        ("Gustave Moreau", "06/04/1826", "18/04/1898"),
    )
    rows = [
        [f"92{n:03d}", *c.choice(artists), c.some("Huile sur toile|Dessin"), c.randrange(1840, 1898)] for n in range(70)
    ]
    return Book(
        {"Collections": Sheet(["Inv.", "Artiste", "Né le", "Mort le", "Technique", "Date"], rows)},
        {"author": "Musée de Brou"},
    )


@file("conservatoire_inscriptions.xlsx")
def music_school(c: Chance) -> Document:
    people = c.people(62, 1990, 2018)
    rows = [
        [f"{c.some('Piano|Violon|Chant|Hautbois')}", c.some("C1|C2|C3"), c.some("lun|mar|mer"), n]
        for n, _ in enumerate(people)
    ]
    comments = {
        (rank, 0): f"{p.full} - {dotted(p.mobile)}" + (" - asthme" if rank % 9 == 0 else "")
        for rank, p in enumerate(people, 1)
    }
    return Book({"Cours": Sheet(["Instrument", "Cycle", "Jour", "N°"], rows, comments=comments)})


@file("resultats_course_pied.csv")
def race(c: Chance) -> Document:
    rows = [
        [
            n,
            p.last.upper(),
            p.first,
            c.some("SEH|SEF|M1H|M2F"),
            c.some("Bourg AC|Athlé Saint-Julien|Non licencié"),
            f"0:{c.randrange(34, 59)}:{c.randrange(60):02d}",
        ]
        for n, p in enumerate(c.people(210, 1955, 2007), 1)
    ]
    title = [["Résultats officiels - 10 km de Bourg-en-Bresse - Fédération française d'athlétisme"]]
    return Table(["Class.", "Nom", "Prénom", "Cat.", "Club", "Temps"], rows, title=title)


@file("villes_fleuries_palmares.csv")
def flowers(c: Chance) -> Document:
    rows = [
        [c.town()[0], c.randrange(1, 5), year, c.some("Prix de la rose|Prix régional|")]
        for year in range(2010, 2026)
        for _ in range(3)
    ]
    return Table(["Commune", "Fleurs", "Année", "Mention"], rows)


@file("concours_maisons_fleuries.csv")
def gardens_contest(c: Chance) -> Document:
    rows = [
        [
            n,
            f"Mme {p.last}" if n % 3 else f"{p.last.upper()} {p.first}",
            p.street,
            c.some("balcon|jardin|fenêtre"),
            c.randrange(8, 20),
        ]
        for n, p in enumerate(c.people(64, 1935, 1985), 1)
    ]
    return Table(["rang", "participant", "rue", "catégorie", "note"], rows)


@file("jardins_familiaux_attente.csv")
def waiting_list(c: Chance) -> Document:
    rows = [
        [n, c.fr(2020, 2025), p.full, f"+33{p.mobile[1:]}", c.some("ouvrière retraitée|RSA|étudiant|salarié")]
        for n, p in enumerate(c.people(71), 1)
    ]
    return Table(["Rang", "Demande du", "Demandeur", "Joignable", "Situation"], rows, delimiter=",", encoding="utf-8")


@file("equipements_sportifs.csv")
def grounds(c: Chance) -> Document:
    rows = [
        [
            f"I01053{c.digits(4)}",
            c.some("Stade Marcel Verchère|Gymnase Alain Mimoun|Piscine Carré d'Eau"),
            c.some("Football|Basket|Natation"),
            c.randrange(1965, 2022),
            c.some("RAS||Vestiaires neufs|Éclairage 150 lux"),
        ]
        for _ in range(820)
    ]
    p = c.person()
    rows[533][4] = f"clés chez M. {p.last}, le voisin, {dotted(p.mobile, '.')} le soir"
    return Table(["code_equipement", "nom", "activité", "mise en service", "remarques"], rows)


@file("equipements_collectifs_publics.csv")
def facilities(c: Chance) -> Document:
    rows = [
        [
            f"EQ{n:03d}",
            c.some("Mairie annexe|Médiathèque Albert Camus|Salle Pierre Goujon"),
            f"{c.randrange(1, 99)} rue Pierre Curie",
            c.switchboard(),
            c.some("contact@mairie-exemple.fr|accueil@ville-exemple.fr|mediatheque@ville-exemple.fr"),
            *c.point(),
        ]
        for n in range(96)
    ]
    header = ["EQUIP_UID", "EQUIP_NOM", "ADR_POSTALE", "EQUIP_TELEPHONE", "EQUIP_EMAIL", "EQUIP_LONG", "EQUIP_LAT"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("benevoles_festival.csv")
def volunteers(c: Chance) -> Document:
    rows = [
        [
            p.first,
            p.last,
            c.randrange(16, 78),
            f"{p.mobile[:4]} {p.mobile[4:7]} {p.mobile[7:]}",
            c.some("S|M|L|XL"),
            c.some("|||vegan|sans gluten (coeliaque)"),
        ]
        for p in c.people(98)
    ]
    return Table(["prenom", "NOM", "age", "tel.", "T-shirt", "repas"], rows)


@file("frequentation_piscine.csv")
def pool(c: Chance) -> Document:
    rows = [
        [f"2025-{month:02d}-{day:02d}", c.randrange(90, 1400), c.some("scolaire|public")]
        for month in range(1, 13)
        for day in range(1, 28)
    ]
    return Table(["date", "entrees", "public"], rows, delimiter=",", encoding="utf-8")


@file("boites_a_livres.csv")
def book_boxes(c: Chance) -> Document:
    rows = [
        [
            n,
            c.some("Place Edgar Quinet|Square Rose Bertin|Parc de la Visitation"),
            *c.point(),
            c.some("Ville|Lions Club|Rotary"),
        ]
        for n in range(22)
    ]
    return Table(["id", "emplacement", "lon", "lat", "gestion"], rows)
