"""The drawn picture of an exercise, in templates."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from programs.figures import picture

register = template.Library()


@register.filter
def figure(code: str) -> SafeString:
    """SVG for an exercise code, kept in memory once drawn; empty when there is none."""
    return mark_safe(picture(code) or "")  # noqa: S308 - drawn by us from our own files, words escaped
