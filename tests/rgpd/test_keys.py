"""Numbers with a key: every sound one is found however it is written, one wrong digit and it is not."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd import DETECTORS
from ckanext.ca3b.rgpd.detectors.iban import iban_holds, luhn_holds, rib_holds
from ckanext.ca3b.rgpd.names import judge, judge_all

digits = st.integers


def kinds(category, value):
    return DETECTORS[category].find(pl.Series([value])).get_column("kind").to_list()


@st.composite
def nirs(draw):
    """(thirteen characters, key) of a sound NIR, Corsica included."""
    department = draw(st.sampled_from(["01", "75", "2A", "2B", "69", "97", "99"]))
    sex, year, month = draw(st.sampled_from("12")), draw(digits(0, 99)), draw(digits(1, 12))
    body = f"{sex}{year:02}{month:02}{department}{draw(digits(1, 990)):03}{draw(digits(1, 999)):03}"
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return body, 97 - number % 97


def spaced(body, key):
    return f"{body[0]} {body[1:3]} {body[3:5]} {body[5:7]} {body[7:10]} {body[10:13]} {key:02}"


@given(nirs(), st.sampled_from(["", "assuré n° ", "dossier : "]))
@settings(max_examples=150, deadline=None)
def test_a_nir_is_found_with_or_without_spaces_alone_or_in_a_sentence(nir, before):
    body, key = nir
    assert "keyed" in kinds("nir", f"{before}{body}{key:02}")
    assert "keyed" in kinds("nir", f"{before}{spaced(body, key)} à vérifier")


@given(nirs(), st.integers(1, 96))
@settings(max_examples=80, deadline=None)
def test_a_wrong_key_is_seen(nir, shift):
    body, key = nir
    wrong = (key - 1 + shift) % 97 + 1
    assert "keyed" not in kinds("nir", f"{body}{wrong:02}")


@given(digits(10000, 99999), digits(0, 99999), digits(0, 99999999999))
@settings(max_examples=80, deadline=None)
def test_french_ibans_are_found_and_a_changed_digit_is_not(bank, desk, account):
    key = 97 - (89 * bank + 15 * desk + 3 * account) % 97
    rib = f"{bank:05}{desk:05}{account:011}{key:02}"
    check = 98 - int(rib + "152700") % 97
    iban = f"FR{check:02}{rib}"
    assert rib_holds(rib)
    assert iban_holds(iban)
    assert "iban" in kinds("iban", "virement sur " + " ".join(iban[place : place + 4] for place in range(0, 27, 4)))
    assert "rib" in kinds("iban", f"{rib[:5]} {rib[5:10]} {rib[10:21]} {rib[21:]}")
    changed = iban[:-1] + str((int(iban[-1]) + 1) % 10)
    assert "iban" not in kinds("iban", changed)


@given(st.text("0123456789", min_size=3, max_size=20))
def test_the_key_of_luhn_is_that_of_stdnum(text):
    from stdnum import luhn  # noqa: PLC0415 - the peer

    assert luhn_holds(text) == luhn.is_valid(text)


@given(digits(1, 3_999_999_999))
@settings(max_examples=80, deadline=None)
def test_a_tax_number_is_found_by_its_key_only(number):
    assert kinds("tax_number", f"{number:010}{number % 511:03}") == ["keyed"]
    assert kinds("tax_number", f"{number:010}{(number + 1) % 511:03}") == []


@given(st.sampled_from("1234567"), st.integers(0, 99999999), st.sampled_from([" ", ".", "-", ""]),
       st.sampled_from(["0", "+33", "0033", "+33 (0)"]))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_a_telephone_is_found_however_it_is_written(first, rest, mark, before):
    pairs = f"{rest:08}"
    text = f"{before}{first}{mark}" + mark.join(pairs[place : place + 2] for place in range(0, 8, 2))
    assert kinds("phone", text) == ["mobile" if first in "67" else "landline"]


def test_names_are_judged_by_columns_as_one_by_one():
    """Long lists put aside what cannot name anybody: the same are named."""
    firsts, lasts = (
        ["Jean", "Zoé", "Marie-Claude", "M.", "Mme", "Famille", "Rue", "SARL"],
        ["Durand", "LE GOFF", "Tour"],
    )
    middles = ["", "de la ", "Martin ", "du Parc ", "P. ", "Pierre "]
    pieces = [f"{first} {middle}{last}" for first in firsts for middle in middles for last in lasts]
    pieces += [f"Société numéro {chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(300)]
    assert judge_all(pl.Series(pieces)).to_list() == [judge(piece) for piece in pieces]
