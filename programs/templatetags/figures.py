"""Drawn pictures in templates: an exercise, and the muscles as a way to exercises."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from education import anatomy
from programs.figures import picture

register = template.Library()


@register.filter
def figure(code: str) -> SafeString:
    """SVG for an exercise code, kept in memory once drawn; empty when there is none."""
    return mark_safe(picture(code) or "")  # noqa: S308 - drawn by us from our own files, words escaped


@register.simple_tag
def muscle_map(key: str) -> SafeString:
    """The muscles with one pointed out, each a link to the patient's own exercises for it."""
    address = reverse("muscle", args=["key"]).replace("/key/", "/{}/")
    return mark_safe(anatomy.picture("muscles", address=address, focus=key).svg)  # noqa: S308 - drawn by us
