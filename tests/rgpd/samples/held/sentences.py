"""Names and lives in the middle of sentences, where no heading announces them."""

from __future__ import annotations

from tests.rgpd.samples.columns import SIRETS, STREETS, table

SAMPLES = {
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
}
