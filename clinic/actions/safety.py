"""Change what the safety cards say and call, which takes two people, and when the clinic is open."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from clinic import audit, mail
from clinic.models import Clinic, ClinicHours, Membership, SafetyWords, User
from clinic.queries.safety import MAY_CHANGE, second_people


class NotTheirs(Exception):
    """Only the clinic's admins and editors have a say in this."""


class OwnProposal(Exception):
    """Whoever proposed it may not confirm it: a second person has to read what patients will be told."""


class AlreadyClosed(Exception):
    """It was confirmed or withdrawn already."""


class AlreadyProposed(Exception):
    """Another proposal is open: it is confirmed or withdrawn first."""


@transaction.atomic
def propose_safety_words(*, clinic: Clinic, words: Mapping[str, str], by: User, now: datetime) -> SafetyWords:
    _must_have_a_say(clinic, by)
    Clinic.objects.select_for_update().get(pk=clinic.pk)  # of two at once, the second sees the first's
    if SafetyWords.objects.open().filter(clinic=clinic).exists():
        raise AlreadyProposed
    row = SafetyWords.objects.create(clinic=clinic, **words, proposed_by=by, proposed_at=now)
    for user in second_people(row):
        mail.post(
            kind="second_look", key=f"safety:{row.pk}:{user.pk}", to=user.email, clinic=clinic,
            context={"proposal": str(row.pk), "user": user.pk},
        )  # fmt: skip
    audit.record(by=by, verb="safety_words.proposed", subject=row, clinic=clinic.pk)
    return row


@transaction.atomic
def confirm_safety_words(*, proposal: SafetyWords, by: User, now: datetime) -> SafetyWords:
    """From now on the cards say this. Raises OwnProposal for whoever proposed it."""
    row = _locked(proposal)
    _must_have_a_say(row.clinic, by)
    if row.proposed_by_id == by.pk:
        raise OwnProposal
    row.confirmed_at, row.confirmed_by = now, by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    Clinic.objects.filter(pk=row.clinic_id).update(**row.words)
    audit.record(by=by, verb="safety_words.confirmed", subject=row, clinic=row.clinic_id)
    return row


@transaction.atomic
def withdraw_safety_words(*, proposal: SafetyWords, by: User, now: datetime) -> SafetyWords:
    row = _locked(proposal)
    _must_have_a_say(row.clinic, by)
    row.withdrawn_at, row.withdrawn_by = now, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record(by=by, verb="safety_words.withdrawn", subject=row, clinic=row.clinic_id)
    return row


@transaction.atomic
def set_clinic_hours(
    *, clinic: Clinic, hours: Mapping[str, list[str]], by: User, now: datetime
) -> ClinicHours:
    """One person is enough: hours only move when staff are told again, never what a patient is told to do."""
    _must_have_a_say(clinic, by)
    row = ClinicHours.objects.create(clinic=clinic, hours=dict(hours), set_by=by, set_at=now)
    Clinic.objects.filter(pk=clinic.pk).update(hours=row.hours)
    audit.record(by=by, verb="clinic_hours.set", subject=row, clinic=clinic.pk)
    return row


def _locked(proposal: SafetyWords) -> SafetyWords:
    row = SafetyWords.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=proposal.pk)
    if row.confirmed_at or row.withdrawn_at:
        raise AlreadyClosed
    return row


def _must_have_a_say(clinic: Clinic, by: User) -> None:
    here = Membership.objects.current().filter(user=by, clinic=clinic, role__in=MAY_CHANGE)
    if not here.exists():
        raise NotTheirs
