"""A wrong address is answered by a page that says so, never by an error of the portal."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("portal", "with_plugins", "clean_index")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/catalog.foo", 404),
        ("/dataset/{dataset}.foo", 404),
        ("/catalog.ttl?q=title:(", 400),
        ("/catalog.ttl?fq=foo:(", 400),
        ("/dataset/?page=-1", 400),
        ("/dataset/?q=title:(", 200),
    ],
)
def test_wrong_address(see, minimal, address, status):
    page = see(address.format(dataset=minimal["name"]), status=status)
    assert page.h1.get_text(strip=True)
