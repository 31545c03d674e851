"""A draft to a description: every value normalised, and a sentence for each that is missing or not understood."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from attrs import asdict, evolve

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent, Description, Period, Place, Problem, Record, Resource

from . import wording
from .draft import PlaceDraft

if TYPE_CHECKING:
    from ckanext.ca3b.harvest.model import Severity

    from .draft import Draft, ResourceDraft

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_LONGEST_URL = 8000


def finish(draft: Draft) -> Record:
    """Return the record of a draft: whatever it holds, it has a description."""
    return _Finish(draft).record()


class _Finish:
    """The making of one description, and the problems met on the way."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.raw = dict(draft.raw)
        self.problems = list(draft.problems)
        self.title = normalise.one_line(draft.title)
        self.identifier = normalise.one_line(draft.identifier) or self._hash()
        if not draft.identifier.strip():
            self.tell("missing-identifier", "identifier", severity="info")

    def record(self) -> Record:
        draft = self.draft
        resources = tuple(one for one in map(self._resource, draft.resources) if one is not None)
        licence = self._licence(resources)
        description = Description(
            identifier=self.identifier,
            title=self.title,
            description=normalise.markdown(draft.description),
            license=licence.value,
            license_raw=next(iter(draft.licences), ""),
            keywords=normalise.keywords(draft.keywords),
            themes=tuple(dict.fromkeys(term.value for one in draft.themes if (term := self._theme(one)).value)),
            publisher=_agent(draft.publisher),
            contact=_agent(draft.contact),
            issued=self._date(draft.issued, "issued"),
            modified=self._date(draft.modified, "modified"),
            spatial=self._places(),
            temporal=self._periods(),
            frequency=self._term(normalise.frequency(draft.frequency), "frequency").value,
            conforms_to=tuple(filter(None, map(normalise.one_line, draft.conforms_to))),
            language=tuple(dict.fromkeys(filter(None, (self._language(one) for one in draft.languages)))),
            landing_page=draft.landing_page.strip(),
            resources=resources,
            access_rights=self._term(normalise.access_right(draft.access_rights), "access_rights").value,
            version=normalise.one_line(draft.version),
            uri=draft.uri,
            provenance=dict(draft.provenance),
            raw=self.raw,
        )
        self._missing(description)
        return Record(description, tuple(self.problems))

    def _hash(self) -> str:
        """Return an identity for a draft that has none: of what changes least."""
        stable = [self.draft.uri, self.draft.landing_page, self.title, *sorted(one.url for one in self.draft.resources)]
        return "sha256-" + hashlib.sha256("\n".join(stable[:3] if any(stable[:3]) else stable).encode()).hexdigest()

    def tell(self, code: str, field: str = "", value: str = "", *, severity: Severity = "warning") -> None:
        """Keep a problem of this dataset."""
        where = ", ".join(filter(None, (self._name(field), self.draft.line)))
        known = self.title or (self.identifier if self.draft.identifier else "")
        message = wording.say(code, title=known, value=value, where=where)
        self.problems.append(Problem(self.identifier, message, code, where, severity))

    def _name(self, field: str) -> str:
        """Return what the catalogue calls a field of ours."""
        return self.draft.names.get(field, field)

    def _term(self, term: normalise.Term, field: str, *, severity: Severity = "warning") -> normalise.Term:
        if not term.known:
            self.tell(f"unknown-{field.replace('_', '-')}", field, term.value, severity=severity)
        return term

    def _theme(self, value: str) -> normalise.Term:
        return self._term(normalise.theme(value), "theme", severity="info")

    def _language(self, value: str) -> str:
        return self._term(normalise.language(value), "language", severity="info").value

    def _date(self, value: str, field: str) -> str:
        term = normalise.date(value)
        if term.known:
            return term.value
        self.tell("unreadable-date", field, term.value)
        self.raw.setdefault(self._name(field), value)
        return ""

    def _places(self) -> tuple[Place, ...]:
        found: list[Place] = []
        for value in self.draft.places:
            said = value if isinstance(value, PlaceDraft) else PlaceDraft(value)
            place = normalise.place(said.value, label=said.label, uri=said.uri)
            if place is None or place == Place():
                self.tell("unreadable-place", "spatial", str(said.value)[:80])
                self.raw.setdefault(self._name("spatial"), said.value)
            elif place not in found:
                found.append(place)
        return tuple(found)

    def _periods(self) -> tuple[Period, ...]:
        found: list[Period] = []
        for start, end in self.draft.periods:
            sides = Period(self._date(start, "temporal"), self._date(end, "temporal"))
            if sides.start and sides.end and sides.start[:10] > sides.end[:10]:
                self.tell("period-backwards", "temporal", f"{sides.start} – {sides.end}")
            if sides != Period() and sides not in found:
                found.append(sides)
        return tuple(found)

    def _licence(self, resources: tuple[Resource, ...]) -> normalise.Term:
        """Return the licence of the dataset, else the one that all its resources share."""
        said = self.draft.licences
        shared = {one.license for one in resources}
        if not said and len(shared) == 1 and "" not in shared:
            return normalise.Term(shared.pop(), known=True)
        return self._term(normalise.licence(*said), "license")

    def _resource(self, draft: ResourceDraft) -> Resource | None:
        url = draft.url.strip()
        if not url and not draft.access_url:
            name = draft.title or draft.identifier
            self.tell("resource-without-address", "resources", name)
            self.raw.setdefault("resources_without_address", []).append(_said(draft))
            return None
        if len(url) > _LONGEST_URL or not re.match(
            r"(?:https?|ftps?)://[^\s/]", url or draft.access_url, re.IGNORECASE
        ):
            self.tell("resource-bad-address", "resources", url[:200])
        form = normalise.file_format(*draft.formats, url=url)
        if not form.known:
            self.tell("unknown-format", "format", form.value, severity="info")
        return Resource(
            url=url or draft.access_url,
            format=form.value,
            title=normalise.one_line(draft.title),
            license=self._term(normalise.licence(*draft.licences), "license").value,
            description=normalise.markdown(draft.description),
            media_type=draft.media_type,
            size=draft.size,
            issued=self._date(draft.issued, "issued"),
            modified=self._date(draft.modified, "modified"),
            identifier=draft.identifier,
            checksum=_checksum(draft.checksum),
            conforms_to=tuple(filter(None, draft.conforms_to)),
            raw_format=next(iter(draft.formats), ""),
            access_url=draft.access_url,
            raw=draft.raw,
        )

    def _missing(self, description: Description) -> None:
        if not description.title:
            self.tell("missing-title", "title")
        if not description.description:
            self.tell("missing-description", "description", severity="info")
        if not description.license and not any(one.license for one in description.resources):
            self.tell("missing-license", "license")
        if not description.resources:
            self.tell("no-resource", "resources")


def _agent(agent: Agent) -> Agent:
    return evolve(
        agent,
        name=normalise.one_line(agent.name),
        identifier="".join(agent.identifier.split())
        if re.fullmatch(r"[\d\s]+", agent.identifier)
        else agent.identifier,
        email=normalise.email(agent.email),
        phone=normalise.phone(agent.phone),
    )


def _checksum(text: str) -> str:
    """Return ``algorithm:hexadecimal``, the algorithm told by the length when the catalogue does not say it."""
    algorithm, _, digits = text.rpartition(":")
    digits = digits.strip().casefold()
    if not re.fullmatch(r"[0-9a-f]+", digits):
        return ""
    said = algorithm.strip().casefold().replace("-", "") or _ALGORITHMS.get(len(digits), "")
    return f"{said}:{digits}" if said else ""


def _said(draft: ResourceDraft) -> dict[str, Any]:
    return {name: value for name, value in asdict(draft).items() if value}
