"""Free text about people: what an agent or a citizen wrote may hold anything."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="free_text",
    label="Texte libre qui parle de personnes",
    ground="CRPA L312-1-2 ; CADA, avis sur les mentions en texte libre",
    headers=(
        "observation",
        "commentaire",
        "remarque",
        "note",
        "motif",
        "precision",
        "complement information",
        "message",
        "avis",
        "verbatim",
        "suivi",
        "compte rendu",
        "historique",
        "appreciation",
        "temoignage",
        "reclamation",
        "plainte",
        "bilan",
        "infos complementaires",
        "informations complementaires",
        "texte libre",
        "details",
    ),
    not_headers=("nombre", "nb", "date", "code", "id", "adresse", "note sur"),
    value_test={"prose": r"^\S{1,30}(?:\s+\S{1,30}){3,}"},
    examples=(
        ("observations", "Madame rappelle pour son fils, très malade", "prose"),
        ("commentaire", "vu avec la famille le 12 mars dernier", "prose"),
    ),
    counter_examples=(
        ("observations", "RAS"),
        ("nb_remarques", "un deux trois quatre cinq"),
        ("type", "rue de la gare sud"),
    ),
)
