"""What a phone has saved arrives, once, whatever happens to the line and the server in between. bench/lost_saves.py does it at length."""

from pathlib import Path

import pytest

from tests.factories import make_clinic, make_member, make_patient, make_plan
from tests.faults.line import Line
from tests.faults.nursery import Nursery
from tests.faults.trial import Trial

pytestmark = pytest.mark.django_db(transaction=True)
SAVES, KILLS, PHONES = 500, 5, 4


def test_nothing_is_lost_or_doubled_on_a_bad_line_to_a_server_that_dies(tmp_path: Path, figure) -> None:
    clinic = make_clinic()
    doctor = make_member(clinic)
    patients = [make_patient(clinic, in_care_of=doctor) for _ in range(PHONES)]
    for patient in patients:
        make_plan(patient, weekdays=[1, 2, 3, 4, 5, 6, 7])

    with Nursery(tmp_path) as server, Line(to=server.port, share=0.3, seed=7) as line:
        trial = Trial(patients, line=line, folder=tmp_path, seed=7)
        count = trial.run(SAVES, kills=KILLS, kill=server.kill, seconds=120)

    figure(str(count))
    assert (count.lost, count.doubled, count.other_words, count.not_confirmed) == (0, 0, 0, 0)
    assert (len(trial.said), len(count.met)) == (SAVES, 9)  # every kind of fault was met
