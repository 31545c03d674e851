"""The registry of categories: one module each, in this order in reports."""

from __future__ import annotations

from . import (
    address,
    birth_date,
    email,
    free_text,
    geolocation_home,
    health,
    iban,
    identity_paper,
    ip,
    name,
    nir,
    phone,
    plate,
    professional_id,
    quasi_identifiers,
    small_cells,
    tax_number,
)
from .base import Detector

_MODULES = (
    nir, iban, tax_number, identity_paper, professional_id, health, name, birth_date, address, phone, email, plate, ip,
    geolocation_home, free_text, quasi_identifiers, small_cells,
)  # fmt: skip
DETECTORS: dict[str, Detector] = {module.DETECTOR.category: module.DETECTOR for module in _MODULES}

__all__ = ["DETECTORS", "Detector"]
