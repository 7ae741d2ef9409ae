"""From confirmed findings to a program, modules and exercises, each with its because. A proposal for the clinician.

Source: clinical.md section 3. All of it is convention built on trials of hip strengthening; no trial tested these plans.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from programs.rules.assessment.findings import Finding
from programs.rules.assessment.guards import NERVE, Safety, guards, refused
from programs.rules.assessment.items import LEFT, RIGHT, items
from programs.rules.assessment.reading import Answers, mark, value_of
from programs.rules.assessment.strength import lacking

FEW = 4  # S54: two to four exercises are easier to keep up
MOST_MODULES = 5
CALM_PAIN = 3  # P2 entry: first visit with daily pain 3/10 or less
NEXT_PROGRAM = {"p1": "P2", "p2": "P3", "p3": "P4"}

# Which exercises serve which finding, best known first.
SERVES: Mapping[str, tuple[str, ...]] = {
    "hip_strength": (
        "CLAM", "SL_ABD", "BAND_WALK", "MONSTER", "BRIDGE", "BRIDGE_SL", "HIP_THRUST", "QUAD_EXT", "HIP_HIKE", "ISO_ABD",
        "STEP_UP", "SLSQ", "SLSQ_BOX", "RDL", "RDL_KICK", "RDL_SL", "SPLIT_SQ", "BOX_SQUAT", "SP_ABD",
    ),
    "technique": ("STEP_DOWN", "HIP_HIKE", "SLSQ_BOX", "SLSQ", "STEP_UP", "SPLIT_SQ", "AIRPLANE", "CADENCE", "STEP_WIDTH"),
    "trunk": ("SP_KNEE", "SP_FULL", "SP_ABD", "CARRY"),
    "stack": ("BREATH_9090",),
    "hip_mobility": ("HF_STRETCH", "HIP_9090"),
    "ankle": ("ANKLE_KTW", "CALF"),
    "nerve": ("SLIDE_SCI", "SLIDE_FEM"),
    "load": ("WALK_RUN", "POGO", "HOP_SL", "SKATER"),
    "knee_irritation": ("ISO_ABD",),
}  # fmt: skip
MODULES: Mapping[str, tuple[str, ...]] = {
    "knee_irritation": ("M02", "M05"), "nerve": ("M12",), "load": ("M13", "M10"), "hip_strength": ("M06",),
    "hip_mobility": ("M07",), "ankle": ("M09",), "technique": ("M10",), "trunk": ("M06",), "stack": ("M08",),
}  # fmt: skip
TO_THE_PATIENT: Mapping[str, str] = {
    "hip_strength": "To make your hip stronger.", "technique": "To practice moving with a steady hip and knee.",
    "trunk": "To make your side stronger.", "stack": "To feel your ribs over your hips.",
    "hip_mobility": "To move your hip more freely.", "ankle": "To move your ankle and foot well.",
    "nerve": "A gentle move to calm your leg.", "load": "To build up your training step by step.",
    "knee_irritation": "A calm way to start.",
}  # fmt: skip
ANSWERS: Mapping[str, tuple[str, ...]] = {  # where a finding has several signs: what an exercise is for
    "HF_STRETCH": ("hip_flexor", "hip_adduction"), "HIP_9090": ("hip_ir", "hip_er"), "CALF": ("calf_raises",),
    "ANKLE_KTW": ("knee_to_wall", "foot_mobility"), "SLIDE_SCI": ("slump",), "SLIDE_FEM": ("femoral_slump", "outer_skin"),
    "STEP_WIDTH": ("crossover",),
}  # fmt: skip
GOES_FIRST = frozenset({"HF_STRETCH", "HIP_9090", "ANKLE_KTW", "SLIDE_SCI", "SLIDE_FEM", "BREATH_9090"})


@dataclass(frozen=True, kw_only=True)
class Because:
    """Why something is proposed: the finding it serves ("" when none), for staff and in the patient's words."""

    finding: str
    words: str
    to_patient: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What to start from. `stop` says why nothing should start yet; then there is nothing else in it."""

    stop: str = ""
    program: str = ""
    program_because: str = ""
    modules: tuple[tuple[str, str], ...] = ()  # code, because
    extras: tuple[tuple[str, Because], ...] = ()  # exercises to add, code and because


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One exercise of a tailored phase. `code` is as written in the program unless `instead_of` says otherwise."""

    code: str
    because: Because
    is_extra: bool = False
    instead_of: str = ""


