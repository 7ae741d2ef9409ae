"""What the mail with a sign-in code needs to know when its turn comes."""

from datetime import datetime

from clinic.models import OutgoingMail

NOBODY = "nobody@invalid"  # stands for an address without an account


def code_still_wanted(row: OutgoingMail, now: datetime) -> str:
    return "no account" if row.to == NOBODY else ""
