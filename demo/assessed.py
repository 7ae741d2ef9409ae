"""Examinations of simulated people: a full first one, and for most a quick second one six weeks later."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Model

from clinic.models import Patient, User
from demo.rules import Person
from demo.stories import key, moment
from programs.models import Assessment, Verdict
from programs.rules.assessment import VERSION, Answers

RETEST_AFTER = timedelta(weeks=6)
FIRST: Answers = {
    "worst_pain": {"whole": 5}, "pain_site": {"left": "none", "right": "knee"}, "words": {"whole": ["tight", "ache"]},
    "knee_bend_load": {"whole": "yes"}, "load_jump": {"whole": "yes"}, "sport": {"whole": "Running, 3 × 8 km, one hilly"},
    "rolling_months": {"whole": 7}, "rolling_result": {"whole": "helps"}, "sitting_hours": {"whole": 8},
    "kit": {"whole": ["band", "step", "roller"]},
    "goal_1": {"whole": {"words": "Run 10 km by the river", "score": 3}},
    "goal_2": {"whole": {"words": "Walk down stairs at work", "score": 5}},
    "goal_3": {"whole": {"words": "Play on the floor with my son", "score": 6}},
    "red_flags": {"whole": "no"}, "bone_signs": {"whole": "no"}, "irritability": {"whole": "some"},
    "irritated": {"left": "no", "right": "yes"}, "cautions": {"whole": []},
    "hip_flexor": {"left": "0", "right": "2"}, "hip_ir": {"left": 34, "right": 22}, "hip_er": {"left": 38, "right": 35},
    "hip_abduction": {"left": "5", "right": "3"}, "hip_extension": {"left": "5", "right": "4"},
    "tfl_strength": {"left": "5", "right": "5"}, "bridge_reps": {"left": 12, "right": 7},
    "tfl_tight": {"left": "0", "right": "2"}, "gmax_tight": {"left": "0", "right": "1"},
    "condyle": {"left": "0", "right": "2"}, "compression": {"left": "no", "right": "yes"},
    "quads": {"left": "5", "right": "5"}, "knee_to_wall": {"left": 11, "right": 8}, "calf_raises": {"left": 24, "right": 19},
    "stance_drop": {"left": "0", "right": "2"}, "pelvic_tilt": {"whole": "1"}, "pelvic_control": {"whole": "hard"},
    "side_plank": {"left": 34, "right": 21}, "rib_stack": {"whole": "1"},
    "step_down_knee_in": {"left": "0", "right": "2"}, "step_down_drop": {"left": "1", "right": "2"},
    "slump": {"left": "no", "right": "no"}, "new_weakness": {"whole": "no"},
    "tfl_touch": {"left": "0", "right": "2"}, "tfl_same": {"left": "no", "right": "yes"},
    "cadence": {"whole": 158}, "crossover": {"left": "0", "right": "1"},
}  # fmt: skip
AGAIN: Answers = {
    "worst_pain": {"whole": 2}, "stage": {"whole": "p1"},
    "goal_1": {"whole": {"words": "Run 10 km by the river", "score": 6}},
    "goal_2": {"whole": {"words": "Walk down stairs at work", "score": 8}},
    "goal_3": {"whole": {"words": "Play on the floor with my son", "score": 8}},
    "red_flags": {"whole": "no"}, "bone_signs": {"whole": "no"}, "irritated": {"left": "no", "right": "no"},
    "hip_flexor": {"left": "0", "right": "1"}, "hip_abduction": {"left": "5", "right": "4"},
    "hip_extension": {"left": "5", "right": "5"}, "condyle": {"left": "0", "right": "1"},
    "knee_to_wall": {"left": 11, "right": 10}, "stance_drop": {"left": "0", "right": "1"},
    "pelvic_tilt": {"whole": "1"}, "pelvic_control": {"whole": "easy"},
    "step_down_knee_in": {"left": "0", "right": "1"}, "step_down_drop": {"left": "0", "right": "1"},
    "slump": {"left": "no", "right": "no"}, "new_weakness": {"whole": "no"},
}  # fmt: skip
SAID = {
    "hip_strength": "confirmed",
    "knee_irritation": "confirmed",
    "hip_mobility": "confirmed",
    "nerve": "rejected",
}


def rows(who: Person, patient: Patient, *, by: User, now: datetime) -> Iterator[Model]:
    """Every fourth is examined; those whose second visit is due by now twice. So is who has no plan yet, once."""
    if who.number % 40 == 39:
        yield from _examined(patient, "first", FIRST, on=now.date() - timedelta(days=1), by=by)
    elif who.number % 4 == 0:
        yield from _examined(patient, "first", FIRST, on=who.started_on, by=by)
        if who.started_on + RETEST_AFTER < now.date():
            again = who.started_on + RETEST_AFTER
            yield from _examined(patient, "again", AGAIN, on=again, by=by, mode="quick")


def _examined(
    patient: Patient, name: str, answers: Answers, *, on: date, by: User, mode: str = "full"
) -> Iterator[Model]:
    at = moment(patient, on, 10, 20)
    row = Assessment(
        id=key(patient, "assessment", name), client_id=key(patient, "assessment", name, "page"), patient=patient,
        mode=mode, assessed_on=on, answers=answers, catalogue=VERSION, made_at=at, made_by=by,
    )  # fmt: skip
    yield row
    for contributor, answer in SAID.items():
        yield Verdict(
            id=key(patient, "verdict", name, contributor), assessment=row, contributor=contributor, answer=answer,
            decided_at=at + timedelta(minutes=5), decided_by=by,
        )  # fmt: skip
