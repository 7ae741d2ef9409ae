"""Reading a PDF the way a screen reader or a phone's camera would."""

from collections.abc import Iterator
from io import BytesIO

import segno
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


class Paper:
    """A PDF of ours: its words, its tags and its pictures."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.catalog = self.reader.trailer["/Root"]

    @property
    def text(self) -> str:
        """All words in reading order, each space as one."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    @property
    def tags(self) -> list[DictionaryObject]:
        """Every element of the tag tree, in reading order."""
        return list(_below(self.catalog["/StructTreeRoot"]))

    def tagged(self, kind: str) -> list[DictionaryObject]:
        return [element for element in self.tags if element.get("/S") == f"/{kind}"]

    @property
    def alternatives(self) -> list[str]:
        """What is said instead of each picture."""
        return [str(figure.get("/Alt", "")) for figure in self.tagged("Figure")]

    def has_code_for(self, address: str) -> bool:
        """Whether a picture on it is, dot by dot, the QR code of this address."""
        code = [[bool(dot) for dot in row] for row in segno.make(address, micro=False, error="m").matrix]
        return any(_dots(file.image) == code for page in self.reader.pages for file in page.images)


def _below(element: DictionaryObject) -> Iterator[DictionaryObject]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _below(found)


def _dots(image, *, scale: int = 8, border: int = 4) -> list[list[bool]]:
    gray = image.convert("L")
    side = gray.width // scale - 2 * border
    at = [(border + n) * scale + scale // 2 for n in range(side)]
    return [[gray.getpixel((x, y)) < 128 for x in at] for y in at]
