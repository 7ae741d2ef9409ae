"""The typed blocks an editor builds a module from, and the way between a block's value and a plain part.

The kinds and names are those of `education.rules.parts`; the frozen sections and their templates use them too.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from education.rules import Confidence, Grade
from education.rules.parts import CLAIM
from education.rules.stances import TOPICS

GRADES = [
    (Grade.SUPPORTED.value, _("Supported: studies agree")),
    (Grade.MIXED.value, _("Mixed: few, small or conflicting studies")),
    (Grade.CLINIC_VIEW.value, _("Clinic view: experience or opinion")),
]
CONFIDENCES = [
    (Confidence.HIGH.value, _("High")),
    (Confidence.MEDIUM.value, _("Medium")),
    (Confidence.LOW.value, _("Low")),
]


class CodesBlock(blocks.CharBlock):
    """Codes in one line, such as “S0-1 S2-7”: a list in a part, one field for the editor."""


def frozen(block: blocks.Block, value: Any) -> Any:
    """A block's value as dicts, lists and text only, ready to be kept as JSON."""
    if isinstance(block, blocks.StructBlock):
        return {name: frozen(child, value.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [frozen(block.child_block, one) for one in value]
    if isinstance(block, CodesBlock):
        return (value or "").split()
    if isinstance(block, blocks.BooleanBlock):
        return bool(value)
    if isinstance(block, SnippetChooserBlock):
        return value.pk if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return value or ""


def written(block: blocks.Block, part: Any) -> Any:
    """The other way: what a stream field takes for this plain value."""
    if isinstance(block, blocks.StructBlock):
        return {name: written(child, part[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [written(block.child_block, one) for one in part]
    if isinstance(block, CodesBlock):
        return " ".join(part)
    if isinstance(block, blocks.DateBlock):
        return date.fromisoformat(part) if part else None
    if isinstance(block, SnippetChooserBlock):
        return block.target_model.objects.filter(pk=part).first() if part else None
    return part


def frozen_stream(stream: Iterable[Any], *, kind: str = "") -> list[dict[str, Any]]:
    """The blocks of a stream, plain; `kind` names the entry that keeps each block's type."""
    return [({kind: one.block_type} if kind else {}) | frozen(one.block, one.value) for one in stream]


def written_stream(
    kinds: Iterable[tuple[str, blocks.Block]], parts: Iterable[Mapping[str, Any]], *, kind: str = "kind"
) -> list[tuple[str, Any]]:
    """Plain parts as a stream field takes them. Tuples, not JSON: a list inside raw JSON needs an id per
    entry, else its values are silently wrong."""
    known = dict(kinds)
    only = next(iter(known))
    return [(part.get(kind, only), written(known[part.get(kind, only)], part)) for part in parts]


def key_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Key"),
        help_text=_("Short and stable, for example f1. Answers and questions point at it."),
        max_length=40,
    )


def seeds_block() -> CodesBlock:
    return CodesBlock(
        label=_("Rows of the source articles"),
        help_text=_("What this carries, for example: S0-2 S2-7"),
        required=False,
        max_length=200,
    )


def long_text(label: object, **options: Any) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, rows=3, **options)


def short_texts(label: object) -> blocks.ListBlock:
    return blocks.ListBlock(blocks.CharBlock(max_length=200), label=label, min_num=1, max_num=6)


class PartBlock(blocks.StructBlock):
    """A block whose words come first, then the evidence, with what few editors need folded away."""

    def get_form_layout(self) -> blocks.BlockGroup:
        names = [name for name in self.child_blocks if name != "seeds"]
        evidence = [name for name in CLAIM if name in names]
        words: list[str | blocks.BlockGroup] = [name for name in names if name not in CLAIM]
        if evidence:
            words.append(blocks.BlockGroup(evidence, heading=_("Evidence")))
        return blocks.BlockGroup(words, settings=["seeds"])


class ClaimBlock(PartBlock):
    """What every block that states something about the world has besides its words."""

    sources = blocks.ListBlock(blocks.CharBlock(max_length=20), label=_("Source keys"), default=[])
    grade = blocks.ChoiceBlock(choices=GRADES, label=_("How well it is supported"), required=False)
    confidence = blocks.ChoiceBlock(choices=CONFIDENCES, label=_("Confidence in the fact"), required=False)
    review_by = blocks.DateBlock(label=_("Look at it again by"), required=False)


class TextBlock(PartBlock):
    key = key_block()
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=80)
    text = long_text(_("Text for patients"))
    seeds = seeds_block()

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class FactBlock(ClaimBlock):
    key = key_block()
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=80)
    text = long_text(_("Text for patients"))
    seeds = seeds_block()

    class Meta:
        icon = "doc-full"
        label = _("Fact")


class NoteBlock(PartBlock):
    """A key point, or what to do today."""

    key = key_block()
    text = long_text(_("Text for patients"))
    seeds = seeds_block()


class StatementBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What people say"), max_length=200)
    is_fact = blocks.BooleanBlock(label=_("This is a fact"), required=False)
    because = long_text(_("Why"))


class SorterBlock(ClaimBlock):
    key = key_block()
    prompt = blocks.CharBlock(label=_("What to do"), max_length=200)
    statements = blocks.ListBlock(StatementBlock(), label=_("Statements"), min_num=2, max_num=6)
    seeds = seeds_block()

    class Meta:
        icon = "list-ul"
        label = _("Myth or fact sorter")


class MythFactBlock(ClaimBlock):
    key = key_block()
    myth = long_text(_("Myth"))
    fact = long_text(_("Fact"))
    seeds = seeds_block()

    class Meta:
        icon = "help"
        label = _("Myth and fact")


class PictureBlock(PartBlock):
    key = key_block()
    medium = SnippetChooserBlock("education.Medium", label=_("Photo or video"), required=False)
    alt = blocks.CharBlock(
        label=_("What it shows"),
        help_text=_("Only if it should say something else here than the photo or video does itself."),
        required=False,
        max_length=300,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    seeds = seeds_block()

    class Meta:
        icon = "image"
        label = _("Photo or video")


class AnatomyBlock(PartBlock):
    key = key_block()
    view = blocks.ChoiceBlock(
        choices=[("layers", _("Layers")), ("muscles", _("Muscles, named")), ("chain", _("Chain of events"))],
        label=_("Drawing"),
    )
    focus = blocks.CharBlock(label=_("Part to point out"), required=False, max_length=40)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    seeds = seeds_block()

    class Meta:
        icon = "user"
        label = _("Anatomy drawing")


class ExerciseBlock(PartBlock):
    key = key_block()
    exercise = blocks.CharBlock(label=_("Code of the exercise"), max_length=20)
    text = long_text(_("Why it is shown here"))
    seeds = seeds_block()

    class Meta:
        icon = "group"
        label = _("Exercise")


class ToolCardBlock(ClaimBlock):
    key = key_block()
    tool = blocks.CharBlock(label=_("Tool"), max_length=60)
    does = short_texts(_("What it does"))
    helps = short_texts(_("When it helps"))
    distracts = short_texts(_("When it distracts"))
    seeds = seeds_block()

    class Meta:
        icon = "table"
        label = _("Tool card")


def topics() -> list[tuple[str, str]]:
    return [(topic.key, topic.title) for topic in TOPICS.values()]


def choices() -> list[tuple[str, str]]:
    return [
        (choice.key, f"{topic.title}: {choice.says}") for topic in TOPICS.values() for choice in topic.choices
    ]


class VoiceBlock(blocks.StructBlock):
    choice = blocks.ChoiceBlock(choices=choices, label=_("Where the clinic says"))
    text = long_text(_("Text for its patients"))


class StanceBlock(ClaimBlock):
    key = key_block()
    topic = blocks.ChoiceBlock(choices=topics, label=_("Topic"))
    text = long_text(_("What every clinic says"), required=False)
    voices = blocks.ListBlock(VoiceBlock(), label=_("One voice for each stance"), min_num=2, max_num=4)
    seeds = seeds_block()

    class Meta:
        icon = "comment"
        label = _("Where clinics differ")


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


class BeliefBlock(PartBlock):
    """Asked before reading, after it, and 14 days later, from 0 to 10."""

    key = key_block()
    statement = blocks.CharBlock(label=_("Statement to agree with"), max_length=200)
    low = blocks.CharBlock(label=_("What 0 means"), max_length=40)
    high = blocks.CharBlock(label=_("What 10 means"), max_length=40)
    points = blocks.ChoiceBlock(
        choices=[("down", _("Towards 0")), ("up", _("Towards 10"))], label=_("Where the evidence points")
    )
    seeds = seeds_block()

    class Meta:
        icon = "order"
        label = _("Belief, from 0 to 10")


class TeachBackBlock(PartBlock):
    key = key_block()
    prompt = blocks.CharBlock(label=_("What to tell whom"), max_length=300)
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("What a good answer mentions (for the clinician)"),
        default=[],
    )
    seeds = seeds_block()

    class Meta:
        icon = "edit"
        label = _("In your own words")


MODULE_BLOCKS = [
    ("fact", FactBlock()),
    ("text", TextBlock()),
    ("key_point", NoteBlock(label=_("Key point"), icon="pick")),
    ("today", NoteBlock(label=_("What to do today"), icon="date")),
    ("sorter", SorterBlock()),
    ("tool_card", ToolCardBlock()),
    ("picture", PictureBlock()),
    ("anatomy", AnatomyBlock()),
    ("exercise", ExerciseBlock()),
    ("stance", StanceBlock()),
    ("myth_fact", MythFactBlock()),
]
CHECK_BLOCKS = [("check", CheckBlock())]
ASK_BLOCKS = [("belief", BeliefBlock()), ("teach_back", TeachBackBlock())]
