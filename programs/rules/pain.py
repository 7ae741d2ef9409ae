"""What a pain of 0–10 means for the person who has it: the pain-monitoring model (clinical.md 4.1 and 4.3)."""

from enum import StrEnum


class Zone(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


GREEN_MOST, AMBER_MOST = 3, 5
IMPACT_GREEN_MOST, IMPACT_AMBER_MOST = 2, 3  # runs and jumps


def zone(pain: int, *, has_impact: bool) -> Zone:
    green, amber = (IMPACT_GREEN_MOST, IMPACT_AMBER_MOST) if has_impact else (GREEN_MOST, AMBER_MOST)
    if pain <= green:
        return Zone.GREEN
    return Zone.AMBER if pain <= amber else Zone.RED
