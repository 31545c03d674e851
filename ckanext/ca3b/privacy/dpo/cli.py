"""``ckan ca3b rgpd``: verify the register, remind the DPO, examine anew, look at a policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ckanext.ca3b.privacy import config
from ckanext.ca3b.rgpd import DETECTORS, PolicyError, load_policy
from ckanext.ca3b.rgpd import register as chain
from ckanext.ca3b.rgpd.policy import DEFAULT

from . import exports, ledger, mails, notify
from . import rescan as examination

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd import Policy


@click.command(short_help="Prouve que le registre est intact.")
@click.option("--head", "heads", multiple=True, metavar="NUMÉRO:EMPREINTE", help="Une empreinte gardée ailleurs.")
@click.option(
    "--file",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Un export CSV complet du registre, à vérifier au lieu de la base.",
)
def verify(heads: tuple[str, ...], export: Path | None) -> None:
    """Relire tout le registre : aucune ligne modifiée, retirée, ajoutée ni déplacée.

    Une empreinte gardée ailleurs (elle est dans chaque message au DPO) prouve aussi que la fin n'a pas été coupée.
    """
    try:
        kept = [chain.read_head(one) for one in heads]
        verdict = chain.verify(exports.read_csv(export), kept) if export else ledger.verify(kept)
    except chain.RegisterError as error:
        raise click.ClickException(str(error)) from error
    for problem in verdict.problems:
        click.echo(problem.message, err=True)
    if not verdict.sound:
        raise click.ClickException(f"Le registre a été touché ({len(verdict.problems)} problèmes).")
    click.echo(f"Registre intact : {verdict.lines} lignes, empreinte {verdict.head}")
    if not kept:
        click.echo("Sa fin n'est pas prouvée : donnez avec --head une empreinte gardée ailleurs.")


@click.command(short_help="Rappelle au DPO les fichiers qui attendent.")
def remind() -> None:
    """Envoyer au DPO ce qui ne lui a pas été dit et un rappel de ce qui attend trop ; à lancer chaque jour par cron."""
    if not mails.dpos():
        raise click.ClickException(
            "Personne à prévenir : écrivez dans ckanext.ca3b.rgpd.dpo le nom d'un compte qui a une adresse de courriel."
        )
    new, late = notify.tell_held(), notify.tell_late()
    click.echo(f"{new} fichiers nouveaux, {late} rappels.")


@click.command(short_help="Examine de nouveau les fichiers publics.")
@click.option("--now", "at_once", is_flag=True, help="Ici plutôt que dans la file des tâches.")
def rescan(at_once: bool) -> None:
    """Examiner de nouveau ce qui est public, le plus récent d'abord, et fermer ce qui ne passe plus.

    Les fichiers que désignent des liens en sont : ils restent là où ils sont, et le DPO est prévenu.

    À lancer après un changement de politique ou une mise à jour. Interrompu, l'examen reprend où il en était.
    """
    left = examination.count()
    if not left:
        click.echo("Rien à examiner : tous les fichiers publics l'ont été avec cette politique et cette version.")
        return
    if at_once:
        done = examination.run()
        click.echo(f"{done['examined']} fichiers examinés, {done['closed']} fermés.")
        if done["links"]:
            click.echo(f"{done['links']} liens mènent à un fichier qui montre des données personnelles.")
    else:
        examination.later()
        click.echo(f"{left} fichiers à examiner ; les tâches de fond le font, et le DPO reçoit un message à la fin.")


@click.command(short_help="Montre une politique et dit si elle est bien écrite.")
@click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def policy(path: Path | None) -> None:
    """Montrer la politique en vigueur, ou vérifier celle d'un fichier avant de la mettre en vigueur."""
    source = path or config.policy() or DEFAULT
    try:
        found = load_policy(source)
    except PolicyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{source}\nversion {found.version}")
    click.echo(", ".join(f"{name} = {value}" for name, value in found.thresholds.items()))
    for category, rules in found.rules.items():
        label = DETECTORS[category].label if category in DETECTORS else category
        click.echo(f"\n{category} ({label})")
        for situation, rule in rules.items():
            click.echo(f"  {situation:12} {rule.decision:7} {rule.certainty:.2f}  {rule.reason}")
    wrong = _wrong(found)
    for one in wrong:
        click.echo(one, err=True)
    if wrong:
        raise click.ClickException("Cette politique est à corriger.")


def _wrong(found: Policy) -> list[str]:
    """Return what is wrong in a policy that is well written, in French."""
    packaged = load_policy(DEFAULT)
    if found.version == packaged.version and found != packaged:
        return ["Elle diffère de celle du paquet et porte la même version : changez « version »."]
    return []
