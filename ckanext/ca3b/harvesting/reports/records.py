"""One record of a run, in French: what happened, why, where in its catalogue, what to mend.

A ``row`` is one of ``ca3b_harvest_staged``: a mapping as the actions give it, or the model's object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .words import GRAVITY, VERDICTS, cut, get, label, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What is done (or will be) by verdict: before the run applies, then once it did.
_SAID = {
    "added": ("Nouveau jeu de données\xa0: il sera créé.", "Nouveau jeu de données\xa0: il a été créé."),
    "unchanged": ("Rien n’a changé depuis la dernière lecture.",) * 2,
    "vanished": (
        "N’est plus dans le catalogue\xa0: il restera en ligne, avec la mention «\xa0disparu à la source\xa0».",
        "N’est plus dans le catalogue\xa0: il reste en ligne, avec la mention «\xa0disparu à la source\xa0».",
    ),
    "archived": (
        "Absent du catalogue au-delà du délai\xa0: il sera archivé, avec son adresse et son historique.",
        "Absent du catalogue au-delà du délai\xa0: il est archivé, avec son adresse et son historique.",
    ),
    "returned": (
        "De retour dans le catalogue\xa0: il reprendra son adresse et son historique.",
        "De retour dans le catalogue\xa0: il a repris son adresse et son historique.",
    ),
    "conflicting": (
        "Une autre source publie déjà ce jeu de données\xa0: rien n’est écrit avant le choix de l’une d’elles.",
    )
    * 2,
    "refused": ("Sa fiche n’a pas pu être reprise.",) * 2,
    "review": ("Attend une relecture\xa0: il ne sera publié qu’après l’accord de quelqu’un.",) * 2,
}
_FAILED = {
    "added": "Devait être créé, et n’a pas pu l’être.",
    "changed": "Devait être mis à jour, et n’a pas pu l’être.",
    "vanished": "Devait être marqué «\xa0disparu à la source\xa0», et n’a pas pu l’être.",
    "archived": "Devait être archivé, et n’a pas pu l’être.",
    "returned": "Devait revenir en ligne, et n’a pas pu l’être.",
}
#: What the reasons of a plan add (:class:`ckanext.ca3b.harvest.planning.plan.Action`); the others say nothing more.
_REASONS = {
    "duplicate": "Une autre fiche du même catalogue porte le même identifiant\xa0: donnez à chacune le sien.",
    "refused": "Il a été refusé à la relecture\xa0; il sera proposé de nouveau quand sa fiche changera.",
    "theirs": "Il a été décidé qu’une autre source fait autorité.",
}
#: Reasons that the sentence of the verdict says already.
_SAID_ALREADY = frozenset({"unreadable", "same-uri", "absent", "grace"})
#: Fields named in a sentence; the table of changes names them all.
_NAMED = 4
#: Where the reader says that a record was found, and what a person can follow there.
_LINKS = ("url", "page", "uri")
#: What to do, for the codes whose message does not say it already.
_HOW = {
    "truncated": "Voyez si le catalogue s’ouvre jusqu’à sa dernière page, et prévenez qui le tient.",
    "forbidden-characters": "Enregistrez de nouveau les fiches concernées sans ces caractères.",
    "service": "Reliez ce service à un jeu de données, ou ignorez cette remarque.",
    "not-public": "Rendez ce jeu de données public dans son catalogue s’il doit paraître.",
    "archived": "Retirez ce jeu de données de son catalogue s’il ne doit plus paraître.",
    "not-data": "Rien n’est à faire, sauf si l’un de ces fichiers est une donnée\xa0: donnez-lui un format ouvert.",
}


def sentence(row: Any) -> str:
    """Return what happened (or will happen) to a record, and why, in one or two sentences."""
    verdict, outcome = get(row, "verdict", ""), get(row, "outcome", "pending")
    if outcome == "failed":
        said = _FAILED.get(verdict, "N’a pas pu être écrit.")
    elif get(row, "reason") == "theirs":
        said = "N’est pas (ou plus) repris de cette source."
    elif verdict == "changed":
        said = _changed(row, done=outcome == "done")
    else:
        before, after = _SAID.get(verdict, ("N’a pas encore été comparé.",) * 2)
        said = after if outcome == "done" else before
    why = reason(row)
    return f"{said} {why}" if why else said


def reason(row: Any) -> str:
    """Return why a record has its verdict or its outcome, ``""`` when the sentence of the verdict says it all."""
    if get(row, "outcome", "") in {"failed", "skipped"} and get(row, "outcome_message"):
        return str(get(row, "outcome_message"))
    told = str(get(row, "reason", ""))
    if told and told not in _SAID_ALREADY:
        return _REASONS.get(told, told)
    if get(row, "verdict", "") == "refused":
        return next((one["message"] for one in advice(row)), "Le catalogue n’en donne rien qui puisse être lu.")
    return ""


def advice(row: Any) -> list[dict[str, str]]:
    """Return what to mend in a record, the gravest first: ``{message, where, severity, how, code}``, each once.

    ``message`` is a whole sentence; ``how`` adds what to do when the message does not say it.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in get(row, "problems", []):
        told = problem(one)
        found.setdefault((told["message"], told["where"]), told)
    return sorted(found.values(), key=lambda told: GRAVITY.get(told["severity"], 1))


