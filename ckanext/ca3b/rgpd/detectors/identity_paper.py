"""Identity cards, passports, residence permits, driving licences: no key, their header must speak."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="identity_paper",
    label="Numéro de pièce d’identité",
    ground="CRPA L312-1-2 ; RGPD art. 5",
    headers=(
        "cni",
        "carte identite",
        "piece identite",
        "passeport",
        "titre sejour",
        "carte sejour",
        "permis conduire",
        "numero permi",
        "carte nationale identite",
        "numero identite",
        "agdref",
    ),
    not_headers=("delai", "rendez vous", "rdv", "nombre", "nb", "demande", "guichet", "delivre", "type"),
    # How they are written, for a column whose header speaks.
    value_test={"paper": r"^[A-Za-z0-9][A-Za-z0-9 ]{6,14}$"},
    examples=(("numero_cni", "880692310285", "paper"), ("passeport", "12AB34567", "paper")),
    counter_examples=(("delai_rdv_passeport", "12"), ("piece identite", "oui"), ("code", "880692310285")),
)
