"""Names, births, addresses and homes: what stands beside them decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.rgpd.context import years_of
from ckanext.ca3b.rgpd.detectors import DETECTORS

if TYPE_CHECKING:
    from .case import Case, Verdict

_PEOPLE = ("full", "titled", "initial")


def name(case: Case) -> Verdict | None:
    """Tell whose names they are."""
    column, context = case.column, case.context
    kind = context.people.get(column.name)
    if kind is None:
        return _names_elsewhere(case)
    if kind == "rare":
        return _rare_names(case)
    situation = public_names(case)
    if kind == "first":
        alone = "full" not in context.people.values() and "surname" not in context.people.values()
        if alone and context.counts:
            situation = "first-names"
    if kind == "civility" and len(context.people) == 1:
        return None
    if situation is None:
        strong = len(context.people) > 1 or context.private or case.kind == "person" or _corroborated(case)
        situation = "person" if strong else "probable"
    return case.all_rows(situation)


def public_names(case: Case) -> str | None:  # noqa: C901, PLR0911 - one case after another
    """Give the situation that makes the names of a column publishable or not, None when nothing does."""
    context = case.context
    if context.historical:
        return "historical"
    if context.elected:
        return "elected"
    if context.private:
        return None
    if context.culture and (case.about("culture_person") or case.kind in {"maybe", "", "first"}):
        return "culture"
    if case.known == "public-act" or (case.about("named_by_duty") and not _signatures(case)):
        return "duty"
    if context.duty_columns:
        return "duty"
    if context.regulated:
        return "regulated"
    if context.body and case.known == "body" and case.kind in {"maybe", "person", ""}:
        return _bodies(case)
    if context.body:
        return _bodies(case)
    if context.facility and case.says("responsable", "referent", "gerant", "gestionnaire", "exploitant"):
        return "duty"
    return None


def _signatures(case: Case) -> bool:
    """Tell whether nearly each row is signed by another: those who sign acts come back."""
    return case.says("signataire", "signature") and case.column.distinct_people >= max(
        _CROWD, 0.5 * min(_CROWD_OF, case.context.table.rows)
    )


_CROWD, _CROWD_OF = 10, 400


def _bodies(case: Case) -> str | None:
    """In a table of bodies, a row whose body has no number may be a person."""
    lone = sum(case.column.lone["name", kind] for kind in _PEOPLE)
    numbers = case.context.with_topic("number_of_body")
    if numbers and not lone:
        # A company or an association may bear somebody's name; « M. » or « Mme » is somebody.
        return "sole-trader" if _denominations(case) and case.column.count("name", ["titled"], whole=True) else "body"
    if case.says(
        "president", "dirigeant", "gerant", "representant", "responsable", "contact", "tresorier", "secretaire"
    ):
        return "body"
    # Under « usager » or « personne concernée », a private person, whatever body stands beside.
    if not numbers and case.kind == "person" and not case.says(*_OF_BODIES):
        return None
    return "rare" if lone or _denominations(case) else "body"


# Headers that name a person or a body, and the people of bodies.
_OF_BODIES = (
    "agent", "employe", "titulaire", "beneficiaire", "proprietaire", "candidat", "client", "demandeur", "petitionnaire",
    "exploitant", "referent", "interlocuteur", "correspondant", "personne contact", "mandant", "concessionnaire",
    "adherent",
)  # fmt: skip


def _denominations(case: Case) -> bool:
    """Tell whether the column says what the bodies are called, and not who leads them."""
    return case.says(
        "beneficiaire",
        "nom beneficiaire",
        "titulaire",
        "attributaire",
        "raison sociale",
        "denomination",
        "nom",
        "entreprise",
        "tiers",
        "fournisseur",
        "organisme",
        "association",
        "structure",
        "artisan",
        "enseigne",
    ) and not case.says(
        "president",
        "dirigeant",
        "gerant",
        "representant",
        "responsable",
        "contact",
        "prenom",
        "tresorier",
        "secretaire",
    )


def _rare_names(case: Case) -> Verdict | None:
    situation = public_names(case)
    if situation in {"historical", "elected", "culture", "duty"}:
        return case.hits(situation, "name")
    if case.known in {"facility", "first-names"} or (
        case.context.facility and case.kind == "maybe" and not case.context.body
    ):
        # A place bears the name of somebody: « Gymnase » may be in another column.
        return case.hits("culture", "name")
    if case.says("libelle", "intitule", "description", "enseigne", "objet", "nature"):
        titled = case.column.count("name", ["titled"])
        return case.hits("rare", "name", ["titled"]) if titled else None
    if situation == "body":
        return case.hits("body", "name", _PEOPLE)
    return case.hits(situation or "rare", "name", _PEOPLE)


# « jdupont », « j.dupont », « dupontj2 ».
_LOGIN = r"(?i)^[a-z]{1,20}[._-]?[a-z]{2,20}(?:-[a-z]{2,20})?[0-9]{0,3}$"
_OFTEN = 0.6


def _names_elsewhere(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """Names in texts, and in columns whose header names no person."""
    column, context = case.column, case.context
    titled, full = column.count("name", ["titled"]), column.count("name", ["full"])
    if (
        case.about("login")
        and len(column.sample) > _CROWD
        and column.share(_LOGIN) >= _OFTEN
        and not case.says("type", "nb")
    ):
        return case.all_rows("probable")
    if not titled + full or context.elected or context.historical:
        return None
    if case.kind == "other" and not case.about("free_text"):
        # The name of a company or a shop: a sole trader bears his own.
        own = case.says("raison sociale", "denomination", "entreprise", "societe", "organisme") and column.count(
            "name", _PEOPLE, whole=True
        )
        if own and not context.facility:
            return case.hits("body" if context.with_topic("number_of_body") else "sole-trader", "name")
        return None
    wrote = DETECTORS["free_text"].named(case.header)
    if context.culture or (context.facility and not wrote):
        return case.hits("culture", "name", ["titled", "full"])
    if not case.header and (titled + full) >= 0.3 * column.filled:
        return case.hits("probable", "name", ["titled", "full"])
    if wrote or context.private or case.beside_people or not case.header:
        return case.hits("text", "name", ["titled", "full"])
    return case.hits("text", "name", ["titled"]) if titled else None


def _corroborated(case: Case) -> bool:
    """Tell whether the row says how to reach the person, or when they were born."""
    return any(
        column.count("phone", ["mobile"])
        or column.count("email", ["personal", "private-box"])
        or DETECTORS["birth_date"].named(column.header)
        for column in case.context.columns
        if column is not case.column
    )


def birth_date(case: Case) -> Verdict | None:
    """A header and dates; « né le » in a text."""
    detector, column, context = DETECTORS["birth_date"], case.column, case.context
    if case.named("birth_date") and column.share(detector.value_test["date"]) >= 0.3:
        return case.all_rows(_when(case))
    if case.named("birth_date") and column.share(detector.value_test["year"]) >= 0.5 and not context.counts:
        return case.all_rows(_when(case))
    if case.named("birth_date") and column.share(detector.value_test["serial"]) >= 0.8 and _told_one_by_one(case):
        return case.all_rows(_when(case))
    if case.beside_people and _looks_like_births(case):
        return case.all_rows("person")
    if column.count("birth_date") and not (context.culture or context.historical):
        return case.hits("text", "birth_date")
    return None


def _told_one_by_one(case: Case) -> bool:
    """Tell whether rows are people and not births counted: « naissances » may be their number."""
    return (
        case.beside_people
        or case.context.micro
        or case.context.record
        or case.says("date", "ddn", "dt", "ne le", "nee le")
    )


def _looks_like_births(case: Case) -> bool:
    """Dates over half a century beside names, under a header that says nothing else."""
    plain = not case.header or (case.says("date") and len(case.header) <= 8)
    years = years_of(case.column)
    return bool(
        plain
        and years
        and case.column.share(DETECTORS["birth_date"].value_test["date"]) >= 0.8
        and min(years) < 1975
        and max(years) - min(years) >= 30
    )


def _when(case: Case) -> str:
    years = years_of(case.column)
    if case.context.historical or (years and max(years) <= 1905):
        return "historical"
    if case.context.elected:
        return "elected"
    return "culture" if case.context.culture else "person"


def address(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """Streets: of a person, a home, or a place."""
    detector, column, context = DETECTORS["address"], case.column, case.context
    streets = column.share(detector.value_test["street"])
    lines = column.share(detector.value_test["line"])
    if not (case.named("address") and (streets >= 0.15 or lines >= 0.3)) and streets < 0.4:
        return None
    if DETECTORS["free_text"].named(case.header) and not case.named("address"):
        return None
    if case.about("private_address"):
        return case.all_rows("person")
    if case.beside_people and not case.says(
        "chantier", "travaux", "ecole", "etablissement", "equipement", "lieu intervention"
    ):
        return case.all_rows("person")
    if context.elected and case.some_names and not case.says("mairie"):
        return case.all_rows("elected")
    if context.micro or (context.home and not context.facility and not context.body):
        return case.all_rows("home")
    if case.some_names and _private_contacts(case) and not context.with_topic("number_of_body"):
        return case.all_rows("home")
    if context.private and not context.facility and not context.body:
        return case.all_rows("home")
    return case.all_rows("public")


def _private_contacts(case: Case) -> bool:
    """Tell whether most ways to reach the people named are private ones: the address is then theirs too."""
    for column in case.context.columns:
        mobiles, all_phones = (
            column.count("phone", ["mobile"]),
            column.count("phone", ["mobile", "landline", "service"]),
        )
        boxes, mails = column.count("email", ["personal", "private-box"]), column.count("email")
        if mobiles > 0.5 * all_phones or boxes > 0.5 * mails:
            return True
    return False


def geolocation_home(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """Points and parcels: of a home or a person, or of a place."""
    detector, column, context = DETECTORS["geolocation_home"], case.column, case.context
    if not case.named("geolocation_home") or column.value_share(detector) < 0.5:
        return None
    parcel = column.share(detector.value_test["parcel"]) >= 0.5 and case.says("parcelle", "cadastre", "cadastrale")
    numbers = max(column.share(detector.value_test[kind]) for kind in ("number", "pair", "geometry"))
    if not parcel and numbers < 0.5:
        return None
    if (
        case.says("x", "y", "long", "position")
        and not parcel
        and column.share(r"[0-9]{6}|[.,][0-9]{4,}|(?i)point") < 0.5
    ):
        return None
    if case.beside_people:
        return case.all_rows("person")
    if context.micro or (context.tracked and not parcel):
        return case.all_rows("person")
    if context.home and not context.facility and not context.body and not parcel:
        return case.all_rows("home")
    return None if parcel else case.all_rows("public")
