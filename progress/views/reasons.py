"""Reasons of the rules in words: for staff with what was compared, for the patient as one plain sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress.rules.progression.proposing import Proposed

OUTCOMES = {
    "urgent": (gettext_lazy("Urgent: something new worries the patient"), "bad"),
    "review": (gettext_lazy("Look first, before the next change"), "warn"),
    "step_back": (gettext_lazy("Step back"), "warn"),
    "hold": (gettext_lazy("Hold"), "neutral"),
    "advance": (gettext_lazy("Advance by one step"), "ok"),
}
REASONS = {
    "red_flag": gettext_lazy("A “yes” to something new that worries, or an answer that cannot wait"),
    "warning_sign_not_cleared": gettext_lazy("An answer about warning signs that nobody has cleared"),
    "new_nerve_symptom": gettext_lazy("New: skin that burns, tingles or is numb"),
    "groin_or_deep_hip_pain": gettext_lazy("Pain in the groin"),
    "pain_8_or_more": gettext_lazy("Pain of 8 or more within 7 days"),
    "night_pain_3_of_7": gettext_lazy("Woken by pain on 3 of 7 nights"),
    "three_red_in_14_days": gettext_lazy("Three red sessions within 14 days"),
    "two_step_backs_in_28_days": gettext_lazy("It would be the second step back within 28 days"),
    "gap_28_days": gettext_lazy("No session for 28 days"),
    "adherence_under_50_for_14_days": gettext_lazy("Less than half of the work logged for 14 days"),
    "no_meaningful_change_by_day_28": gettext_lazy("No meaningful change by day 28"),
    "plateau": gettext_lazy("More than one and a half times the planned length"),
    "last_session_red": gettext_lazy("The last session was red"),
    "two_of_three_slow_to_settle": gettext_lazy("Two of the last three sessions were slow to settle"),
    "weekly_pain_up_2_or_more": gettext_lazy("Morning pain rose by 2 points or more in a week"),
    "gap_14_to_27_days": gettext_lazy("No session for two weeks or more"),
    "recent_red": gettext_lazy("A red session among the last three"),
    "recent_slow_to_settle": gettext_lazy("A session slow to settle among the last three"),
    "recent_pain_4_to_5": gettext_lazy("Pain above the green limit in one of the last three sessions"),
    "morning_rating_missing": gettext_lazy("The morning after one of the last three sessions is not known"),
    "session_pain_not_said": gettext_lazy("Pain of one of the last three sessions is not fully known"),
    "told_too_late": gettext_lazy("A session was told more than two days later"),
    "weekly_pain_rising": gettext_lazy("Morning pain rose by 1 point or more in a week"),
    "warning_signs_not_answered": gettext_lazy("“Anything new that worries you?” was not answered this week"),
    "place_of_pain_not_said": gettext_lazy("Where it hurts was not said in the last two weeks"),
    "change_not_measured": gettext_lazy("Day 28 has passed and no change was measured"),
    "gap_7_to_13_days": gettext_lazy("No session for a week or more"),
    "gap_answered": gettext_lazy("Stepped back for the gap; no session since"),
    "adherence_under_80": gettext_lazy("Less of the work logged than needed, or nothing planned yet"),
    "effort_above_target_or_missing": gettext_lazy("Effort above the target, or not said twice in a row"),
    "dose_not_complete": gettext_lazy("No exercise was done at the top of its dose, as far as is known"),
    "too_few_sessions": gettext_lazy("Too few sessions at this level"),
    "too_few_days": gettext_lazy("Too few days at this level"),
    "other_step_this_week": gettext_lazy("Runs and exercises do not both move up in one week"),
    "no_step_left": gettext_lazy("No step is left on the ladders: time for the tests of this phase"),
    "all_met": gettext_lazy("Nothing holds: pain, mornings, effort and work are as they should be"),
}
UNKNOWN = {
    "adherence": gettext_lazy("share of work done"),
    "at_top_of_dose": gettext_lazy("whether the dose was completed"),
    "weekly_trend": gettext_lazy("weekly trend of morning pain"),
    "max_pain_7d": gettext_lazy("worst pain of the week"),
    "improved_mcid": gettext_lazy("change since the start"),
    "red_flag": gettext_lazy("warning signs this week"),
    "new_nerve": gettext_lazy("nerve symptoms"),
    "groin_pain": gettext_lazy("groin pain"),
    "night_pain_nights_7d": gettext_lazy("night pain (not asked yet)"),
    "phase_max_days": gettext_lazy("planned length"),
    "rpe_last2": gettext_lazy("effort of the last two sessions"),
    "next_morning": gettext_lazy("a morning after"),
    "during": gettext_lazy("pain during a session"),
    "after": gettext_lazy("pain after a session"),
    "pre": gettext_lazy("pain before a run (not asked yet)"),
    "stopped": gettext_lazy("whether pain stopped a session"),
    "late": gettext_lazy("a session told in time"),
}
CRITERIA = {
    "adherence": gettext_lazy("Share of work done, percent"),
    "last_three_green": gettext_lazy("Last three sessions green"),
    "morning_pain": gettext_lazy("Mean morning pain, not rising"),
    "walk": gettext_lazy("Walk, minutes"),
    "stairs": gettext_lazy("Flights of stairs"),
    "single_leg_bridge": gettext_lazy("Single-leg bridge, each side"),
    "step_up_20_cm": gettext_lazy("Step-up 20 cm, each side"),
    "side_plank": gettext_lazy("Side plank, seconds each side"),
    "brisk_walk": gettext_lazy("Brisk walk, minutes"),
    "single_leg_squat": gettext_lazy("Single-leg squat, each side"),
    "step_down_20_cm": gettext_lazy("Step-down 20 cm, each side"),
    "calf_raise": gettext_lazy("Single-leg calf raise, each side"),
    "pogo": gettext_lazy("Pogo hops"),
    "hill_run_r12": gettext_lazy("Green runs with hills"),
}
LIGHTS = {
    "green": (gettext_lazy("Green"), "ok"),
    "amber_load": (gettext_lazy("Amber: pain while doing it"), "warn"),
    "amber_response": (gettext_lazy("Amber: slow to settle"), "warn"),
    "red": (gettext_lazy("Red"), "bad"),
    "unknown": (gettext_lazy("Not known"), "unknown"),
}
WAITS = gettext_lazy("Your plan stays the same until your clinician looks at it.")
SAME = gettext_lazy("Your plan stays the same for now.")
# What the patient hears after "stays the same for now", by the first reason that has words.
HELD = {
    "recent_red": gettext_lazy("Held: pain got to %(pain)s in the last sessions."),
    "recent_slow_to_settle": gettext_lazy("Held: pain got to %(pain)s in the last sessions."),
    "recent_pain_4_to_5": gettext_lazy("Held: pain got to %(pain)s in the last sessions."),
    "morning_rating_missing": gettext_lazy("Rate your pain on the morning after, so we know how it went."),
    "session_pain_not_said": gettext_lazy("Tell us the pain during and after, so we know how it went."),
    "weekly_pain_rising": gettext_lazy("Held: your mornings hurt a bit more this week."),
    "warning_signs_not_answered": gettext_lazy("Please answer “Anything new?” in your morning check."),
    "place_of_pain_not_said": gettext_lazy("Please tell us where it hurts in your morning check."),
    "gap_7_to_13_days": gettext_lazy("Start again with the same dose."),
    "gap_answered": gettext_lazy("Start again with the easier dose."),
    "adherence_under_80": gettext_lazy("It moves on when most sessions are logged."),
    "effort_above_target_or_missing": gettext_lazy("It moves on when the effort feels right twice."),
    "dose_not_complete": gettext_lazy("It moves on when you can do all sets."),
    "too_few_sessions": gettext_lazy("A few more sessions like this first."),
    "too_few_days": gettext_lazy("A few more days like this first."),
    "other_step_this_week": gettext_lazy("One new thing a week is enough."),
    "no_step_left": gettext_lazy("You have done every step here. Your clinician plans what comes next."),
}


def sentence(word: tuple[str, list[str], int | None] | None) -> str:
    """What the patient reads about their plan: never what may come, and never blame."""
    if word is None:
        return ""
    outcome, reasons, pain = word
    if outcome != "hold":
        return str(WAITS)
    told = next((HELD[reason] for reason in reasons if reason in HELD), "")
    if not told or ("%(pain)s" in str(told) and pain is None):
        return str(SAME)
    return f"{SAME} {told % {'pain': pain}}"


def reasons(proposed: Proposed) -> list[dict[str, Any]]:
    """Each reason with the number it saw and its limit, from the trace."""
    seen = {line.code: line for track in proposed.trace for line in track.rules if line.held}
    return [
        {"words": REASONS[code], "value": _number(seen.get(code)), "limit": getattr(seen.get(code), "limit", None)}
        for code in proposed.reasons
    ]  # fmt: skip


TRACKS = {"strength": gettext_lazy("Exercises"), "run": gettext_lazy("Runs")}


def traces(proposed: Proposed) -> list[dict[str, Any]]:
    """Every rule of each track in words, with what it saw; the ones that held are marked."""
    return [
        {
            "name": TRACKS[track.track],
            "lines": [
                {"words": REASONS[line.code], "value": _plain(line.value), "limit": line.limit, "held": line.held}
                for line in track.rules
            ],
        }
        for track in proposed.trace
    ]  # fmt: skip


def _plain(value: object) -> object:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, str):
        return value
    return ", ".join(str(LIGHTS[word][0]) if word in LIGHTS else word for word in value.split()) or _("none")


def unknowns(names: Iterable[str]) -> str:
    return ", ".join(str(UNKNOWN[name]) for name in names)


def yes_no(is_met: bool | None) -> tuple[str, str]:
    """Words and kind of badge; not known has its own."""
    return {True: (_("met"), "ok"), False: (_("not met"), "warn"), None: (_("not known"), "unknown")}[is_met]


def _number(line: Any) -> object:
    """A number or a list of efforts; a plain yes or a row of lights says nothing more than the words."""
    if (
        line is None
        or isinstance(line.value, bool)
        or line.code.startswith(("recent_", "last_", "morning_", "session_"))
    ):
        return None
    return line.value
