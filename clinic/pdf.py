"""Handouts: a page of ours becomes a tagged PDF (PDF/UA-1). Knows nothing of what is on it, and nobody it is about.

Nothing is fetched. A handout gets the few files named here and the pictures handed along; every other address, on the
network or on this machine, is refused.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import ImageFile

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

FILES = {
    "handout.css": "text/css",
    "fonts/hyperlegible-regular.woff": "font/woff",
    "fonts/hyperlegible-bold.woff": "font/woff",
}
SHEETS = {"fig": "handout-figures.css", "ana": "handout-anatomy.css"}  # by the class of a drawing
# A worker waits while a handout is made, so there is an end to what one may hold. Twelve exercises take 120,000 and 14.
MOST_CHARACTERS = 600_000
MOST_PAGES = 60
KEPT = 64  # about 10 MB
PICTURE = re.compile(r"<svg\b[^>]*>")
LOOK = re.compile(r'class="(\w+)')
LABEL = re.compile(r'aria-label="([^"]*)"')
Pictures = Mapping[str, bytes]


class CannotPrint(Exception):
    """There is no PDF to be had; the page on the web can be printed instead. Says to the operator why."""


class Refused(ValueError):
    """A handout asked for something that is neither a file of ours nor a picture handed along."""


def make(
    template: str, context: Mapping[str, object], *, pictures: Pictures | None = None, is_kept: bool = False
) -> bytes:
    """The PDF of a template; `own:<name>` is the picture handed along under that name. Raises CannotPrint.

    `is_kept` is for pages about nobody: the same page is then made once by each process.
    """
    html = dressed(render_to_string(template, dict(context)))
    if len(html) > MOST_CHARACTERS:
        raise CannotPrint(f"{template} has {len(html)} characters")
    handed = tuple(sorted((pictures or {}).items()))
    return _kept(html, handed) if is_kept else _made(html, handed)


def qr(address: str) -> bytes:
    """A QR code with its quiet zone, as PNG."""
    image = BytesIO()
    segno.make(address, micro=False, error="m").save(image, kind="png", scale=8, border=4)
    return image.getvalue()


def dressed(html: str) -> str:
    """Give each drawing its colors and its words: a page's style sheet does not reach into it, nor does its label count."""

    def dress(drawing: re.Match[str]) -> str:
        label = LABEL.search(drawing[0])
        title = f"<title>{label[1]}</title>" if label else ""
        look = LOOK.search(drawing[0])
        style = f"<style>{_sheet(look[1])}</style>" if look and look[1] in SHEETS else ""
        return f"{drawing[0]}{title}{style}"

    return PICTURE.sub(dress, html)


@cache
def is_possible() -> bool:
    """Whether this machine has the libraries that lay out text."""
    try:
        _weasyprint()
    except OSError:
        return False
    return True


def _weasyprint() -> ModuleType:
    import weasyprint  # takes half a second, which not every process needs to spend

    # Importing it tells Pillow to make do with half a picture, in the whole process: an upload that broke off would be kept.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


@lru_cache(maxsize=KEPT)
def _kept(html: str, handed: tuple[tuple[str, bytes], ...]) -> bytes:
    return _made(html, handed)


def _made(html: str, handed: tuple[tuple[str, bytes], ...]) -> bytes:
    document = _laid_out(html, dict(handed))
    if len(document.pages) > MOST_PAGES:
        raise CannotPrint(f"a handout has {len(document.pages)} pages")
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=_scoped)


def _scoped(document: "Document", made: "PDF") -> None:
    """Say of each heading in a table whether it heads a column or a row. WeasyPrint numbers them table-row-column."""
    for part in made.objects:
        if isinstance(part, dict) and part.get("S") == "/TH" and "ID" in part:
            row = part["ID"].string.split("-")[1]
            part["A"]["Scope"] = "/Column" if row == "0" else "/Row"


def _laid_out(html: str, pictures: Pictures) -> "Document":
    if not is_possible():
        raise CannotPrint("Pango is missing (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)")
    page = _weasyprint().HTML(string=html, base_url=None, url_fetcher=fetcher(pictures))
    return page.render(pdf_variant="pdf/ua-1")


def fetcher(pictures: Pictures) -> "URLFetcher":
    """What stands between a handout and the world."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            scheme, _, name = url.partition(":")
            if scheme == "own" and name in pictures:
                return URLFetcherResponse(url, pictures[name], {"Content-Type": "image/png"})
            if scheme == "own" and name in FILES:
                return URLFetcherResponse(url, _file(name), {"Content-Type": FILES[name]})
            _refuse(url)

    return OnlyOurs(fail_on_errors=True)


def _refuse(url: str) -> NoReturn:
    raise Refused(f"a handout may not ask for {url[:80]}")


@cache
def _file(name: str) -> bytes:
    found = finders.find(name)
    return Path(found).read_bytes()


@cache
def _sheet(look: str) -> str:
    return re.sub(r"/\*.*?\*/|\s+", " ", _file(SHEETS[look]).decode(), flags=re.DOTALL).strip()
