"""The hip and thigh in templates: a drawing with its parts, or the chain of steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from education import anatomy
from education.content import Source, load_sources

register = template.Library()
sources_of_files = cache(load_sources)


@dataclass(frozen=True)
class Drawn:
    """What components/anatomy.html takes. `is_own` when a patient looks, whose own exercises it may lead to."""

    name: str
    svg: SafeString
    picture: anatomy.Picture
    is_own: bool


@register.simple_tag(takes_context=True)
def drawn(context: Context, view: str, *, name: str, focus: str = "") -> Drawn:
    """A drawing whose parts lead to their words on the same page, at `#<name>-<part>`."""
    picture = anatomy.picture(view, focus=focus, address=f"#{name}-{{}}")
    is_own = hasattr(getattr(context, "request", None), "patient")
    return Drawn(name, mark_safe(picture.svg), picture, is_own)  # noqa: S308 - drawn by us, words escaped


@register.simple_tag
def chain() -> anatomy.Chain:
    return anatomy.chain()


@register.filter
def as_sources(keys: Iterable[str]) -> Sequence[Source]:
    """Where a drawing's words come from, out of the files that come with the program; no query."""
    return [sources_of_files()[key] for key in keys]
