"""Invented people, numbers with valid keys and places, drawn from a seeded generator.

Telephone numbers are in the ranges that Arcep keeps for fiction (fixed lines and mobiles) or in blocks not attributed.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WOMEN = [
    "Jeanne",
    "Léa",
    "Camille",
    "Nathalie",
    "Monique",
    "Aïcha",
    "Sophie",
    "Inès",
    "Maëlys",
    "Ghislaine",
    "Rose",
    "Fatoumata",
    "Solène",
    "Marie-Claude",
    "Clémence",
    "Yvette",
    "Océane",
    "Delphine",
    "Anne-Sophie",
    "Khadija",
    "Josiane",
    "Élodie",
    "Manon",
    "Bernadette",
    "Sylvie",
    "Louise",
    "Jade",
    "Paulette",
    "Virginie",
    "Zoé",
    "Mireille",
    "Nour",
    "Françoise",
    "Agathe",
    "Lucie",
]
MEN = [
    "Jean",
    "Pierre",
    "Mehdi",
    "Lucas",
    "Thierry",
    "Gérard",
    "Martin",
    "Yannick",
    "Bruno",
    "Enzo",
    "Jean-Marc",
    "Mamadou",
    "Loïc",
    "Étienne",
    "Raphaël",
    "Patrice",
    "Noël",
    "Karim",
    "Gaël",
    "Didier",
    "Hugo",
    "Sacha",
    "Jean-Baptiste",
    "Alain",
    "Théo",
    "Baptiste",
    "Roger",
    "Quentin",
    "Michel",
    "Tiago",
    "Serge",
    "Ali",
    "Nolan",
    "Gilles",
    "Aurélien",
]
SURNAMES = [
    "Durand",
    "Martin",
    "Petit",
    "Leroy",
    "Moreau",
    "Garnier",
    "Benali",
    "Le Goff",
    "N'Guessan",
    "Da Silva",
    "Perrin",
    "Vuillermoz",
    "Ozturk",
    "Chevallier",
    "Kervarrec",
    "Nguyen",
    "Pochon",
    "Marguin",
    "Diallo",
    "De La Tour",
    "Bouvard",
    "Rollet",
    "Traoré",
    "Lefèvre",
    "Haddad",
    "Guyon-Michaud",
    "Ferreira",
    "Schmitt",
    "Berthelot",
    "Kowalczyk",
    "Charvet",
    "Bouhassoun",
    "Picq",
    "Lambert",
    "Roche",
    "Blanc",
    "Prost",
    "Sanchez",
    "El Amrani",
    "Vandenberghe",
    "Gonod",
    "Marechal",
    "Buathier",
    "Clavel",
    "Tissot",
    "Faure",
    "Subtil",
    "Jacquemin",
]
TOWNS = (("Bourg-en-Bresse", "01000", "01053"), ("Péronnas", "01960", "01289"), ("Viriat", "01440", "01451"),
         ("Ceyzériat", "01250", "01072"), ("Montrevel-en-Bresse", "01340", "01266"), ("Quimper", "29000", "29232"),
         ("Ergué-Gabéric", "29500", "29051"), ("Niort", "79000", "79191"), ("Chauray", "79180", "79081"),
         ("Saint-Denis", "97400", "97411"))  # fmt: skip
STREETS = [
    "rue de l'Église",
    "chemin des Écoliers",
    "allée des Tilleuls",
    "impasse du Moulin",
    "route de Lyon",
    "rue Victor-Hugo",
    "avenue Jean Jaurès",
    "lotissement Les Cerisiers",
    "place du Marché",
    "rue du Docteur Ebrard",
    "boulevard de Brou",
    "hameau de Curtafray",
    "rue Pierre Curie",
    "square Rose Valland",
]
MAILBOXES = ("gmail.com", "orange.fr", "wanadoo.fr", "hotmail.fr", "free.fr", "laposte.net", "sfr.fr", "yahoo.fr")
FIXED = ("019900", "026191", "035301", "046571", "053649")
MOBILES = ("063998", "063998", "060000", "060001")


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    sex: str
    first: str
    last: str
    born: date
    nir: str
    phone: str
    mobile: str
    email: str
    street: str
    town: str
    postcode: str
    insee: str
    lon: float
    lat: float
    plate: str
    iban: str

    @property
    def title(self) -> str:
        """« M. » or « Mme »."""
        return "M." if self.sex == "M" else "Mme"

    @property
    def full(self) -> str:
        """First name, then surname."""
        return f"{self.first} {self.last}"

    @property
    def upper(self) -> str:
        """Surname in capitals, then first name."""
        return f"{self.last.upper()} {self.first}"

    @property
    def address(self) -> str:
        """The whole postal address."""
        return f"{self.street} {self.postcode} {self.town}"


def plain(text: str) -> str:
    """Lower-case letters without accents, spaces or apostrophes."""
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in text if letter.isascii() and (letter.isalnum() or letter == "-"))


def dotted(number: str, by: str = " ") -> str:
    """Ten digits two by two."""
    return by.join(number[start : start + 2] for start in range(0, 10, 2))


def spaced(number: str) -> str:
    """A NIR as it is printed on the card."""
    return f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:13]} {number[13:]}"


def fours(iban: str) -> str:
    """An IBAN four by four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


