"""Answers with a stored file: whole, or the part that a player asked for."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse

from education.rules.media import TYPES, span

CHUNK = 64 * 1024
FOR_EVER = "private, max-age=31536000, immutable"  # the address is a digest of the bytes


def stored_file(path: str, *, ext: str, size: int, asked: str) -> HttpResponse | StreamingHttpResponse:
    """Safari plays nothing without ranges. Video is packed already, so no middleware compresses it."""
    headers = {"Accept-Ranges": "bytes", "Cache-Control": FOR_EVER, "Content-Encoding": "identity"}
    try:
        part = span(asked, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size - 1)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    headers["Content-Length"] = str(end - start + 1)
    status = 206 if part else 200
    return StreamingHttpResponse(
        _chunks(path, start, end), status=status, content_type=TYPES[ext], headers=headers
    )


def _chunks(path: str, start: int, end: int) -> Iterator[bytes]:
    with default_storage.open(path) as file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
