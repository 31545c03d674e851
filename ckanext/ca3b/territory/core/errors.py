"""What can go wrong with a territory.

TerritoryError
├── UnknownEpciError      no EPCI has this SIREN
├── UnknownCommuneError   the EPCI has no such commune
└── OutlinesError         the file of outlines cannot be used

Messages are in French: they are shown as they are to the operator.
"""

from __future__ import annotations


class TerritoryError(ValueError):
    """Base of all errors of this package."""


class UnknownEpciError(TerritoryError):
    """No French EPCI has the SIREN ``siren``."""

    def __init__(self, siren: str) -> None:
        """Build the message; ``siren`` is what was asked for, as written."""
        self.siren = siren
        super().__init__(
            f"Aucun EPCI à fiscalité propre n'a le SIREN « {siren} ». "
            "Écrivez les neuf chiffres du SIREN de l'agglomération, "
            "par exemple 200071751 pour Grand Bourg Agglomération."
        )


class UnknownCommuneError(TerritoryError):
    """The EPCI has no member with the name or INSEE code ``value``."""

    def __init__(self, value: str, epci_name: str) -> None:
        """Build the message; ``value`` is what was asked for, as written."""
        self.value = value
        super().__init__(
            f"« {value} » n'est pas une commune de « {epci_name} ». "
            "Écrivez le nom de la commune ou son code INSEE à cinq caractères, par exemple 01053."
        )


class OutlinesError(TerritoryError):
    """The GeoJSON file of outlines is missing, unreadable, or knows none of the communes."""
