"""Two communes with their clerks, a DPO, a post office that keeps what it gets, and a register begun anew."""

from __future__ import annotations

import io
import socket
from email import message_from_bytes, policy
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from bs4 import BeautifulSoup
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.privacy import config

OPEN = b"lieu;places\r\nParking de la Gare;120\r\nParking du Stade;80\r\n"
HELD = (
    "eleve;date_naissance;telephone_parents;classe\r\n"
    "Zéphyrine Canarivalle;14/03/2017;06 39 98 41 07;CE1\r\n"
    "Lilou Martinet;02/11/2016;06 39 98 55 21;CE1\r\n"
    "Gabriel Perrin;23/06/2017;06 39 98 12 66;CE2\r\n"
).encode()
CANARIES = ("Canarivalle", "14/03/2017", "06 39 98 41 07", "0639984107", "2017-03-14")
REASON = "Annuaire publié par le service des écoles."


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def clerk(portal) -> dict[str, Any]:
    """An agent of Viriat."""
    return factories.UserWithToken(name="agent-viriat", email="agent@viriat.example", fullname="Agnès Viriat")


@pytest.fixture(scope="module")
def neighbour(portal) -> dict[str, Any]:
    """An agent of another commune."""
    return factories.UserWithToken(name="agent-attignat", email="agent@attignat.example")


@pytest.fixture(scope="module")
def dpo(portal) -> dict[str, Any]:
    """The data protection officer, an account without any other right."""
    return factories.UserWithToken(name="claire-dpo", email="dpo@agglo.example", fullname="Claire Durand")


@pytest.fixture(autouse=True)
def nothing_left(portal, monkeypatch):
    """Purge what the test published, and begin another register; one account decides."""
    monkeypatch.setitem(tk.config, config.DPO, "claire-dpo")
    begin_register()
    yield
    model.Session.rollback()
    user = {"user": call_action("get_site_user")["name"], "ignore_auth": True}
    for (id_,) in model.Session.query(model.Package.id).all():
        call_action("dataset_purge", context=dict(user), id=id_)
    redis = connect_to_redis()
    for key in redis.scan_iter("*ca3b-signaler*"):
        redis.delete(key)


def begin_register() -> None:
    """Empty the register and what it signed, as only the owner of the database can: the chain would tell."""
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE ca3b_register DISABLE TRIGGER ALL"))
        connection.execute(sa.text("TRUNCATE ca3b_register, ca3b_decision, ca3b_scan, ca3b_alert"))
        connection.execute(sa.text("ALTER TABLE ca3b_register ENABLE TRIGGER ALL"))


@pytest.fixture
def as_dpo(dpo) -> dict[str, Any]:
    """The context of an action called by the DPO."""
    return {"user": dpo["name"], "auth_user_obj": model.User.get(dpo["name"]), "ignore_auth": False}


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A public dataset of Viriat without file."""
    return call_action(
        "package_create",
        context=dict(as_clerk),
        title="Écoles de Viriat",
        notes="Des fichiers de Viriat.",
        owner_org=commune["id"],
    )


@pytest.fixture
def send(dataset, as_clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes = HELD, name: str = "cantine.csv", **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Cantine", "upload": upload(content, name), **fields}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return create


@pytest.fixture
def replace(as_clerk):
    """Put other bytes in the place of a file as the clerk; gives the resource."""

    def patch(resource: dict[str, Any], content: bytes, name: str = "cantine.csv") -> dict[str, Any]:
        return call_action("resource_patch", context=dict(as_clerk), id=resource["id"], upload=upload(content, name))

    return patch


@pytest.fixture
def decide(as_dpo):
    """Sign a decision about the present bytes of a file."""

    def sign(resource: dict[str, Any], kind: str = "authorise", **fields: Any) -> dict[str, Any]:
        ground = {"ground": "law"} if kind == "authorise" else {}
        given = {"resource_id": resource["id"], "sha256": resource["hash"], "reason": REASON, **ground, **fields}
        return call_action("ca3b_dpo_decide", context=dict(as_dpo), kind=kind, **given)

    return sign


@pytest.fixture
def gate():
    """Tell what the gate says of a file."""
    return lambda resource: call_action("ca3b_gate_show", context={"ignore_auth": True}, resource_id=resource["id"])


@pytest.fixture
def see(app, dpo):
    """Read a page as the DPO, or as somebody else."""

    def read(address: str, user: dict[str, Any] | None = None, **given: Any) -> BeautifulSoup:
        answer = app.get(address, headers={"Authorization": (user or dpo)["token"]}, **given)
        return BeautifulSoup(answer.body, "html.parser")

    return read


class PostOffice:
    """A real SMTP server that keeps the messages."""

    def __init__(self) -> None:
        self.messages: list[Any] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name that aiosmtpd asks for
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[Any]:
        """Return the messages to one address."""
        return [one for one in self.messages if address in one["To"]]

    @property
    def text(self) -> str:
        """Return all that was written, headers too."""
        return "\n".join(f"{one}\n{one['Subject']}\n{one.get_content()}" for one in self.messages)


@pytest.fixture
def post(monkeypatch):
    """A post office on this machine, which CKAN's mailer writes to."""
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(office, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setitem(tk.config, "smtp.server", f"127.0.0.1:{port}")
    monkeypatch.setitem(tk.config, "smtp.mail_from", "portail@agglo.example")
    yield office
    server.stop()


def upload(content: bytes, name: str) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)
