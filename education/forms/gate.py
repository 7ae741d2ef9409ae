"""What the publish gate found, in words: for the review page and for the panel beside the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from education.forms.editing import in_words
from education.rules import Problem
from education.rules.gate import Look, Remark

CHECKLIST = {
    "key_point": _("It has a key point"),
    "today": _("It says what to do today"),
    "picture": _("It has a picture"),
    "check": _("It asks a question to check"),
    "short": _("It takes 5 minutes or less"),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing to tell, and the block it is about. An empty `key` means the whole module."""

    part: str
    index: int | None
    key: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything the gate has to say."""

    look: Look
    stops: list[Said]
    overridden: list[Said]
    passages: list[Remark]
    sentences: list[Remark]
    words: list[Remark]
    checklist: list[tuple[str, bool]]

    @property
    def minutes(self) -> float:
        return self.look.reading.minutes()


def told(look: Look) -> Told:
    """Put the gate's findings into words."""
    return Told(
        look=look,
        stops=list(_said(look, look.problems)),
        overridden=list(_said(look, look.overridden)),
        passages=[remark for remark in look.remarks if remark.kind == "passage"],
        sentences=[remark for remark in look.remarks if remark.kind == "sentence"],
        words=[remark for remark in look.remarks if remark.kind == "word"],
        checklist=[(str(CHECKLIST[name]), done) for name, done in look.has.items()],
    )


def _said(look: Look, problems: Iterable[Problem]) -> Iterable[Said]:
    for problem in problems:
        keys = look.keys.get(problem.part, ())
        key = "" if problem.index is None else keys[problem.index]
        yield Said(part=problem.part, index=problem.index, key=key, words=in_words(problem).messages[0])
