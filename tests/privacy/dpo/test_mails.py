"""The e-mails: to whom, when, once; plain French with links, and nothing of what a file holds."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from ckan.lib import mailer
from ckan.model import meta
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy import config
from ckanext.ca3b.privacy.cli import rgpd
from ckanext.ca3b.privacy.dpo import ledger, notify
from ckanext.ca3b.rgpd.register import read_head

from .conftest import CANARIES, HELD, OPEN, REASON

pytestmark = pytest.mark.usefixtures("portal", "dpo")

DPO, CLERK = "dpo@agglo.example", "agent@viriat.example"


def wait(resource, days):
    """Make a file wait for some days already."""
    before = dt.timedelta(days=days)
    with meta.engine.begin() as connection:
        statement = "UPDATE ca3b_scan SET created = created - :d, updated = updated - :d, finished = finished - :d"
        connection.execute(sa.text(f"{statement} WHERE resource_id = :id"), {"d": before, "id": resource["id"]})


def jobs():
    """Return the jobs that wait, and forget them."""
    found = [one["title"] for one in call_action("job_list")]
    call_action("job_clear")
    return found


def test_the_dpo_is_told_once_of_each_file_that_is_held(send, post):
    resource = send(HELD)
    assert any("tell_held" in one for one in jobs())
    assert notify.tell_held() == 1
    (message,) = post.to(DPO)
    assert f"http://test.ckan.net/rgpd/fichiers/{resource['id']}" in message.get_content()
    assert "Écoles de Viriat" in message.get_content()
    assert notify.tell_held() == 0
    send(HELD.replace(b"Perrin", b"Martin"), "autre.csv")
    assert notify.tell_held() == 1
    assert len(post.to(DPO)) == 2


def test_a_portal_without_an_address_to_write_from_tells_nobody_and_goes_on(send, post, monkeypatch):
    send(HELD)
    with monkeypatch.context() as silent:
        silent.setitem(tk.config, "smtp.mail_from", None)
        notify.tell_held()
    assert post.messages == []
    assert notify.tell_held() == 1
    assert len(post.to(DPO)) == 1


def test_several_files_make_one_message(send, post):
    resources = [send(HELD, f"{number}.csv") for number in range(3)]
    notify.tell_held()
    (message,) = post.to(DPO)
    assert all(one["id"] in message.get_content() for one in resources)


def test_nobody_is_told_of_a_file_that_is_open(send, post):
    call_action("job_clear")
    send(OPEN, "parkings.csv")
    assert not any("tell_held" in one for one in jobs())
    assert notify.tell_held() == 0
    assert post.messages == []


def test_each_message_is_in_the_register_and_holds_its_fingerprint(send, post, dpo):
    resource = send(HELD)
    head = ledger.head()
    notify.tell_held()
    written = re.search(r"[0-9]+:[0-9a-f]{64}", post.messages[0].get_content())
    assert read_head(written[0]) == head
    (line,) = [one for one in ledger.lines() if one["event"] == "notify"]
    assert (line["resource_id"], line["details"]) == (resource["id"], {"mail": "held", "to": [dpo["name"]]})
    assert ledger.verify([read_head(written[0])]).sound


@pytest.mark.parametrize("kind", ["authorise", "refuse", "ask_treatment"])
def test_the_clerk_is_told_what_was_decided_without_the_reason(send, decide, post, kind):
    resource = send(HELD)
    made = decide(resource, kind)
    assert any("tell_decided" in one for one in jobs())
    notify.tell_decided(made["id"])
    (message,) = post.to(CLERK)
    assert resource["id"] in message.get_content()
    assert REASON not in message.as_string() + message.get_content()
    assert post.to("agent@attignat.example") == []


def test_the_clerk_is_told_of_a_closure(send, as_dpo, post):
    resource = send(OPEN, "parkings.csv")
    made = call_action("ca3b_dpo_close", context=dict(as_dpo), resource_id=resource["id"], reason=REASON)
    notify.tell_decided(made["id"])
    assert "fermé" in post.to(CLERK)[0]["Subject"]


def test_an_alert_is_told_without_what_the_citizen_wrote(send, post):
    resource = send(OPEN, "parkings.csv")
    message = "On y voit le nom de Zéphyrine Canarivalle, ligne 12."
    call_action("ca3b_alert_create", context={"user": ""}, resource_id=resource["id"], message=message)
    assert any("tell_alert" in one for one in jobs())
    notify.tell_alert(resource["id"])
    (mail,) = post.to(DPO)
    assert "http://test.ckan.net/rgpd/alertes" in mail.get_content()
    assert "Canarivalle" not in post.text


def test_a_file_that_waits_for_too_long_is_recalled_and_again_after_as_many_days(send, post, cli, monkeypatch):
    monkeypatch.setitem(tk.config, config.REMINDER_DAYS, 3)
    resource = send(HELD)
    assert "1 fichiers nouveaux, 0 rappels" in cli.invoke(rgpd, ["remind"]).output
    assert "0 fichiers nouveaux, 0 rappels" in cli.invoke(rgpd, ["remind"]).output
    wait(resource, 4)
    assert notify.tell_late() == 0, "the DPO was told less than three days ago"
    _age_register(4)
    assert notify.tell_late() == 1
    assert "depuis 4 jours" in post.to(DPO)[-1].get_content()
    assert notify.tell_late() == 0


def _age_register(days):
    with meta.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE ca3b_register DISABLE TRIGGER ALL"))
        connection.execute(sa.text("UPDATE ca3b_register SET at = at - :d"), {"d": dt.timedelta(days=days)})
        connection.execute(sa.text("ALTER TABLE ca3b_register ENABLE TRIGGER ALL"))


def test_a_decided_file_is_not_recalled(send, decide, post):
    resource = send(HELD)
    wait(resource, 10)
    decide(resource, "refuse")
    assert (notify.tell_held(), notify.tell_late(), post.messages) == (0, 0, [])


def test_what_could_not_be_sent_is_sent_later(send, post, monkeypatch):
    send(HELD)
    with monkeypatch.context() as broken:
        broken.setitem(tk.config, "smtp.server", "127.0.0.1:9")
        with pytest.raises(mailer.MailerException):
            notify.tell_held()
    assert [line["event"] for line in ledger.lines() if line["event"] == "notify"] == []
    assert notify.tell_held() == 1
    assert len(post.to(DPO)) == 1


def test_the_command_says_that_there_is_nobody_to_tell(send, cli, monkeypatch):
    send(HELD)
    monkeypatch.setitem(tk.config, config.DPO, "")
    refused = cli.invoke(rgpd, ["remind"])
    assert refused.exit_code == 1
    assert config.DPO in refused.output


def test_no_message_says_what_a_file_holds(send, decide, post):
    resource = send(HELD)
    notify.tell_held()
    wait(resource, 10)
    _age_register(10)
    notify.tell_late()
    for kind in ("ask_treatment", "refuse"):
        notify.tell_decided(decide(resource, kind)["id"])
    assert len(post.messages) == 4
    assert [canary for canary in CANARIES if canary in post.text] == []


def test_a_title_of_several_lines_makes_no_header_of_its_own(send, dataset, as_clerk, post):
    send(HELD, name="cantine.csv")
    title = "Écoles\r\nBcc: pirate@mal.example"
    call_action("package_patch", context=dict(as_clerk), id=dataset["id"], title=title)
    notify.tell_held()
    assert post.messages[0]["Bcc"] is None
