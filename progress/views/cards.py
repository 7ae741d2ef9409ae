"""The safety cards in words: the clinic's own numbers put into clinical.md's sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clinic.rules.hours import is_open
from progress.rules.red_flags import Card
from progress.rules.screen_words import CARDS, CRISIS, CRISIS_TITLE, NO_IMPACT, NOBODY_READS, NOT_WATCHED

if TYPE_CHECKING:
    from clinic.models import Clinic

URGENT = (Card.A, Card.CRISIS, Card.B, Card.C)


@dataclass(frozen=True)
class Call:
    """A button that calls. `is_first`: the one to press."""

    label: str
    number: str
    is_first: bool

    @property
    def href(self) -> str:
        return "tel:" + "".join(sign for sign in self.number if sign not in " ()/-.")


@dataclass(frozen=True)
class CardWords:
    """One card, ready to show."""

    key: str
    title: str
    lines: tuple[str, ...]
    calls: tuple[Call, ...]
    watched: str
    is_urgent: bool
    asks_whether_called: bool


def card_words(card: Card, clinic: "Clinic", *, now: datetime | None, no_impact: bool = False) -> CardWords:
    """`now` None: the card is kept on the phone, so it cannot know whether the clinic is open when it is shown."""
    first, *rest = _sentences(card, clinic)
    if no_impact and card is Card.D:
        rest.append(_(NO_IMPACT))
    is_closed = now is not None and not is_open(clinic.open_hours, now)
    return CardWords(
        key=card.value, title=first.removesuffix("."), lines=tuple(rest), calls=tuple(_calls(card, clinic)),
        watched=_(NOBODY_READS) if is_closed else _(NOT_WATCHED),
        is_urgent=card in URGENT, asks_whether_called=card in (Card.A, Card.B),
    )  # fmt: skip


def cards_in_words(
    cards: Iterable[Card], clinic: "Clinic", *, now: datetime | None, no_impact: bool = False
) -> list[CardWords]:
    return [card_words(card, clinic, now=now, no_impact=no_impact) for card in cards]


def _sentences(card: Card, clinic: "Clinic") -> list[str]:
    places = _places(clinic)
    if card is not Card.CRISIS:
        return [_(sentence) % places for sentence in CARDS[card.value]]
    own = [line.strip() for line in clinic.crisis_text.splitlines() if line.strip()]
    return [_(CRISIS_TITLE), *(own or [_(sentence) % places for sentence in CRISIS])]


def _places(clinic: "Clinic") -> Mapping[str, str]:
    both = _("%(clinic)s or %(line)s") % {"clinic": clinic.name, "line": clinic.urgent_line}
    return {
        "number": clinic.emergency_number,
        "clinic": clinic.name,
        "clinic_or_line": both if clinic.urgent_line else clinic.name,
    }


def _calls(card: Card, clinic: "Clinic") -> list[Call]:
    """The numbers a card names, the first of them to be pressed; a number the clinic has not told is left out."""
    emergency = (_("Call %(number)s now") % {"number": clinic.emergency_number}, clinic.emergency_number)
    here = (_("Call %(name)s, %(number)s") % {"name": clinic.name, "number": clinic.phone}, clinic.phone)
    line = (_("Call %(number)s") % {"number": clinic.urgent_line}, clinic.urgent_line)
    crisis = (_("Call %(number)s") % {"number": clinic.crisis_line}, clinic.crisis_line)
    wanted = {
        Card.A: [emergency],
        Card.CRISIS: [crisis, emergency],
        Card.B: [here, line, emergency],
        Card.C: [here],
        Card.D: [here],
    }[card]
    known = [(label, number) for label, number in wanted if number]
    return [Call(label, number, place == 0) for place, (label, number) in enumerate(known)]
