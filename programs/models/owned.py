"""Whose a library row is: everybody's, or one clinic's own version of a shared one."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Membership, User

LINEAGE = ("clinic", "parent", "parent_version", "seen_version")


class LibraryQuerySet(models.QuerySet):
    """Whose eyes see what. Nothing else in the project decides it."""

    def shared(self) -> Self:
        return self.filter(clinic__isnull=True)

    def seen_in(self, clinic: Clinic | None) -> Self:
        """What is shared, and this clinic's own."""
        return self.filter(Q(clinic__isnull=True) | Q(clinic=clinic)) if clinic else self.shared()

    def open_to(self, user: User) -> Self:
        """What is shared, and the own rows of the clinics where this person is an editor now."""
        editing = Membership.objects.current().filter(user=user, role=Membership.Role.EDITOR)
        return self.filter(Q(clinic__isnull=True) | Q(clinic__in=editing.values("clinic_id")))

    def with_drift(self) -> Self:
        """With `newest_number` of the original, and the `seen_number` up to which somebody here looked at it."""
        return self.select_related("clinic").annotate(
            newest_number=Max("parent__versions__number"), seen_number=F("seen_version__number")
        )

    def drifted(self) -> Self:
        """Own rows whose original was published again since."""
        return self.with_drift().filter(newest_number__gt=F("seen_number"))


class Owned(models.Model):
    """`clinic` is empty for the shared library. An own version keeps its original's code and takes its place there."""

    clinic = models.ForeignKey(
        Clinic, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("clinic")
    )  # fmt: skip

    objects = LibraryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["code", "clinic"], nulls_distinct=False, name="one_%(class)s_per_code_and_clinic"
            ),
            models.UniqueConstraint(fields=["clinic", "parent"], name="one_own_%(class)s_per_original"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in LINEAGE})
                | Q(**{f"{name}__isnull": False for name in LINEAGE}),
                name="own_%(class)s_has_its_original",
            ),
        ]

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Whose it is, and of which original, is never part of a draft: an old draft can't take it elsewhere."""
        row = super().with_content_json(content)
        for name in LINEAGE:
            setattr(row, f"{name}_id", getattr(self, f"{name}_id"))
        if self.clinic_id:
            row.code = self.code
        return row

    @property
    def is_drifted(self) -> bool:
        """Whether the original was published again since somebody looked. Needs a row from `with_drift`."""
        return bool(self.newest_number and self.newest_number > self.seen_number)
