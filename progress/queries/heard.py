"""What a patient made of their reading, as their clinician reads it: one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from clinic.models import Patient
from education.models import ReadingAssignment
from education.queries import beliefs_of, with_told
from education.rules.asks import Belief

COLUMNS = (
    "position", "assigned_at", "opened_at", "read_at", "understood_at", "withdrawn_at", "why", "patient_id",
    "sections_seen", "version__title", "version__number", "version__minutes", "version__asks",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A question about a passage, or a module told in own words. `about` is the passage or the question as it was."""

    is_question: bool
    module: str
    about: str
    text: str
    points: tuple[str, ...]  # what a good answer mentions
    received_at: datetime


@dataclass(frozen=True)
class Reading:
    """One module: how far, what was mistaken, what they believe and what they said."""

    assignment: ReadingAssignment
    zone: str
    today: date

    @property
    def misconceptions(self) -> list[str]:
        """Of each answer that was not right."""
        return [row["misconception"] for row in self.assignment.tried if not row["is_right"]]

    @property
    def misconception_words(self) -> str:
        """Codes such as "band-is-muscle" read well enough as words; each is named once."""
        return ", ".join(dict.fromkeys(code.replace("-", " ") for code in self.misconceptions if code))

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        return beliefs_of(self.assignment, zone=self.zone, today=self.today)

    @property
    def heard(self) -> tuple[Heard, ...]:
        return tuple(heard_in(self.assignment))


def readings_of(patient: Patient) -> QuerySet[ReadingAssignment]:
    """All that was ever given to them, in order."""
    rows = patient.reading.select_related("version").order_by("position", "assigned_at")
    return with_told(rows).only(*COLUMNS)


def heard_in(row: ReadingAssignment) -> Iterator[Heard]:
    """Questions first, then what was told; needs `with_told`."""
    points = {ask["key"]: tuple(ask.get("points", ())) for ask in row.version.asks}
    for said in row.asked:
        yield _heard(row, said, about=said["passage"], is_question=True)
    for said in row.told:
        yield _heard(row, said, about=said["prompt"], points=points.get(said["key"], ()))


def _heard(
    row: ReadingAssignment,
    said: dict[str, str],
    *,
    about: str,
    points: tuple[str, ...] = (),
    is_question: bool = False,
) -> Heard:
    return Heard(
        is_question=is_question,
        module=row.version.title,
        about=about,
        text=said["text"],
        points=points,
        received_at=datetime.fromisoformat(said["at"]),
    )
