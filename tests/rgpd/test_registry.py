"""Every detector states what it must, finds its examples and leaves its counter-examples."""

from __future__ import annotations

import polars as pl
import pytest

from ckanext.ca3b.rgpd import DETECTORS

CONTRACT = {
    "email",
    "phone",
    "nir",
    "iban",
    "name",
    "address",
    "birth_date",
    "plate",
    "ip",
    "free_text",
    "geolocation_home",
    "health",
    "quasi_identifiers",
}


def kinds(detector, header, value):
    """What the detector says of one cell under one header."""
    found = set(detector.find(pl.Series([value])).get_column("kind").to_list())
    if detector.named(header):
        found |= {kind for kind, pattern in detector.value_test.items() if pl.Series([value]).str.contains(pattern)[0]}
    return found


def test_the_categories_of_the_contract_are_there():
    assert set(DETECTORS) >= CONTRACT


@pytest.mark.parametrize("detector", DETECTORS.values(), ids=lambda detector: detector.category)
def test_a_detector_states_its_label_its_ground_its_headers_and_examples_of_both_sorts(detector):
    assert detector.label
    assert detector.ground
    assert detector.headers
    assert len(detector.examples) >= 2
    assert len(detector.counter_examples) >= 2


@pytest.mark.parametrize(
    ("detector", "header", "value", "kind"),
    [(d, *example) for d in DETECTORS.values() for example in d.examples],
    ids=lambda part: str(getattr(part, "category", part)),
)
def test_an_example_is_found(detector, header, value, kind):
    assert detector.named(header) if kind == "named" else kind in kinds(detector, header, value)


@pytest.mark.parametrize(
    ("detector", "header", "value"),
    [(d, *example) for d in DETECTORS.values() for example in d.counter_examples],
    ids=lambda part: str(getattr(part, "category", part)),
)
def test_a_counter_example_is_not(detector, header, value):
    assert not kinds(detector, header, value)