def recommend(
    confirmed: Sequence[Finding], *, answers: Answers, safety: Safety, stances: Mapping[str, str]
) -> Proposal:
    """What the confirmed findings lead to, most important first. Kit and doses are settled when it is laid out."""
    stops = [guard for guard in guards("", safety) if guard.refuses]
    if stops:
        return Proposal(stop=stops[0].words)
    program, why = _program(answers, confirmed)
    return Proposal(
        program=program, program_because=why, modules=_modules(confirmed, answers, stances),
        extras=tuple(
            (code, because(code, confirmed)) for code in _extras(confirmed, answers, program) if not refused(code, safety)
        ),
    )  # fmt: skip


def because(code: str, confirmed: Sequence[Finding]) -> Because:
    """The highest-ranked confirmed finding that this exercise serves, with its strongest line."""
    for finding in confirmed:
        if code in SERVES.get(finding.key, ()):
            line = _line(code, finding)
            return Because(
                finding=finding.key,
                words=f"{finding.contributor.title}{line}",
                to_patient=TO_THE_PATIENT[finding.key],
            )
    return Because(
        finding="", words="Part of the program for everyone; no confirmed finding stands behind it"
    )


def _line(code: str, finding: Finding) -> str:
    """What was found that this exercise answers best, else the strongest."""
    closest = [line for line in finding.lines if line.item in ANSWERS.get(code, ())]
    line = next(iter([*closest, *finding.lines]), None)
    return f": {line.words}" if line else ""


def _program(answers: Answers, confirmed: Sequence[Finding]) -> tuple[str, str]:
    """Exit criteria the clinician called met go first; then pain decides. Not asked: the calmer one."""
    met = value_of(answers, "stage")
    if met in NEXT_PROGRAM:
        return NEXT_PROGRAM[met], "The exit of the program before is met"
    pain = value_of(answers, "worst_pain")
    if pain is None:
        return "P1", "Pain in daily life was not asked: start calm"
    if pain > CALM_PAIN:
        return "P1", f"Pain in daily life of {pain} of 10, over {CALM_PAIN}"
    if any(finding.key == "knee_irritation" and finding.confidence == "clear" for finding in confirmed):
        return "P1", "Clear irritation at the outer knee: settle it first"
    return "P2", f"Pain in daily life of {pain} of 10, at most {CALM_PAIN}"


