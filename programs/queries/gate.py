"""What stands between an exercise and its publication, with what only the database and the figures know."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from education.models import Source
from programs.figures import BadPose, picture, pose_of
from programs.figures.faults import faults
from programs.models import Exercise
from programs.rules import publishing


def exercise_problems(*, key: int | None, code: str, content: Mapping[str, Any]) -> list[publishing.Problem]:
    """Why this content can't be the next version of the exercise with this key; two queries."""
    return publishing.problems(
        content,
        has_picture=bool(content.get("medium") or pose_of(content, code)),
        pose_faults=faults(pose_of(content, code)),
        known_sources=Source.objects.values_list("pk", flat=True),
        is_in_circle=code in publishing.circles(_harder_links(key, code, content["harder"])),
    )


def _harder_links(key: int | None, code: str, harder: list[str]) -> dict[str, list[str]]:
    """Who leads on to whom in the shared library, with this exercise's own links as they are about to be."""
    links: dict[str, list[str]] = defaultdict(list)
    pairs = Exercise.harder.through.objects.filter(from_exercise__clinic__isnull=True).values_list(
        "from_exercise_id", "from_exercise__code", "to_exercise__code"
    )
    for its_key, its_code, other in pairs:
        if its_key != key:
            links[its_code].append(other)
    return links | {code: harder}


def drawn(pose: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The picture of a pose, empty when there is none, and its faults in plain words."""
    try:
        return picture(pose) or "", faults(pose)
    except BadPose:
        return "", faults(pose)
