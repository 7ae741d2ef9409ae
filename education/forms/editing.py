"""What an editor may publish: the gate's problems, each shown at the block that it is about.

A draft may be as unfinished as its editor likes; only asking for a review is held to the gate.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from education import queries, rules
from education.blocks import frozen_stream
from education.embeds import filled
from education.rules import gate

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
    "no_source": _("Say on which source this stands."),
    "no_grade": _("Say how well it is supported."),
    "no_confidence": _("Say how sure we are."),
    "no_review_by": _("Say by when somebody has to look at it again."),
    "past_review_by": _("This day has passed. Look at the sources again, then give a new one."),
    "blame": _("“%(value)s” puts the reader in the wrong. Say what to do instead."),
    "hard_passage": _(
        "This reads at school grade %(value)s. Shorter sentences and shorter words help; at 9 it is not published."
    ),
    "hard_module": _(
        "As a whole this reads at school grade %(value)s; patients need 6 or less. Shorten what is marked, or say below why not."
    ),
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
LISTS = {"sources", "voices", "statements", "does", "helps", "distracts", "points"}
STREAMS = ("sections", "checks", "asks")


class ModuleForm(WagtailAdminModelForm):
    """The editor's form of a module."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.is_deferred_validation and set(STREAMS) <= set(cleaned):
            self._hold_to_the_gate(cleaned)
        return cleaned

    def _hold_to_the_gate(self, cleaned: Mapping[str, object]) -> None:
        found = look_at(cleaned).problems
        for part in ("minutes", *STREAMS):
            of_part = [problem for problem in found if problem.part == part]
            if of_part:
                self.add_error(part, _part_error(of_part))
        for problem in found:
            if not problem.part:
                self.add_error(None, in_words(problem))


def look_at(cleaned: Mapping[str, object]) -> gate.Look:
    """What the gate makes of a filled-in form."""
    return queries.gate_look(
        minutes=cleaned.get("minutes"),
        sections=filled(frozen_stream(cleaned["sections"], kind="kind")),
        checks=frozen_stream(cleaned["checks"]),
        asks=frozen_stream(cleaned["asks"], kind="kind"),
        reason=str(cleaned.get("reading_reason") or ""),
    )


def in_words(problem: rules.Problem) -> ValidationError:
    return ValidationError(MESSAGES[problem.code], code=problem.code, params={"value": problem.value})


def at_block(errors: Mapping[int, ValidationError]) -> StreamBlockValidationError:
    """Errors by the position of their block, so that the editor shows each where it is."""
    return StreamBlockValidationError(block_errors=errors)


def _part_error(found: Sequence[rules.Problem]) -> ValidationError:
    whole = [problem for problem in found if problem.index is None]
    if whole:
        return ValidationError([in_words(problem) for problem in whole])
    indexes = {problem.index for problem in found}
    return at_block({index: _block_error([one for one in found if one.index == index]) for index in indexes})


def _block_error(found: Sequence[rules.Problem]) -> StructBlockValidationError:
    """One block's errors by field. Those of a list are shown above it, those of one answer inside it."""
    errors: dict[str, ValidationError] = {}
    of_block = [problem for problem in found if problem.option is None and _field(problem) != "options"]
    for field, of_field in _by_field(of_block).items():
        words = [in_words(problem) for problem in of_field]
        errors[field] = (
            ListBlockValidationError(non_block_errors=words) if field in LISTS else ValidationError(words)
        )
    of_options = _option_errors([one for one in found if one.option is not None])
    of_question = [in_words(one) for one in found if one.code == "one_right_answer"]
    if of_options or of_question:
        errors["options"] = ListBlockValidationError(block_errors=of_options, non_block_errors=of_question)
    return StructBlockValidationError(block_errors=errors)


def _option_errors(found: Sequence[rules.Problem]) -> dict[int, StructBlockValidationError]:
    options: dict[int, list[rules.Problem]] = {}
    for problem in found:
        options.setdefault(problem.option or 0, []).append(problem)
    return {
        number: StructBlockValidationError(
            block_errors={
                field: ValidationError([in_words(one) for one in of_field])
                for field, of_field in _by_field(of_option).items()
            }
        )
        for number, of_option in options.items()
    }


def _by_field(found: Iterable[rules.Problem]) -> dict[str, list[rules.Problem]]:
    fields: dict[str, list[rules.Problem]] = {}
    for problem in found:
        fields.setdefault(_field(problem), []).append(problem)
    return fields


def _field(problem: rules.Problem) -> str:
    return problem.value if problem.code == "empty" else problem.field or FIELDS[problem.code]
