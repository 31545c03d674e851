"""The e-mails about files that wait and are decided: plain French, links, never what a file holds.

They are sent by jobs, which have no visitor and so no language: their text is in French in their templates.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ckanext.ca3b.privacy import config

from . import ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

_FOLDER = Path(__file__).parents[2] / "templates" / "ca3b" / "privacy" / "dpo" / "mails"

DECIDED = {
    "authorise": ("Fichier autorisé", "Le DPO a autorisé la publication de votre fichier : il est ouvert."),
    "refuse": ("Fichier refusé", "Le DPO a refusé la publication de votre fichier tel qu’il est."),
    "ask_treatment": (
        "Fichier à corriger",
        "Le DPO demande que les données personnelles de votre fichier soient traitées avant sa publication.",
    ),
    "close": ("Fichier fermé", "Le DPO a fermé votre fichier : il n’est plus public."),
    "reopen": ("Fichier rouvert", "Le DPO a levé la fermeture de votre fichier."),
}
"""The subject and the sentence of each decision."""


class NobodyError(Exception):
    """None of the people to tell has an account with an e-mail address, or the portal has none to write from."""


def dpos() -> list[model.User]:
    """Return the accounts of the DPO that can be written to."""
    found = [model.User.get(name) for name in config.dpo()]
    return [one for one in found if one is not None and one.is_active and one.email]


def send(people: Iterable[model.User], subject: str, template: str, **said: Any) -> list[str]:
    """Write to each of ``people``; return the names of those who were written to.

    :param template: name of a template of ``mails``, which gets ``said``, ``name``, ``site``, ``queue`` and ``head``.
    :raises NobodyError: there is nobody to write to.
    :raises ckan.lib.mailer.MailerException: no e-mail at all could be sent.
    """
    site = str(tk.config["ckan.site_title"])
    reached: list[str] = []
    failure: Exception | None = None
    everybody = list(people)
    if not everybody:
        raise NobodyError
    if not tk.config.get("smtp.mail_from"):
        # CKAN's mailer fails without a word on it; what waits is on the pages of the DPO all the same.
        log.warning("No e-mail is sent: the portal has no address to write from (smtp.mail_from)")
        raise NobodyError
    for user in everybody:
        given = {
            **said,
            "name": user.display_name,
            "site": site,
            "queue": tk.url_for("ca3b_dpo.queue", _external=True),
            "head": str(ledger.head()),
        }
        try:
            mailer.mail_user(user, one_line(subject), _template(template).render(given))
        except (mailer.MailerException, OSError) as error:
            failure = error
        else:
            reached.append(user.name)
    if not reached and failure is not None:
        raise mailer.MailerException(str(failure)) from failure
    return reached


def one_line(text: str) -> str:
    """Return a text that can be the subject of an e-mail."""
    return " ".join(text.split())[:150]


@lru_cache(maxsize=16)
def _template(name: str) -> Any:
    # Text, not HTML: nothing to escape.
    environment = Environment(loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.get_template(f"{name}.txt")
