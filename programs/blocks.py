"""The blocks a program template is made of."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from programs.rules.dose import Dose, Side, Unit


def whole(label: object, low: int, high: int, **options: object) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, min_value=low, max_value=high, **options)


DOSE_PARTS = tuple(field.name for field in fields(Dose))


def frozen_phase(phase: Mapping[str, Any]) -> dict[str, object]:
    """A phase as a template version keeps it."""
    return {
        "key": phase["key"],
        "name": phase["name"],
        "when": phase["when"] or "",
        "advice": phase["advice"] or "",
        "hint": phase["hint"] or "",
        "optional": (phase["optional"] or "").split(),
        "items": [frozen_item(item) for item in phase["items"]],
    }


def frozen_item(item: Mapping[str, Any]) -> dict[str, object]:
    """The exercise's usual dose, with whatever the template says instead."""
    dose = Dose.from_mapping({**item["exercise"].dose.as_mapping(), **said(item)}).as_mapping()
    return {"exercise": item["exercise"].code, "dose": dose, "text": item["text"] or ""}


def said(item: Mapping[str, Any]) -> dict[str, object]:
    """The parts of the dose that the template says itself."""
    return {name: item[name] for name in DOSE_PARTS if item.get(name) not in (None, "")}


class TemplateItemBlock(blocks.StructBlock):
    """One dosed exercise of a phase. Empty dose fields fall back to the exercise's usual dose."""

    exercise = SnippetChooserBlock("programs.Exercise", label=_("Exercise"))
    sets_low = whole(_("Sets"), 1, 10, required=False)
    sets_high = whole(_("Sets, at most"), 1, 10, required=False)
    amount_low = whole(_("Amount per set"), 1, 600, required=False)
    amount_high = whole(_("Amount per set, at most"), 1, 600, required=False)
    unit = blocks.ChoiceBlock(
        choices=[(u.value, u.value) for u in Unit], label=_("Counted in"), required=False
    )
    side = blocks.ChoiceBlock(
        choices=[(s.value, s.value.replace("_", " ")) for s in Side], label=_("Side"), required=False
    )
    days_per_week_low = whole(_("Days a week"), 1, 7, required=False)
    days_per_week_high = whole(_("Days a week, at most"), 1, 7, required=False)
    effort_low = whole(_("Effort (0–10)"), 0, 10, required=False)
    effort_high = whole(_("Effort (0–10), at most"), 0, 10, required=False)
    load_note = blocks.CharBlock(label=_("Load in words"), required=False, max_length=120)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)
    text = blocks.CharBlock(label=_("Dose in words"), required=False, max_length=200)

    class Meta:
        icon = "list-ol"
        label = _("Exercise")


class PhaseBlock(blocks.StructBlock):
    key = blocks.CharBlock(label=_("Key"), max_length=10)
    name = blocks.CharBlock(label=_("Name"), max_length=80)
    when = blocks.CharBlock(label=_("When, in words"), required=False, max_length=80)
    advice = blocks.TextBlock(label=_("Advice for the patient in this phase"), required=False)
    hint = blocks.TextBlock(label=_("Hint for the clinician"), required=False)
    optional = blocks.CharBlock(
        label=_("Optional exercises"),
        help_text=_("Codes that a clinician may add or swap in, for example: ROLL_QUAD ROLL_HIP"),
        required=False,
        max_length=200,
    )
    items = blocks.ListBlock(TemplateItemBlock(), label=_("Exercises"))

    class Meta:
        icon = "calendar"
        label = _("Phase")
