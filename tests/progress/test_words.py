"""The timeline has words for everything that is written about a patient."""

import re
from pathlib import Path

from progress.queries.record import LOGGED
from progress.views.words import EVENTS

ROOT = Path(__file__).parents[2]
ROOMS = ("clinic", "education", "programs", "progress", "reminders")
NOT_ABOUT_A_PATIENT = re.compile(
    r"clinic\.added|clinic_hours\.set|safety_words\..*|stance\.chosen|pack\.exported|own_version\..*|review\..*|remark\..*|medium\..*|member\.(added|ended)|second_factor\.forgotten|.*\.published"
)


def written() -> set[str]:
    sources = (path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {verb for text in sources for verb in re.findall(r'\bverb="([^"]+)"', text)}


def test_every_verb_has_words() -> None:
    about_patients = {verb for verb in written() if not NOT_ABOUT_A_PATIENT.fullmatch(verb)}

    assert about_patients - set(EVENTS) - set(LOGGED) == set()
    assert len(about_patients) > 10
