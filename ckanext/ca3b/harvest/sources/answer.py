"""What an address answered, or what a file holds."""

from __future__ import annotations

import codecs
import re
from email.message import Message
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import attrs
from charset_normalizer import from_bytes

from .errors import SourceError
from .json_text import Cut, loaded

if TYPE_CHECKING:
    from collections.abc import Mapping

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINK = re.compile(r"<([^>]*)>\s*((?:;[^,;\"]*(?:\"[^\"]*\")?)*)")
_REL = re.compile(r"rel\s*=\s*\"?([^\";]+)", re.IGNORECASE)


@attrs.define(slots=False, frozen=True)
class Answer:
    """The bytes that came (decompressed), from which ``url`` in the end, and with which headers (in lower case).

    ``url`` is the name of the file for a file: links in it lead nowhere.
    """

    url: str
    content: bytes
    headers: Mapping[str, str] = attrs.field(factory=dict)
    local: bool = False

    @cached_property
    def media_type(self) -> str:
        """What the answer says it is, in lower case and without parameters; ``""`` when it says nothing."""
        return self.headers.get("content-type", "").split(";", 1)[0].strip().lower()

    @cached_property
    def charset(self) -> str:
        """The encoding that the answer says, ``""`` when it says none."""
        said = Message()
        said["content-type"] = self.headers.get("content-type", "")
        return said.get_content_charset("") or ""

    @cached_property
    def text(self) -> str:
        """The content as text: by its byte order mark, else UTF-8, else what it says, else what it looks like."""
        return self.decoded[0]

    @cached_property
    def decoded(self) -> tuple[str, str]:
        """The content as text without mark, and the encoding it was read in."""
        for mark, encoding in _BOMS:
            if self.content.startswith(mark):
                return self.content.decode(encoding, "replace").lstrip("\ufeff"), encoding
        mixed = _mixed(self.content)
        if mixed:
            return mixed, "utf-8"
        for encoding in ("utf-8", self.charset, _guessed(self.content)):
            try:
                if encoding:
                    return self.content.decode(encoding), encoding
            except (LookupError, UnicodeDecodeError):
                continue
        return self.content.decode("cp1252", "replace"), "cp1252"

    @cached_property
    def loaded(self) -> tuple[Any, Cut | None]:
        """The content as JSON, and where it is cut when only its beginning could be read.

        :raises SourceError: it is none (``syntax``).
        """
        try:
            return loaded(self.text)
        except SourceError as error:
            raise SourceError(error.code, f"{error} ({self.url})", where=self.url) from error

    def json(self) -> Any:
        """Return the content as JSON, as far as it could be read.

        :raises SourceError: it is none (``syntax``).
        """
        return self.loaded[0]

    def link(self, relation: str) -> str:
        """Return the absolute address of a ``Link`` header of this relation, ``""`` without one."""
        for match in _LINK.finditer(self.headers.get("link", "")):
            named = _REL.search(match[2])
            if named and relation in named[1].lower().split():
                return self.absolute(match[1])
        return ""

    def absolute(self, address: str) -> str:
        """Return an address of this answer as an absolute one."""
        try:
            return address if self.local else urljoin(self.url, address.strip())
        except ValueError:
            return address


def _mixed(content: bytes) -> str:
    """Return a UTF-8 text in which a few bytes are of another encoding; ``""`` when it is not such a text."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return ""
    strange = content.decode("utf-8", "replace").count("\ufffd")
    several = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]", content))
    return content.decode("utf-8", "ca3b-cp1252") if several >= strange else ""


def _by_byte(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as those of Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("ca3b-cp1252", _by_byte)


#: What Western Europe writes beyond ASCII. Short words alone would be taken for those of other countries.
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ«»‹›‘’‚“”„…–—•·°²³ªº§€£µ¿¡\u00a0©®™×±½¼¾"
)


def _guessed(content: bytes) -> str:
    sample = content[:200_000]
    beyond = {letter for letter in sample.decode("cp1252", "replace") if letter > "\x7f"}
    if beyond <= _WESTERN:
        return "cp1252"
    best = from_bytes(sample).best()
    # Between Latin-1 and its Windows form only the second has the typographic apostrophe and the euro.
    return {"latin_1": "cp1252", "iso8859_1": "cp1252"}.get(best.encoding, best.encoding) if best else ""
