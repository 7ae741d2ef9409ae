"""What editors say to each other about a draft: said, answered once, settled once."""

from django.db import transaction
from django.utils import timezone

from clinic.audit import record
from clinic.models import User
from education.models import Module, Remark


@transaction.atomic
def make_remark(*, module: Module, key: str, text: str, by: User) -> Remark:
    """Say something about one block, or about all of it (an empty key)."""
    row = Remark.objects.create(module=module, key=key, text=text, said_by=by)
    record(by=by, verb="remark.made", subject=row, module=module.code, key=key)
    return row


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, by: User) -> Remark:
    """Answer it; of two answers at once the first one stands."""
    open_one = Remark.objects.filter(pk=remark.pk, answered_at__isnull=True)
    if open_one.update(answer=text, answered_at=timezone.now(), answered_by=by):
        record(by=by, verb="remark.answered", subject=remark)
    remark.refresh_from_db()
    return remark


@transaction.atomic
def settle_remark(*, remark: Remark, by: User) -> Remark:
    """Put it away as dealt with; doing so again changes nothing."""
    open_one = Remark.objects.filter(pk=remark.pk, resolved_at__isnull=True)
    if open_one.update(resolved_at=timezone.now(), resolved_by=by):
        record(by=by, verb="remark.settled", subject=remark)
    remark.refresh_from_db()
    return remark