def problem(given: Mapping[str, Any]) -> dict[str, str]:
    """Return a problem as ``{message, where, severity, how, code}``."""
    code = str(given.get("code") or "")
    return {
        "message": str(given.get("message") or ""),
        "where": str(given.get("where") or ""),
        "severity": str(given.get("severity") or "warning"),
        "how": _HOW.get(code, ""),
        "code": code,
    }


def whole(told: Mapping[str, str]) -> str:
    """Return a problem (see :func:`problem`) in one text: what is wrong, then what to do."""
    return " ".join(filter(None, [told["message"], told["how"]]))


def where(row: Any) -> dict[str, str]:
    """Return where a record is in its catalogue: ``{text, url}``; ``url`` only when it is one of the web."""
    description = get(row, "description") or {}
    provenance = description.get("provenance") or {}
    links = [str(provenance.get(name) or "") for name in _LINKS] + [str(get(row, "uri", ""))]
    pages = [one for one in links if one.startswith(("https://", "http://"))]
    parts = [f"identifiant «\xa0{get(row, 'identifier', '')}\xa0»"] if get(row, "identifier") else []
    if line := provenance.get("line"):
        parts.append(f"ligne {line}")
    if pages:
        parts.append(pages[0])
    return {"text": ", ".join(parts), "url": pages[0] if pages else ""}


def changed(row: Any) -> list[dict[str, str]]:
    """Return the changes of a record as texts: ``{field, label, before, after}``."""
    return [
        {
            "field": str(one.get("field") or ""),
            "label": str(one.get("label") or one.get("field") or ""),
            "before": text(one.get("before")),
            "after": text(one.get("after")),
        }
        for one in get(row, "changes", [])
    ]


def text(value: Any) -> str:
    """Write a value of a package as people read it: lists with commas, groups as ``name : value``."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return " ; ".join(f"{key}\xa0: {said}" for key, one in value.items() if (said := text(one)))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(text, value)))
    return str(value)


def title(row: Any) -> str:
    """Return what a record is called: its title, else its identifier."""
    return cut(get(row, "title") or get(row, "identifier") or "Sans titre", 200)


def verdict_label(row: Any) -> str:
    """Return the word for the verdict of a record, failures included."""
    return "En échec" if get(row, "outcome") == "failed" else label(VERDICTS, get(row, "verdict"))


def to_mend(row: Any) -> bool:
    """Tell whether somebody who keeps the catalogue has something to do for this record."""
    return get(row, "verdict") == "refused" or any(one["severity"] != "info" for one in _problems(row))


def _problems(row: Any) -> Iterator[dict[str, str]]:
    return map(problem, get(row, "problems", []))


def _changed(row: Any, *, done: bool) -> str:
    names = list(dict.fromkeys(f"«\xa0{one['label']}\xa0»" for one in changed(row) if one["label"]))
    verb = "a été mis à jour" if done else "sera mis à jour"
    return f"Modifié dans le catalogue\xa0: {verb} ({listed(names, _NAMED)})." if names else (
        f"Modifié dans le catalogue\xa0: {verb}."
    )  # fmt: skip
