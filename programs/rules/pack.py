"""The content pack: one zip of readable JSON, the same bytes for the same content, and nothing read from it unchecked."""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

FORMAT, VERSION = "hipwise-content", 1
MANIFEST = "manifest.json"
NAME = re.compile(
    r"(?:sources|glossary|walk_run)\.json|(?:modules|exercises|templates)/[A-Za-z0-9_-]{1,40}\.json"
    r"|media/[0-9a-f]{64}\.json",
    re.ASCII,
)
MOST_FILES, MOST_BYTES, MOST_IN_ONE = 2_000, 80_000_000, 2_000_000
MOST_IN_MEDIUM = 30_000_000  # a video of the largest size, written as text
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class BadPack(ValueError):
    """Not a pack of ours, or changed since it was made; the message says what is wrong and where."""


def packed(members: Mapping[str, Any]) -> bytes:
    """One file that holds the members, by name. Stored, not compressed: bytes then never depend on a library's version."""
    files = {name: written(value) for name, value in members.items()}
    unusable = sorted(name for name in files if not NAME.fullmatch(name))
    if unusable:
        raise BadPack(f"{unusable[0]} is not a name for a member")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as pack:
        for name, data in [(MANIFEST, written(_manifest(files))), *sorted(files.items())]:
            pack.writestr(zipfile.ZipInfo(name, LONG_AGO), data)
    return held.getvalue()


def unpacked(data: bytes) -> dict[str, Any]:
    """The members by name. Raises BadPack at the first thing that is not as `packed` wrote it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            files = _read(pack)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        RuntimeError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise (
            error if isinstance(error, BadPack) else BadPack("this is not a content pack that can be read")
        ) from error
    manifest = files.pop(MANIFEST, None)
    if manifest is None:
        raise BadPack(f"{MANIFEST} is missing")
    _check_manifest(manifest, files)
    return {name: _parsed(name, held) for name, held in files.items()}


def written(value: Any) -> bytes:
    """JSON for people and machines: sorted, indented, one way to write each value."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode()


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return {"format": FORMAT, "version": VERSION, "files": sums}


def _read(pack: zipfile.ZipFile) -> dict[str, bytes]:
    """Every member's bytes, never more than the limits whatever the file says about itself."""
    entries = pack.infolist()
    if len(entries) > MOST_FILES:
        raise BadPack(f"more than {MOST_FILES} members")
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        if entry.filename != MANIFEST and not NAME.fullmatch(entry.filename):
            raise BadPack(f"a pack has no member called {entry.filename[:80]!r}")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadPack(f"{entry.filename} is packed in a way that is not read here")
        if entry.filename in files:
            raise BadPack(f"{entry.filename} is there twice")
        most = min(MOST_IN_MEDIUM if entry.filename.startswith("media/") else MOST_IN_ONE, left)
        with pack.open(entry) as member:
            data = member.read(most + 1)
        if len(data) > most:
            raise BadPack(f"{entry.filename} is too big")
        left -= len(data)
        files[entry.filename] = data
    return files


def _check_manifest(manifest: bytes, files: Mapping[str, bytes]) -> None:
    """The manifest must be, to the byte, what these files' manifest is; else say what differs."""
    said = _parsed(MANIFEST, manifest)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadPack("this is not a content pack")
    if said.get("version") != VERSION:
        raise BadPack("it was made in a format that this version of the program does not know")
    expected = _manifest(files)
    listed = said.get("files")
    if not isinstance(listed, dict) or set(listed) != set(files):
        raise BadPack("it holds other files than its manifest lists")
    for name, checksum in expected["files"].items():
        if listed[name] != checksum:
            raise BadPack(f"{name} was changed after the pack was made")
    if manifest != written(expected):
        raise BadPack(f"{MANIFEST} was changed after the pack was made")


def _parsed(name: str, data: bytes) -> Any:
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise BadPack(f"{name} cannot be read") from error
