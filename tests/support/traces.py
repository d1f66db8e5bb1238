"""Looks for a word in everything that lies in some folders, also where it is encoded or packed."""

from __future__ import annotations

import base64
import gzip
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST = 200_000_000  # bytes of one file; larger ones here are model files, which are made before anyone writes


def forms(word: str) -> list[bytes]:
    """Return the bytes of a word in UTF-8, UTF-16, JSON's escapes, percent-encoding, and base64 at each offset."""
    raw = word.encode()
    escaped = "".join(letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in word).encode()
    percent = "".join(f"%{byte:02X}" if byte > 127 else chr(byte) for byte in raw).encode()
    packed = [base64.b64encode(b"x" * offset + raw)[(offset * 4 + 2) // 3 + 1 : -4] for offset in range(3)]
    return list(dict.fromkeys([raw, word.encode("utf-16-le"), escaped, percent, *packed]))


def traces(words: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """Return the files under the folders in which one of the words is found."""
    wanted = [form for word in words for form in forms(word)]
    found = []
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink() and any(_holds(data, wanted) for data in _contents(file)):
                found.append(str(file))
    return sorted(found)


def _holds(data: bytes, wanted: list[bytes]) -> bool:
    return any(form in data for form in wanted)


def _contents(file: Path) -> Iterator[bytes]:
    """A file's name and bytes, and what is packed in it."""
    yield file.name.encode()
    try:
        if file.stat().st_size > MOST:
            return
        data = file.read_bytes()
    except OSError:
        return  # gone again, or a socket
    yield data
    try:
        if data[:2] == b"\x1f\x8b":
            yield gzip.decompress(data)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(file) as packed:
                yield from (packed.read(name) for name in packed.namelist())
        elif data[:1] == b"\x78":
            yield zlib.decompress(data)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        return