class Chance(random.Random):
    """A seeded generator which knows what French files hold."""

    def person(self, youngest: int = 1935, eldest: int = 2005) -> Person:
        """Somebody born between two years."""
        sex = self.choice("MF")
        first, last = self.choice(MEN if sex == "M" else WOMEN), self.choice(SURNAMES)
        born = self.day(youngest, eldest)
        town, postcode, insee = self.choice(TOWNS)
        body = f"{'12'[sex == 'F']}{born:%y%m}{insee[:2]}{self.randrange(1, 900):03d}{self.randrange(1, 999):03d}"
        sign = self.choice((".", "", "_", "."))
        email = f"{plain(first)}{sign}{plain(last)}{self.choice(('', '', born.year % 100))}@{self.choice(MAILBOXES)}"
        return Person(
            sex, first, last, born, f"{body}{97 - int(body) % 97:02d}", self.choice(FIXED) + self.digits(4),
            self.choice(MOBILES) + self.digits(4), email, f"{self.randrange(1, 180)} {self.choice(STREETS)}",
            town, postcode, insee, round(5.1 + self.random() / 5, 6), round(46.1 + self.random() / 5, 6),
            self.plate(), self.iban(),
        )  # fmt: skip

    def people(self, count: int, youngest: int = 1935, eldest: int = 2005) -> list[Person]:
        """Several people."""
        return [self.person(youngest, eldest) for _ in range(count)]

    def digits(self, count: int) -> str:
        """That many digits."""
        return "".join(self.choice("0123456789") for _ in range(count))

    def plate(self) -> str:
        """A plate of the system of 2009."""
        letters = "ABCDEFGHJKLMNPQRTVWXYZ"
        two = [self.choice(letters) + self.choice(letters) for _ in range(2)]
        return f"{two[0]}-{self.randrange(1, 1000):03d}-{two[1]}"

    def iban(self) -> str:
        """A French IBAN of which both keys hold, of a bank that does not exist."""
        bank, branch, account = "19999", self.digits(5), self.digits(11)
        key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
        body = f"{bank}{branch}{account}{key:02d}"
        return f"FR{98 - int(body + '152700') % 97:02d}{body}"

    def siret(self) -> str:
        """A SIRET of which the SIREN and the whole hold their keys."""
        siren = luhn("9" + self.digits(7))
        return luhn(siren + "0001")

    def rna(self) -> str:
        """The number of an association."""
        return f"W01{self.digits(7)}"

    def day(self, first: int, last: int) -> date:
        """A day between two years, both included."""
        start = date(first, 1, 1)
        return start + timedelta(days=self.randrange((date(last, 12, 31) - start).days + 1))

    def fr(self, first: int = 2024, last: int = 2025) -> str:
        """A day as JJ/MM/AAAA."""
        return f"{self.day(first, last):%d/%m/%Y}"

    def amount(self, low: int = 50, high: int = 9000) -> str:
        """An amount with a decimal comma."""
        return f"{self.randrange(low, high)},{self.randrange(100):02d}"

    def town(self) -> tuple[str, str, str]:
        """Name, postal code and INSEE code of a commune."""
        return self.choice(TOWNS)

    def switchboard(self) -> str:
        """A fixed line, of a service or of a business."""
        return dotted(self.choice(FIXED) + self.digits(4))

    def point(self) -> tuple[float, float]:
        """A longitude and a latitude."""
        return round(5.1 + self.random() / 5, 6), round(46.1 + self.random() / 5, 6)

    def some(self, among: str, count: int = 1) -> Any:
        """One of the words separated by ``|``, or a list of ``count`` of them."""
        words = among.split("|")
        return self.choice(words) if count == 1 else [self.choice(words) for _ in range(count)]


def luhn(body: str) -> str:
    """``body`` with the digit that makes Luhn's sum a multiple of ten."""
    total = 0
    for rank, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if rank % 2 == 0 else 1)
        total += value - 9 * (value > 9)
    return body + str(-total % 10)
