"""Sums that a decision rests on. None means that it can't be said. Source: clinical.md 4.2 and table C."""

from collections.abc import Iterable, Sequence

from progress.rules.progression.policy import DEFAULT, Policy

RATINGS_NEEDED = 4  # of 7 mornings


def adherence(shares: Iterable[float], planned: int) -> float | None:
    """Percent of the prescribed work done: shares of planned sessions, extra work capped; None when none was due."""
    if not planned:
        return None
    return min(100.0, round(100 * sum(min(1.0, share) for share in shares) / planned, 1))


def weekly_mean(mornings: Sequence[int | None]) -> float | None:
    """The mean of seven mornings, if four of them were rated."""
    said = [pain for pain in mornings if pain is not None]
    return sum(said) / len(said) if len(said) >= RATINGS_NEEDED else None


def weekly_trend(this_week: Sequence[int | None], week_before: Sequence[int | None]) -> float | None:
    """How much the mean morning pain rose from the week before."""
    now, before = weekly_mean(this_week), weekly_mean(week_before)
    return None if now is None or before is None else round(now - before, 3)


def improved(
    *,
    pain_start: float | None = None,
    pain_now: float | None = None,
    psfs_start: float | None = None,
    psfs_now: float | None = None,
    groc: int | None = None,
    policy: Policy = DEFAULT,
) -> bool | None:
    """Whether anything measured changed enough to matter; None when nothing was measured."""
    found = [_less_pain(pain_start, pain_now, policy)]
    if psfs_start is not None and psfs_now is not None:
        found.append(round(psfs_now - psfs_start, 2) >= policy.improved_psfs_points)
    if groc is not None:
        found.append(groc >= policy.improved_groc_points)
    known = [answer for answer in found if answer is not None]
    return any(known) if known else None


def _less_pain(start: float | None, now: float | None, policy: Policy) -> bool | None:
    if start is None or now is None:
        return None
    if now == 0:
        return True  # nothing is left that could fall
    fall = start - now
    return fall >= policy.improved_points or (start > 0 and 100 * fall / start >= policy.improved_percent)
