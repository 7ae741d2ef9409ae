"""The blocks a program template is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from programs.rules.dose import Side, Unit


def whole(label: object, low: int, high: int, **options: object) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, min_value=low, max_value=high, **options)


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
    advice = blocks.TextBlock(label=_("Advice for this phase"), required=False)
    items = blocks.ListBlock(TemplateItemBlock(), label=_("Exercises"))

    class Meta:
        icon = "calendar"
        label = _("Phase")
