"""Drawn pictures in templates: an exercise, and the muscles as a way to exercises."""

import logging
from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from education import anatomy
from programs.figures import BadPose, picture, pose_of

logger = logging.getLogger(__name__)
register = template.Library()


@register.simple_tag
def figure(content: Mapping[str, Any], code: str) -> SafeString:
    """SVG of an exercise's content, kept in memory once drawn; empty when there is none."""
    try:
        return mark_safe(picture(pose_of(content, code)) or "")  # noqa: S308 - drawn by us from numbers, words escaped
    except BadPose:
        logger.exception("the picture of %s can't be drawn", code)
        return SafeString()


@register.simple_tag
def motion(version: Any) -> str:
    """Where the movement of a frozen exercise version is drawn; empty when its frames are not one movement."""
    if not version or version.content.get("medium"):
        return ""
    moves = pose_of(version.content, version.code).get("moves", True)
    return reverse("exercise_motion", args=[version.pk]) if moves else ""


@register.simple_tag
def muscle_map(key: str) -> SafeString:
    """The muscles with one pointed out, each a link to the patient's own exercises for it."""
    address = reverse("muscle", args=["key"]).replace("/key/", "/{}/")
    return mark_safe(anatomy.picture("muscles", address=address, focus=key).svg)  # noqa: S308 - drawn by us
