"""The list of lawful grounds."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import DETECTORS
from ckanext.ca3b.rgpd.grounds import grounds, uncovered


def test_each_ground_says_its_article_and_what_its_reason_must_hold():
    for ground in grounds().values():
        assert all((ground.label, ground.article, ground.help, ground.asks)), ground.code
        assert ground.never <= set(DETECTORS), ground.code


@pytest.mark.parametrize("code", ["administration", "political_life", "sport", "anonymous"])
def test_no_category_of_documents_makes_a_sensitive_or_secret_datum_publishable(code):
    found = ["name", "nir", "health", "email", "iban"]
    assert uncovered(code, found) == ["health", "iban", "nir"]


def test_a_law_may_provide_for_any_category_and_consent_not_for_a_social_security_number():
    assert uncovered("law", DETECTORS) == []
    assert uncovered("consent", DETECTORS) == ["nir"]


def test_an_unknown_ground_is_refused():
    with pytest.raises(KeyError):
        uncovered("inconnu", [])