def _modules(
    confirmed: Sequence[Finding], answers: Answers, stances: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    wanted = {"M01": "Where everybody starts", "M15": "When to get help"}
    for finding in confirmed:
        for code in MODULES.get(finding.key, ()):
            wanted.setdefault(code, finding.contributor.title)
    if value_of(answers, "rolling_months"):
        rolling = "M04" if stances.get("rolling") == "brief" else "M03"
        wanted.setdefault(rolling, "Rolls at home")
    wanted.setdefault("M13", "What pain during exercise means")
    return tuple(wanted.items())


def _extras(confirmed: Sequence[Finding], answers: Answers, program: str) -> list[str]:
    chosen: list[str] = []
    for finding in confirmed:
        chosen += [code for code in _extra(finding.key, answers, program) if code not in chosen]
    return chosen


def _extra(key: str, answers: Answers, program: str) -> list[str]:
    """What a finding adds beyond what the program already holds. One gait cue at a time."""
    if key == "hip_mobility":
        turning = _is_marked(answers, "hip_ir", "hip_er")
        bending = _is_marked(answers, "hip_flexor", "hip_adduction")
        return [*(["HF_STRETCH"] if bending or not turning else []), *(["HIP_9090"] if turning else [])]
    if key == "ankle":
        stiff = _is_marked(answers, "knee_to_wall", "foot_mobility")
        return ["ANKLE_KTW"] if stiff or program == "P1" else ["CALF"]
    if key == "nerve":
        return ["SLIDE_SCI"] if _is_marked(answers, "slump") else ["SLIDE_FEM"]
    if key == "technique" and program == "P4":
        return ["STEP_WIDTH"] if _is_marked(answers, "crossover") else ["CADENCE"]
    return {"trunk": ["SP_KNEE"], "stack": ["BREATH_9090"]}.get(key, []) if program == "P1" else []


def _is_marked(answers: Answers, *keys: str) -> bool:
    return any(mark(items()[key], answers, place) for key in keys for place in (LEFT, RIGHT))


@dataclass(frozen=True, kw_only=True)
class Laid:
    """One phase as proposed, and what was set aside from it, with why."""

    placed: tuple[Placed, ...]
    aside: tuple[tuple[str, str], ...]


def lay_out(
    codes: Sequence[str],
    *,
    proposal: Proposal,
    confirmed: Sequence[Finding],
    safety: Safety,
    kit: Mapping[str, str],
    home: Set[str] | None,
    is_first: bool,
) -> Laid:
    """A program's phase made to fit: refused or unavailable exercises swapped, extras added to the first phase.

    Mobility, nerve and control come before loading. Over four, what serves no confirmed finding is set aside, last first.
    `kit` is the kit of every exercise that can be used, by code; `home` None means nobody asked.
    """
    extras = [code for code, _why in proposal.extras if is_first and code not in codes and code in kit]
    placed: list[Placed] = []
    aside: list[tuple[str, str]] = []
    for code in [
        *(one for one in extras if one in GOES_FIRST),
        *codes,
        *(one for one in extras if one not in GOES_FIRST),
    ]:
        use, why = _usable(
            code, safety=safety, kit=kit, home=home, taken={*codes, *(one.code for one in placed)}
        )
        if use is None:
            aside.append((code, why))
            continue
        because_of = because(use if code not in extras else code, confirmed)
        placed.append(
            Placed(code=use, because=because_of, is_extra=code in extras, instead_of="" if use == code else f"{code}: {why}")
        )  # fmt: skip
    return _lightened(placed, aside, is_first=is_first)


def _lightened(placed: list[Placed], aside: list[tuple[str, str]], *, is_first: bool) -> Laid:
    for one in reversed(list(placed)):
        if is_first and len(placed) > FEW and not one.because.finding:
            placed.remove(one)
            aside.append((one.code, "serves no confirmed finding; four or fewer are easier to keep up"))
    first = [one for one in placed if one.code in GOES_FIRST and one.is_extra]
    return Laid(placed=(*first, *(one for one in placed if one not in first)), aside=tuple(aside))


def _usable(
    code: str, *, safety: Safety, kit: Mapping[str, str], home: Set[str] | None, taken: Set[str]
) -> tuple[str | None, str]:
    """The code itself, or what takes its place and why; None when nothing can."""
    against = [guard for guard in guards(code, safety) if guard.refuses]
    if against:
        for other in against[0].instead:
            if (
                other in kit
                and other not in taken
                and not refused(other, safety)
                and not lacking(other, kit[other], home)
            ):
                return other, against[0].words
        return None, against[0].words
    missing = lacking(code, kit.get(code, ""), home)
    if missing:
        for other in _alternatives(code):
            if (
                other in kit
                and other not in taken
                and not refused(other, safety)
                and not lacking(other, kit[other], home)
            ):
                return other, f"not at home: {', '.join(missing)}"
    return code, ""


def _alternatives(code: str) -> list[str]:
    """Others that serve the same finding, except nerve sliders: those are never swapped in by a rule."""
    return [
        other
        for codes in SERVES.values()
        if code in codes
        for other in codes
        if other != code and other not in NERVE
    ]
