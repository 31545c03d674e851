"""Which addresses are the internet's, and which are those of a network like ours."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from .errors import PrivateAddressError

#: NAT64 (RFC 6052): an IPv4 address stands in the last four bytes.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the internet, not of a network of ours or of this machine."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        else:
            found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def resolve(host: str, port: int, *, private: bool) -> list[tuple[Any, ...]]:
    """Return where a name leads, as :func:`socket.getaddrinfo` says it.

    A name of which one address only is not public is refused: nothing is sent to find out which one answers.

    :raises socket.gaierror: nobody knows the name.
    :raises PrivateAddressError: an address is not public, and ``private`` ones are not allowed.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not private and not all(is_public(str(one[4][0])) for one in found):
        raise PrivateAddressError(host)
    return found
