"""What an editor may publish: the rules' problems, each shown at the block that it is about.

A draft may be as unfinished as its editor likes; only publishing, or asking for a review, is held to the rules.
"""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from education import rules
from education.blocks import frozen_stream
from education.embeds import filled
from education.models import Source

MESSAGES = {
    "minutes": _("Minutes must be from 1 to 30."),
    "no_sections": _("A module needs at least one section before it can be published."),
    "repeated_key": _("The key “%(value)s” is used more than once. Each key must be unique."),
    "unusable_key": _("A key may only have letters a–z, digits, - and _."),
    "unknown_source": _("“%(value)s” is not a source we know."),
    "one_right_answer": _("Mark exactly one answer as right."),
    "unknown_passage": _("No section has the key “%(value)s”."),
    "unknown_exercise": _("No published exercise has the code “%(value)s”."),
    "unknown_topic": _("“%(value)s” is not a topic on which clinics differ."),
    "no_voice": _("Say something for the choice “%(value)s” too."),
    "empty": _("Please fill this in before it is published."),
}
FIELDS = {
    "repeated_key": "key",
    "unusable_key": "key",
    "unknown_source": "sources",
    "one_right_answer": "options",
    "unknown_passage": "passage",
    "unknown_exercise": "exercise",
    "unknown_topic": "topic",
    "no_voice": "voices",
}
LISTS = {"sources", "voices", "statements", "does", "helps", "distracts"}


class ModuleForm(WagtailAdminModelForm):
    """The editor's form of a module."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.is_deferred_validation and {"sections", "checks", "asks"} <= set(cleaned):
            self._hold_to_the_rules(cleaned)
        return cleaned

    def _hold_to_the_rules(self, cleaned: Mapping[str, object]) -> None:
        found = rules.problems(
            minutes=cleaned.get("minutes"),
            sections=filled(frozen_stream(cleaned["sections"], kind="kind")),
            checks=frozen_stream(cleaned["checks"]),
            asks=frozen_stream(cleaned["asks"], kind="kind"),
            known_sources=Source.objects.values_list("pk", flat=True),
        )
        for part in ("minutes", "sections", "checks", "asks"):
            of_part = [problem for problem in found if problem.part == part]
            if of_part:
                self.add_error(part, _part_error(of_part))


def at_block(errors: Mapping[int, ValidationError]) -> StreamBlockValidationError:
    """Errors by the position of their block, so that the editor shows each where it is."""
    return StreamBlockValidationError(block_errors=errors)


def _part_error(found: Sequence[rules.Problem]) -> ValidationError:
    whole = [problem for problem in found if problem.index is None]
    if whole:
        return ValidationError([_words(problem) for problem in whole])
    indexes = {problem.index for problem in found}
    return at_block({index: _block_error([one for one in found if one.index == index]) for index in indexes})


def _block_error(found: Sequence[rules.Problem]) -> StructBlockValidationError:
    """One block's errors by field. Those of a list are shown above it, those of one answer inside it."""
    errors: dict[str, ValidationError] = {}
    for problem in found:
        field = problem.value if problem.code == "empty" else FIELDS[problem.code]
        if problem.option is not None or field == "options":
            continue
        words = _words(problem)
        errors[field] = ListBlockValidationError(non_block_errors=[words]) if field in LISTS else words
    of_options = {one.option: _field_error(one) for one in found if one.option is not None}
    of_question = [_words(one) for one in found if one.code == "one_right_answer"]
    if of_options or of_question:
        errors["options"] = ListBlockValidationError(block_errors=of_options, non_block_errors=of_question)
    return StructBlockValidationError(block_errors=errors)


def _field_error(problem: rules.Problem) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={FIELDS[problem.code]: _words(problem)})


def _words(problem: rules.Problem) -> ValidationError:
    return ValidationError(MESSAGES[problem.code], code=problem.code, params={"value": problem.value})
