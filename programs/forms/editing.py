"""What an editor may publish: problems shown at the field or block that they are about. Drafts may be unfinished."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from education.forms import at_block
from education.models import Module, Source
from programs.blocks import DOSE_PARTS, frozen_item
from programs.forms.pose import PoseWidget
from programs.models import Exercise
from programs.models.library import EXERCISE_WORDS, lines
from programs.queries import exercise_problems
from programs.rules.dose import Dose

Clean = dict[str, object]
EXERCISE_LINES = ("steps", "faults")


class ContentForm(WagtailAdminModelForm):
    """Holds what is published to its `hold_to_the_rules(cleaned)`; a draft may be half an idea."""

    def clean(self) -> Clean:
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self.hold_to_the_rules(cleaned)
        return cleaned

    def check_codes(self, cleaned: Clean, name: str, *, known: set[str], message: str) -> None:
        """Every word of the field must be the key of something that is there."""
        unknown = [code for code in str(cleaned.get(name) or "").split() if code not in known]
        if unknown:
            self.add_error(name, ValidationError(message, params={"value": ", ".join(unknown)}))


EXERCISE_MESSAGES = {
    "pose": _("%(value)s"),
    "no_picture": _("There is no picture for this code yet. People would rather look than read."),
    "empty": _("Please fill this in before it is published."),
    "too_few": _("Please give at least %(value)s, one per line."),
    "not_the_end": _("It can't be the end of its line and have a next one. Take away one of the two."),
    "no_way": _("Choose at least one, or tick that it is the end of its line."),
    "both_ways": _("Listed as easier as well: %(value)s."),
    "circle": _("Going on to harder ones from here leads back to this exercise."),
    "unknown_source": _("Not a source we know: %(value)s."),
    "open_dose": _("Say how often a week, how hard, or up to which pain."),
    "blame": _("“%(value)s” puts the patient in the wrong. Say what to do instead."),
}


class OwnedForm(ContentForm):
    """What exercises and programs share: their code names them in plans, so an own version keeps its original's."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if self.instance.clinic_id:
            self.fields["code"].disabled = True

    def clean_code(self) -> str:
        code, model = self.cleaned_data["code"], type(self.instance)
        if self.instance.clinic_id or not code:
            return code
        if model.objects.shared().filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another one has this code."), code="unique")
        if code != self.initial.get("code") and model.objects.filter(parent=self.instance.pk or 0).exists():
            raise ValidationError(_("Clinics have their own versions of this, so its code stays as it is."))
        return code


class ExerciseForm(OwnedForm):
    """The editor's form of an exercise."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for name in ("easier", "harder"):
            self.fields[name].queryset = Exercise.objects.shared()
        if "pose" in self.fields:
            self.fields["pose"].widget = PoseWidget()
            self.fields["pose"].error_messages["invalid"] = _(
                "This text is not well-formed: a , or } may be missing."
            )

    def clean_pose(self) -> dict[str, object]:
        """Nothing typed is no pose of its own: then there is the delivered one, if any."""
        pose = self.cleaned_data["pose"] or {}
        if not isinstance(pose, dict):
            raise ValidationError(_("A pose is a set of names with values, in { }."))
        return pose

    def hold_to_the_rules(self, cleaned: Clean) -> None:
        for name in ("easier", "harder"):
            if self.instance.pk and self.instance.pk in {other.pk for other in cleaned.get(name) or ()}:
                self.add_error(name, _("An exercise can't be an easier or harder version of itself."))
        if not self.errors:
            self._hold_to_the_gate(cleaned)

    def _hold_to_the_gate(self, cleaned: Clean) -> None:
        """Numbers of the dose are judged by the model, so they are not said twice."""
        content = exercise_content(cleaned)
        for problem in exercise_problems(key=self.instance.pk, code=cleaned["code"], content=content):
            if problem.code != "dose":
                words = EXERCISE_MESSAGES[problem.code]
                self.add_error(
                    problem.field or None,
                    ValidationError(words, code=problem.code, params={"value": problem.value}),
                )


def exercise_content(cleaned: Clean) -> dict[str, object]:
    """What a version would keep of a filled-in form."""
    parts = {name: cleaned[name] for name in (*EXERCISE_WORDS, "sources", *EXERCISE_LINES)}
    dose = {name: cleaned[name] for name in DOSE_PARTS}
    return {
        **parts,
        **{name: lines(cleaned[name]) for name in EXERCISE_LINES},
        "sources": cleaned["sources"].split(),
        "dose": {**dose, "load_kg": None if dose["load_kg"] is None else float(dose["load_kg"])},
        "easier": sorted(other.code for other in cleaned["easier"]),
        "harder": sorted(other.code for other in cleaned["harder"]),
        "pose": cleaned.get("pose"),
        "medium": cleaned.get("medium"),
    }


class TemplateForm(OwnedForm):
    """The editor's form of a program template."""

    def hold_to_the_rules(self, cleaned: Clean) -> None:
        modules = set(Module.objects.values_list("code", flat=True))
        sources = set(Source.objects.values_list("pk", flat=True))
        self.check_codes(cleaned, "modules", known=modules, message=_("Not a module we have: %(value)s."))
        self.check_codes(cleaned, "sources", known=sources, message=_("Not a source we know: %(value)s."))
        low, high = cleaned.get("weeks_low"), cleaned.get("weeks_high")
        if low and high and low > high:
            self.add_error("weeks_high", _("The longest can't be shorter than the shortest."))
        if not 1 <= (cleaned.get("days_per_week") or 0) <= 7:
            self.add_error("days_per_week", _("A week has 1 to 7 days."))
        if "phases" in cleaned:
            self._check_phases([block.value for block in cleaned["phases"]])

    def _check_phases(self, phases: Sequence[Mapping]) -> None:
        if not phases:
            self.add_error("phases", _("A program needs at least one phase before it can be published."))
        times = Counter(phase["key"] for phase in phases)
        errors = {}
        for index, phase in enumerate(phases):
            found = dict(_phase_errors(phase, is_repeated=times[phase["key"]] > 1))
            if found:
                errors[index] = StructBlockValidationError(block_errors=found)
        if errors:
            self.add_error("phases", at_block(errors))


def _phase_errors(phase: Mapping, *, is_repeated: bool) -> Iterator[tuple[str, ValidationError]]:
    if is_repeated:
        yield "key", ValidationError(_("Another phase has this key."))
    found = {number: list(_item_problems(item)) for number, item in enumerate(phase["items"])}
    broken = {
        number: StructBlockValidationError(non_block_errors=words) for number, words in found.items() if words
    }
    if broken:
        yield "items", ListBlockValidationError(block_errors=broken)
    elif not found:
        yield (
            "items",
            ListBlockValidationError(
                non_block_errors=[ValidationError(_("A phase needs at least one exercise."))]
            ),
        )


def _item_problems(item: Mapping) -> Iterator[ValidationError]:
    if not item["exercise"].live:
        yield ValidationError(_("This exercise is not published."))
    if item["exercise"].clinic_id:
        yield ValidationError(
            _("Please choose the shared exercise. A clinic's own version takes its place there.")
        )
    for problem in Dose.from_mapping(frozen_item(item)["dose"]).problems():
        yield ValidationError(problem)
