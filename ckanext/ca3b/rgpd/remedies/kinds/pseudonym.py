"""Replace people by pseudonyms: the same person has the same one, and only who holds the key can make them again.

A pseudonym is not anonymous (RGPD, art. 4, 5 and recital 26; WP216, § 4): what else the row says may single the
person out, and all the rows of one person stay linked. `measures` shows it.

HMAC-SHA-256 (RFC 2104, FIPS 198-1) of the scope and the value, cut to 80 bits: among a million people, two share a
pseudonym with a probability under 10⁻¹². It is written with letters only, so that no detector, nor any spreadsheet,
takes it for a number. Without the key, listing all the names or numbers of France gives nothing, which a plain hash
would not resist.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.remedies.flow import SEPARATOR, quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError

from .base import CELLS, Kind, text

if TYPE_CHECKING:
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

LEAST_KEY = 16
"""Bytes of the shortest key accepted."""

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def pseudonym(value: str, key: bytes, scope: str = "", prefix: str = "p_") -> str:
    """Give the pseudonym of ``value``; case, outer blanks and ways of writing accents make no difference."""
    plain = " ".join(unicodedata.normalize("NFKC", value).casefold().split(" "))
    plain = SEPARATOR.join(" ".join(part.split()) for part in plain.split(SEPARATOR))
    digest = hmac.digest(key, scope.encode() + b"\0" + plain.encode("utf-8", "surrogatepass"), "sha256")
    return prefix + digest.hex()[:20].translate(_LETTERS)


def _run(flow: Flow, treatment: Treatment, settings: Settings) -> Flow:
    names = flow.present(treatment)
    if not names:
        return flow
    key = settings.key
    if key is None or len(key) < LEAST_KEY:
        raise RemedyError(
            "key", f"Les pseudonymes demandent une clé secrète d’au moins {LEAST_KEY} octets : elle n’est pas réglée."
        )
    first, others, prefix = names[0], names[1:], text(treatment, "prefix", "p_")

    def change(batch: pl.DataFrame) -> pl.DataFrame:
        empty = pl.all_horizontal(pl.col(name).fill_null("").str.strip_chars() == "" for name in names)
        joined = pl.concat_str([pl.col(name).fill_null("") for name in names], separator=SEPARATOR)
        whole = batch.select(pl.when(~empty).then(joined).alias("value"))["value"]
        distinct = whole.drop_nulls().unique()
        made = pl.Series([pseudonym(value, key, settings.scope, prefix) for value in distinct], dtype=pl.String)
        found = (
            pl.DataFrame({"value": whole})
            .join(pl.DataFrame({"value": distinct, "made": made}), on="value", how="left", maintain_order="left")
            .get_column("made")
        )
        return batch.with_columns(found.alias(first))

    treated = flow.mapped(change).without(others) if others else flow.mapped(change)
    told = f"Pseudonymes à la place de : {quoted(names)}. Ce n’est pas une anonymisation."
    if rename := text(treatment, "rename"):
        treated = treated.renamed(first, rename)
    return treated.told(told)


PSEUDONYM = Kind("pseudonym", "Remplacer par un pseudonyme", CELLS, _run, frozenset({"prefix", "rename"}))
