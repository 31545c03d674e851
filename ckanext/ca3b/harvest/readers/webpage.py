"""A plain web page: the datasets that it embeds (schema.org), else its links to data files, to be reviewed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest.model import Agent, Page, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError

from .common import files, page, schema_org
from .common.draft import Draft
from .common.finish import finish
from .common.flow import Entries, to_review, to_the_end
from .common.xml import inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    import lxml.html

    from ckanext.ca3b.harvest.model import Event
    from ckanext.ca3b.harvest.sources import Answer, Client, Source

KIND = "webpage"
LABEL = "page web"

#: Texts of links that say what a click does, not what the file is.
_GENERIC = re.compile(
    r"^(?:t[ée]l[ée]charger?(?: (?:le|la|les)? ?(?:fichier|document|donn[ée]es|jeu de donn[ée]es)s?)?|ici|cliquez ici"
    r"|download|lien|voir|ouvrir"
    r"|(?:au |en )?(?:format )?(?:csv|excel|xlsx?|ods|json|geojson|xml|zip|shp|shapefile|kml))$",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"\s*[(\[][^)\]]*(?:\b(?:[kmg]?o|[kmg]b)\b|csv|xls|ods|json|zip|xml|shp|kml)[^)\]]*[)\]]\s*", re.IGNORECASE
)
_AS_FORMAT = re.compile(
    r"\s+(?:au |en )?format \w+\s*$|\s*[.\-–:]\s*(?:csv|xlsx?|ods|json|geojson|zip|kml)\s*$", re.IGNORECASE
)


def recognises(answer: Answer) -> bool:
    """Tell whether this is a page that embeds datasets or links to data files."""
    tree = page.tree(answer)
    if tree is None:
        return False
    if any(True for document in page.embedded(tree) for _ in schema_org.datasets(document)):
        return True
    return next(iter(_files(tree, answer)), None) is not None


def places(address: str) -> Iterator[str]:  # noqa: ARG001 - a reader has this method
    """Yield nothing: a page is where it is."""
    yield from ()


def read(client: Client, source: Source) -> Iterator[Event]:
    """Yield the datasets of a page and of those that follow it. See the package for what is raised."""
    return to_the_end(_read(client, source))


def _read(client: Client, source: Source) -> Iterator[Event]:
    answer = client.first(source, accept="text/html, application/xhtml+xml;q=0.9, */*;q=0.5")
    entries = Entries(finish, identify=lambda draft: draft.identifier)
    number = 0
    while True:
        number += 1
        tree = page.tree(answer)
        if tree is None:
            raise SourceError(
                "not-catalogue", f"Cette adresse n’est pas une page web. ({answer.url})", where=answer.url
            )
        yield Page(answer.url, number)
        broken, drafts = _embedded(tree, answer)
        if broken:
            message = (
                f"La page décrit ses données en JSON-LD qui n’est pas correct : cette description n’est pas lue."
                f" Vérifiez-la dans le code de la page. ({answer.url})"
            )
            yield Record(None, (Problem("", message, "broken-json-ld", answer.url),))
        found = drafts or _linked(tree, answer)
        code = "embedded-in-a-page" if drafts else "found-on-a-page"
        for record in entries.records(found, answer.url):
            yield to_review(record, code)
        following = _next(tree, answer)
        if not following or answer.local:
            return
        answer = client.page(following, accept="text/html")


def _embedded(tree: lxml.html.HtmlElement, answer: Answer) -> tuple[bool, list[Draft]]:
    broken, found = False, []
    for document in page.embedded(tree):
        broken = broken or document is None
        found += [schema_org.draft(one, answer.absolute) for one in schema_org.datasets(document)]
    for draft in found:
        draft.provenance = {"url": answer.url}
        draft.landing_page = draft.landing_page or ("" if answer.local else answer.url)
    return broken, found


def _linked(tree: lxml.html.HtmlElement, answer: Answer) -> list[Draft]:
    """Return one draft per data file that the page links to, its formats together."""
    licence, language = _licence(tree, answer), tree.get("lang") or ""
    site = next((str(one) for one in tree.xpath("//meta[@property='og:site_name']/@content")), "")
    groups = files.datasets(_files(tree, answer))
    under: dict[str, int] = {}
    for _, group in groups:
        under[group[0].context] = under.get(group[0].context, 0) + 1
    found = []
    for identity, group in groups:
        heading = group[0].context if under[group[0].context] == 1 else ""
        said = next((one.title for one in group if one.title), "")
        draft = Draft(
            identity,
            title=_better(said, heading) or files.readable(files.name_of(identity)),
            licences=(licence,) if licence else (), languages=(language,) if language else (),
            publisher=Agent(name=site), landing_page="" if answer.local else answer.url,
            resources=[one.resource() for one in group], provenance={"url": answer.url},
        )  # fmt: skip
        if group[0].context and group[0].context != draft.title:
            draft.raw["heading"] = group[0].context
        found.append(draft)
    return found


def _better(said: str, heading: str) -> str:
    """Return the heading above the only files under it when it says all that their link says, else what this says."""
    words = set(vocabularies.normalise(said).split())
    return heading if heading and words <= set(vocabularies.normalise(heading).split()) else said


def _files(tree: lxml.html.HtmlElement, answer: Answer) -> Iterator[files.File]:
    for element, address, heading in page.links(tree, answer):
        form = files.data_format(address, element.get("type") or "", element.get("download") or "")
        if form:
            yield files.File(address, title=_title(element), context=heading, format=form)


def _title(element: lxml.html.HtmlElement) -> str:
    """Return what a link says of its file, ``""`` when it only says « Télécharger »."""
    for said in (inner(element), element.get("title") or "", element.get("aria-label") or ""):
        plain = _AS_FORMAT.sub("", _DETAIL.sub(" ", said)).strip(" :-–")
        if plain and not _GENERIC.match(plain):
            return files.readable(plain) if vocabularies.file_type_of_name(plain) else plain
    return ""


def _licence(tree: lxml.html.HtmlElement, answer: Answer) -> str:
    """Return the licence that the page links to, when it is one only."""
    found = {
        known.code: address
        for element in tree.iter("a", "link")
        if (address := answer.absolute(element.get("href") or "")) and (known := vocabularies.licences().find(address))
    }
    return next(iter(found.values())) if len(found) == 1 else ""


def _next(tree: lxml.html.HtmlElement, answer: Answer) -> str:
    href = next((str(one) for one in tree.xpath("//*[self::a or self::link][@rel='next']/@href")), "")
    return answer.absolute(href) if href else answer.link("next")
