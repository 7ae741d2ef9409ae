"""What may be uploaded: pictures that are drawn anew, and short videos known by their first bytes, not by their names."""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
MOST_IMAGE_BYTES, MOST_VIDEO_BYTES = 12 * MEGABYTE, 20 * MEGABYTE
MOST_PIXELS = 60_000_000  # of what is opened: a phone's largest picture
LONGEST_SIDE = 1600  # of what is kept
QUALITY = 82
PICTURES = ("JPEG", "PNG", "WEBP", "GIF")
Image.init()  # else only some of them are known
TYPES = {"webp": "image/webp", "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}
CUE = re.compile(r"(?:\d+:)?\d{2}:\d{2}\.\d{3} --> (?:\d+:)?\d{2}:\d{2}\.\d{3}")


class Kind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"


class Unusable(ValueError):
    """An upload that is not kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Kept:
    """What is kept of an upload."""

    kind: Kind
    ext: str
    data: bytes
    width: int
    height: int


def kept(data: bytes) -> Kept:
    """The upload as it will be stored: without place, time or device. Raises Unusable."""
    ext = "mp4" if data[4:8] == b"ftyp" else "webm" if data[:4] == b"\x1a\x45\xdf\xa3" else ""
    if not ext:
        return _picture(data)
    if len(data) > MOST_VIDEO_BYTES:
        raise Unusable("big_video")
    try:
        size = _mp4_size(data) if ext == "mp4" else _webm_size(data)
    except (struct.error, IndexError, ValueError) as error:
        raise Unusable("no_video") from error
    if not all(1 <= side <= 8192 for side in size):
        raise Unusable("no_video")
    return Kept(Kind.VIDEO, ext, _without_notes(data) if ext == "mp4" else data, *size)


def as_stored(data: bytes) -> Kept:
    """What `kept` gave once, from elsewhere: taken as it is if it could have come from there. Raises Unusable."""
    drawn = kept(data)
    if drawn.kind == Kind.VIDEO:
        is_ours = drawn.data == data
    else:
        with Image.open(io.BytesIO(data)) as opened:
            is_ours = opened.format == "WEBP" and max(opened.size) <= LONGEST_SIDE and not opened.getexif()
    if not is_ours:
        raise Unusable("not_ours")
    return Kept(drawn.kind, drawn.ext, data, drawn.width, drawn.height)


def are_captions(text: str) -> bool:
    """Whether this is WebVTT with at least one cue."""
    return text.lstrip("\ufeff").startswith("WEBVTT") and CUE.search(text) is not None


def span(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a request for a range; None for everything. Raises ValueError for what can't be had."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise ValueError("out of range")
    return start, end


def _picture(data: bytes) -> Kept:
    if len(data) > MOST_IMAGE_BYTES:
        raise Unusable("big_picture")
    try:
        with Image.open(io.BytesIO(data), formats=PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unusable("big_picture")
            image = ImageOps.exif_transpose(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise error if isinstance(error, Unusable) else Unusable("no_picture") from error
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    image.info.clear()
    image.save(drawn, "WEBP", quality=QUALITY, method=4)
    return Kept(Kind.IMAGE, "webp", drawn.getvalue(), image.width, image.height)


Box = tuple[bytes, int, int]  # name, where its contents start, where they end


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        (size,) = struct.unpack_from(">I", data, start)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", data, start + 8), 16
        size = size or end - start
        if size < head or start + size > end:
            raise ValueError("a box is larger than what holds it")
        yield data[start + 4 : start + 8], start + head, start + size
        start += size


def _inside(data: bytes, *path: bytes) -> Iterator[Box]:
    """Every box at the end of this path of names."""
    found: list[Box] = [(b"", 0, len(data))]
    for name in path:
        found = [box for _, start, end in found for box in _boxes(data, start, end) if box[0] == name]
    yield from found


def _mp4_size(data: bytes) -> tuple[int, int]:
    """Of the largest track; sound has none."""
    sizes = [
        struct.unpack_from(">II", data, end - 8) for _, _, end in _inside(data, b"moov", b"trak", b"tkhd")
    ]
    width, height = max(sizes, default=(0, 0))
    return width >> 16, height >> 16


def _without_notes(data: bytes) -> bytes:
    """Where and with what it was filmed is blanked in place, so that nothing else moves."""
    blank = bytearray(data)
    for path in ((), (b"moov",), (b"moov", b"trak")):
        for name in (b"udta", b"meta", b"uuid"):
            for _, start, end in _inside(data, *path, name):
                blank[start - 4 : end] = b"free" + bytes(end - start)
    return bytes(blank)


SEGMENT, TRACKS, ENTRY, VIDEO, WIDTH, HEIGHT = 0x18538067, 0x1654AE6B, 0xAE, 0xE0, 0xB0, 0xBA


def _webm_size(data: bytes) -> tuple[int, int]:
    for segment in _elements(data, 0, len(data), SEGMENT):
        for tracks in _elements(data, *segment, TRACKS):
            for entry in _elements(data, *tracks, ENTRY):
                for video in _elements(data, *entry, VIDEO):
                    return _number(data, video, WIDTH), _number(data, video, HEIGHT)
    return 0, 0


def _elements(data: bytes, start: int, end: int, wanted: int) -> Iterator[tuple[int, int]]:
    """Where the contents of each such element lie; one of unknown size goes on to the end."""
    while start < end:
        name, start = _varying(data, start, keep_mark=True)
        size, start = _varying(data, start, keep_mark=False)
        stop = end if size < 0 else min(end, start + size)
        if name == wanted:
            yield start, stop
        start = stop


def _varying(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number that says with its first bits how long it is, and where it ends; -1 for all ones."""
    length = 9 - data[at].bit_length()
    if length > 8:
        raise ValueError("not a number")
    value = int.from_bytes(data[at : at + length], "big")
    if keep_mark:
        return value, at + length
    value &= (1 << 7 * length) - 1
    return (-1 if value == (1 << 7 * length) - 1 else value), at + length


def _number(data: bytes, within: tuple[int, int], name: int) -> int:
    return next((int.from_bytes(data[a:b], "big") for a, b in _elements(data, *within, name)), 0)
