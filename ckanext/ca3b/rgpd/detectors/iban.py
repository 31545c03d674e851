"""Bank accounts: IBAN of any country, French RIB, cards."""

from __future__ import annotations

import re

from .base import Detector, by_value

_M = r"[ .\-\x{a0}]?"
_PIECE = (
    rf"\b[A-Za-z]{{2}}[0-9]{{2}}(?:{_M}[A-Za-z0-9]){{11,30}}\b"
    rf"|\b[0-9]{{5}}{_M}[0-9]{{5}}{_M}[A-Za-z0-9]{{11}}{_M}[0-9]{{2}}\b"
    r"|\b[3-6][0-9]{3}(?:[ -]?[0-9]{4}){3}\b"
)
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
# Length of the IBAN of each country (register of SWIFT), as far as neighbours and usual accounts go.
_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "DE": 22, "ES": 24, "IT": 27, "LU": 20, "CH": 21, "PT": 25, "GB": 22, "NL": 18,
    "AT": 20, "IE": 22, "PL": 28, "RO": 24, "LT": 20, "LV": 21, "EE": 20, "FI": 18, "SE": 24, "DK": 18, "NO": 15,
    "GR": 27, "CZ": 24, "SK": 24, "HU": 28, "BG": 22, "HR": 21, "SI": 19, "MT": 31, "CY": 28, "TN": 24, "MA": 28,
    "AD": 24, "SM": 27, "LI": 21, "TR": 26, "MU": 30, "DZ": 26, "SN": 28, "CI": 28,
}  # fmt: skip


def iban_holds(code: str) -> bool:
    """Tell whether ``code`` (capitals and digits only) holds the key of ISO 13616."""
    if _LENGTHS.get(code[:2]) != len(code) or not code[2:4].isdigit():
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def rib_holds(code: str) -> bool:
    """Tell whether the 23 characters of a RIB hold its key."""
    digits = code.translate(_LETTERS)
    if len(code) != 23 or not digits.isdigit():
        return False
    bank, desk, account, key = int(digits[:5]), int(digits[5:10]), int(digits[10:21]), int(digits[21:])
    return bank > 0 and 97 - (89 * bank + 15 * desk + 3 * account) % 97 == key


def luhn_holds(digits: str) -> bool:
    """Tell whether ``digits`` hold the key of Luhn."""
    doubled = [int(char) * (2 if place % 2 else 1) for place, char in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _judge(piece: str) -> str | None:
    code = re.sub(r"[^A-Z0-9]", "", piece.upper())
    if code[:2].isalpha():
        # A word may follow the number in a sentence: the country says where it ends.
        length = _LENGTHS.get(code[:2])
        return "iban" if length and iban_holds(code[:length]) else None
    if len(code) == 16 and code.isdigit():
        return "card" if luhn_holds(code) and len(set(code)) > 3 else None
    return "rib" if rib_holds(code) else None


DETECTOR = Detector(
    category="iban",
    label="Coordonnées bancaires",
    ground="CRPA L312-1-2 ; RGPD art. 4 et 5",
    headers=(
        "iban",
        "rib",
        "compte bancaire",
        "numero compte bancaire",
        "coordonnee bancaire",
        "bic iban",
        "carte bancaire",
    ),
    candidate=lambda value: value.str.contains(
        r"[A-Za-z]{2}[0-9]{2}[ .\-\x{a0}]?[A-Za-z0-9]{4}|[0-9]{5}[ .\-]?[0-9]{5}[ .\-]?[A-Za-z0-9]{11}"
        r"|[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}"
    ),
    pattern=_PIECE,
    classify=by_value(_judge),
    min_length=15,
    digits=True,
    settled=("iban", "rib"),
    examples=(
        ("iban", "FR14 2004 1010 0505 0001 3M02 606", "iban"),
        ("texte", "virement sur BE68539007547034 demain", "iban"),
        ("rib", "20041 01005 0500013M026 06", "rib"),
    ),
    counter_examples=(
        ("iban", "FR15 2004 1010 0505 0001 3M02 606"),
        ("siret", "20007175100019"),
        ("uuid", "ab12cd34-ef56-7890-abcd-1234567890ab"),
    ),
)
