"""Local days: which date it is where the patient lives."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of an aware moment in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def noon_on(day: date, zone: str) -> datetime:
    """Noon of a local day: the moment used when only the day is known. No zone skips or repeats noon."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(zone))
