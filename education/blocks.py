"""The typed blocks a module is made of. The `kind` names match the frozen sections and their templates."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


def plain(value: object) -> object:
    """A block's value as dicts, lists and text only, ready to be frozen as JSON."""
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value


def frozen_stream(stream: Iterable[Any], *, kind: str = "") -> list[dict[str, Any]]:
    """The blocks of a stream, plain; `kind` names the entry that keeps each block's type."""
    return [({kind: block.block_type} if kind else {}) | plain(block.value) for block in stream]


class FactBlock(blocks.StructBlock):
    key = blocks.CharBlock(
        label=_("Key"),
        help_text=_("Short and stable, for example f1. Check answers point at it."),
        max_length=40,
    )
    text = blocks.TextBlock(label=_("Text for patients"))
    sources = blocks.ListBlock(blocks.CharBlock(max_length=20), label=_("Source keys"), default=[])
    confidence = blocks.ChoiceBlock(
        choices=[("high", _("High")), ("medium", _("Medium")), ("low", _("Low"))],
        label=_("Confidence in the fact"),
    )

    class Meta:
        icon = "doc-full"
        label = _("Fact")


class MythFactBlock(blocks.StructBlock):
    key = blocks.CharBlock(label=_("Key"), max_length=40)
    myth = blocks.TextBlock(label=_("Myth"))
    fact = blocks.TextBlock(label=_("Fact"))

    class Meta:
        icon = "help"
        label = _("Myth and fact")


class TextBlock(blocks.StructBlock):
    key = blocks.CharBlock(label=_("Key"), max_length=40)
    text = blocks.TextBlock(label=_("Text for patients"))

    class Meta:
        icon = "pilcrow"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=200)
    right = blocks.BooleanBlock(label=_("This is the right answer"), required=False)
    explanation = blocks.TextBlock(label=_("Explanation shown after choosing it"))
    misconception = blocks.CharBlock(label=_("Misconception it shows"), required=False, max_length=60)
    passage = blocks.CharBlock(label=_("Key of the section to look at again"), required=False, max_length=40)


class CheckBlock(blocks.StructBlock):
    key = blocks.CharBlock(label=_("Key"), max_length=40)
    question = blocks.CharBlock(label=_("Question"), max_length=300)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=5)

    class Meta:
        icon = "tick-inverse"
        label = _("Check question")


MODULE_BLOCKS = [
    ("fact", FactBlock()),
    ("text", TextBlock(label=_("Text"))),
    ("key_point", TextBlock(label=_("Key point"), icon="pick")),
    ("today", TextBlock(label=_("What to do today"), icon="date")),
    ("myth_fact", MythFactBlock()),
]
