"""Pictures: nothing of ours sees what they show, so they are said not to be examined, ornaments aside."""

from __future__ import annotations

import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .model import Content

if TYPE_CHECKING:
    import zipfile

_MAGICS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_SUFFIXES = frozenset([
    ".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif", ".jp2", ".avif",
])  # fmt: skip
# Logos, icons and legends are smaller; a page or a photograph that can be read is larger.
_ORNAMENT = 400 * 400
HEAD = 1 << 16
TOLD = "une image, dont le contenu (texte, visages, plaques) ne peut pas être examiné automatiquement"


def is_picture(head: bytes) -> bool:
    """Tell whether ``head``, the first bytes of a file, begins a picture."""
    if head[4:12] in {b"ftypheic", b"ftypavif", b"ftypmif1"} or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return True
    return head.startswith(_MAGICS) and (not head.startswith(b"BM") or b"\0" in head[:32])


def named_picture(name: str) -> bool:
    """Tell whether ``name`` is that of a picture."""
    return PurePosixPath(name).suffix.lower() in _SUFFIXES


def open_picture() -> Content:
    """Give no content, and say why."""
    return Content(missing=[f"le fichier est {TOLD}"])


def large_pictures(archive: zipfile.ZipFile, folders: tuple[str, ...]) -> int:
    """Count the pictures of an office document, under ``folders``, that are more than an ornament."""
    count = 0
    for member in archive.infolist():
        if member.filename.startswith(folders) and named_picture(member.filename):
            with archive.open(member) as stream:
                count += is_large(stream.read(HEAD))
    return count


def is_large(head: bytes) -> bool:
    """Tell whether a picture may show something to read; so is what does not say its size."""
    size = _size(head)
    return size is None or size[0] * size[1] >= _ORNAMENT


def _size(head: bytes) -> tuple[int, int] | None:
    try:
        if head.startswith(b"\x89PNG"):
            return struct.unpack(">II", head[16:24])
        if head.startswith(b"GIF8"):
            return struct.unpack("<HH", head[6:10])
        if head.startswith(b"\xff\xd8"):
            return _jpeg(head)
    except struct.error:
        pass
    return None


def _jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        kind, length = head[at + 1], struct.unpack(">H", head[at + 2 : at + 4])[0]
        # Frames but for the tables of Huffman and of arithmetic coding, and the extensions.
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
