"""A module on paper: which template prints a kind of part, and drawings that nothing leads out of."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from education import anatomy
from education.rules.parts import SECTIONS

register = template.Library()
OTHER = "education/handout/other.html"


@register.filter
def on_paper(kind: str) -> str:
    """Versions outlive the kinds that editors may choose from: one we no longer know is printed by its words."""
    return f"education/handout/{kind}.html" if kind in SECTIONS else OTHER


@register.simple_tag
def standing_still(view: str, focus: str) -> SafeString:
    """The drawing as it is without taking off layers, which paper cannot."""
    seen = "muscles" if view == "layers" else view
    return mark_safe(anatomy.picture(seen, address="#{}", focus=focus).svg)  # noqa: S308 - drawn by us
