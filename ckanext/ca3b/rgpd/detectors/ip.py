"""IP addresses, versions 4 and 6, and hardware addresses of devices."""

from __future__ import annotations

import ipaddress
import re

from .base import EDGE, Detector, by_value

_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")


def _judge(piece: str) -> str | None:
    if _MAC.fullmatch(piece):
        return "device"
    try:
        address = ipaddress.ip_address(piece)
    except ValueError:
        return None
    if address.is_unspecified or address.is_multicast or str(address).endswith(".0.0"):
        return None
    return "private" if address.is_private or address.is_loopback else "public"


DETECTOR = Detector(
    category="ip",
    label="Adresse IP ou d’appareil",
    ground="RGPD considérant 30 ; CRPA L312-1-2",
    headers=("ip", "adresse ip", "ipv4", "ipv6", "adresse mac", "mac", "ip address"),
    not_headers=("indice", "protection"),
    candidate=(
        r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:(?:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:|:?[0-9A-Fa-f]+:)|(?:[0-9A-Fa-f]{2}-){5}"
    ),
    pattern=rf"{EDGE}(?:[0-9A-Fa-f]{{2}}[:-]){{5}}[0-9A-Fa-f]{{2}}{EDGE}|{EDGE}[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3,8}}{EDGE}"
    r"|[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){2,7}",
    classify=by_value(_judge),
    min_length=7,
    code=True,
    settled=("public", "private", "device"),
    examples=(
        ("ip", "81.53.12.44", "public"),
        ("journal", "connexion de 2a01:e0a:1f:4d20::12 refusée", "public"),
        ("poste", "192.168.1.23", "private"),
        ("mac", "3c:07:54:aa:10:9f", "device"),
    ),
    counter_examples=(("version", "1.2.3"), ("heure", "12:30:45"), ("article", "1.2.3.4.5"), ("ip", "256.1.1.1")),
)
