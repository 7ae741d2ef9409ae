"""Contraindications: what an assessment says against an exercise. Source: the cautions of clinical.md section 2."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from programs.rules.assessment.items import LEFT, RIGHT
from programs.rules.assessment.reading import Answers, value_of

LOOK_AGAIN_AFTER = timedelta(days=14)  # convention: irritation is looked at again at the next visit but one
TOO_MUCH_PAIN = 8  # clinical.md: pain of 8 or more goes to review
IMPACT = frozenset({"POGO", "HOP_SL", "SKATER", "WALK_RUN"})
ROLLING = frozenset({"ROLL_QUAD", "ROLL_HIP"})
NERVE = frozenset({"SLIDE_SCI", "SLIDE_FEM"})


class Weight(StrEnum):
    """`refuse` needs a reason to be overruled; `care` is shown beside the row."""

    REFUSE = "refuse"
    CARE = "care"


@dataclass(frozen=True, kw_only=True)
class Safety:
    """What counts against exercises, from the newest answer of each. Not asked is not known, and lets nothing pass as well."""

    irritated: tuple[str, ...] = ()
    irritated_on: date | None = None
    warning_sign: bool = False
    bone_signs: bool = False
    nerve_skin: bool = False
    worst_pain: int | None = None
    cautions: frozenset[str] = frozenset()

    def look_again(self, *, on: date) -> bool:
        """The irritated flag is old enough to be examined again; until then it stands."""
        return bool(self.irritated and self.irritated_on and on - self.irritated_on >= LOOK_AGAIN_AFTER)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One reason against an exercise, and what could take its place."""

    weight: Weight
    words: str
    instead: tuple[str, ...] = ()

    @property
    def refuses(self) -> bool:
        return self.weight is Weight.REFUSE


def safety(answers: Answers, answered_on: Mapping[tuple[str, str], date]) -> Safety:
    sides = tuple(place for place in (LEFT, RIGHT) if value_of(answers, "irritated", place) == "yes")
    days = [answered_on[("irritated", place)] for place in sides if ("irritated", place) in answered_on]
    skin = [value_of(answers, "outer_skin", place) for place in (LEFT, RIGHT)]
    signs = (value_of(answers, "red_flags"), value_of(answers, "new_weakness"))
    return Safety(
        irritated=sides, irritated_on=min(days, default=None), warning_sign="yes" in signs,
        bone_signs=value_of(answers, "bone_signs") == "yes", nerve_skin="yes" in skin,
        worst_pain=value_of(answers, "worst_pain"), cautions=frozenset(value_of(answers, "cautions") or ()),
    )  # fmt: skip


@dataclass(frozen=True)
class _Rule:
    codes: frozenset[str] | None  # None: every exercise
    applies: Callable[[Safety], bool]
    weight: Weight
    words: str
    instead: tuple[str, ...] = ()


def _with(caution: str) -> Callable[[Safety], bool]:
    return lambda safety: caution in safety.cautions


def _refuse(codes: str, applies: Callable[[Safety], bool], words: str, instead: str = "") -> _Rule:
    return _Rule(frozenset(codes.split()) or None, applies, Weight.REFUSE, words, tuple(instead.split()))


def _care(codes: str, applies: Callable[[Safety], bool], words: str) -> _Rule:
    return _Rule(frozenset(codes.split()), applies, Weight.CARE, words)


RULES = (
    _refuse("", lambda s: s.warning_sign, "A warning sign is recorded. Clear it before any exercise."),
    _refuse("", lambda s: (s.worst_pain or 0) >= TOO_MUCH_PAIN, "Pain of 8 or more: look first, then plan."),
    _refuse(
        "ROLL_QUAD", lambda s: bool(s.irritated),
        "Truly irritated at the outer knee: no rolling of the outer thigh.", "ROLL_HIP HIP_9090 ISO_ABD",
    ),
    _refuse("ROLL_QUAD ROLL_HIP", _with("skin"), "Open wound, numb skin, blood thinners or past clot: no rolling.", "HIP_9090"),
    _care("ROLL_HIP", lambda s: s.nerve_skin, "Keep off the front hip bone: burning or numb outer thigh."),
    _refuse(" ".join(sorted(IMPACT)), lambda s: s.bone_signs, "Groin, night or hop pain: no impact until checked.", "CALF"),
    _refuse("POGO HOP_SL SKATER STEP_UP SLSQ_BOX SLSQ", _with("knee_swelling"), "Swollen knee.", "BRIDGE_SL SP_FULL"),
    _refuse("ANKLE_KTW CALF POGO HOP_SL SKATER", _with("ankle"), "Recent ankle fracture or Achilles rupture.", "BRIDGE"),
    _refuse("AIRPLANE", _with("hip_front"), "Groin pinch or labral symptoms: skip.", "HIP_HIKE"),
    _refuse("HF_STRETCH", _with("hip_front"), "Groin pinch: stop and report.", "BRIDGE"),
    _refuse("HF_STRETCH", _with("hip_surgery"), "Recent hip surgery: stop and report.", "BRIDGE"),
    _care("HIP_9090", _with("hip_front"), "Labral symptoms: use a smaller range."),
    _care("HIP_9090", _with("hip_surgery"), "Hip replacement: use a smaller range."),
    _care("CLAM SL_ABD", _with("hip_side"), "Pillow between the knees, lie on the good side."),
    _care("HIP_HIKE", _with("hip_side"), "From level upward, no drop: the drop adds compression."),
    _refuse("BRIDGE_SL", _with("hamstring"), "Hamstring injury.", "CLAM BRIDGE"),
    _refuse("RDL RDL_KICK RDL_SL", _with("back"), "Acute back pain.", "BRIDGE_SL"),
    _care("BRIDGE CARRY", _with("back"), "Back pain: smaller range, lighter weight."),
    _refuse("SP_FULL SP_ABD", _with("shoulder"), "Shoulder pain.", "CARRY HIP_HIKE"),
    _care("SP_KNEE CARRY", _with("shoulder"), "Shoulder pain: forearm on a cushion, lighter weight."),
    _care("QUAD_EXT", _with("wrist"), "Wrist pain: use the forearms."),
    _refuse("HIP_THRUST", _with("pregnancy"), "Pregnancy.", "BRIDGE_SL"),
    _care("BREATH_9090", _with("pregnancy"), "Late pregnancy: do it seated."),
)  # fmt: skip


def guards(code: str, safety: Safety) -> tuple[Guard, ...]:
    """Everything against this exercise now, refusals first."""
    found = [rule for rule in RULES if (rule.codes is None or code in rule.codes) and rule.applies(safety)]
    made = [Guard(weight=rule.weight, words=rule.words, instead=rule.instead) for rule in found]
    return tuple(sorted(made, key=lambda guard: not guard.refuses))


def refused(code: str, safety: Safety) -> bool:
    return any(guard.refuses for guard in guards(code, safety))
