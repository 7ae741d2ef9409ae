"""The pose of an exercise's picture, edited with sliders beside the picture; its text stays the one truth."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.figures.limits import LIMITS

SIDES = (("right", _("Right")), ("left", _("Left")))
LEG = (
    ("hip", _("hip: bend forward"), LIMITS["hip flexion"]),
    ("out", _("hip: out to the side"), LIMITS["hip abduction"]),
    ("rotation", _("hip: turn outward"), LIMITS["hip rotation"]),
    ("knee", _("knee: bend"), LIMITS["knee flexion"]),
    ("ankle", _("ankle: toes up"), LIMITS["ankle flexion"]),
)
ARM = (
    ("shoulder", _("shoulder: raise forward"), (-60, 180)),
    ("out", _("shoulder: out to the side"), LIMITS["shoulder abduction"]),
    ("rotation", _("shoulder: turn inward"), (-90, 90)),
    ("elbow", _("elbow: bend"), LIMITS["elbow flexion"]),
)
WHOLE = (
    ("pitch", _("lean forward"), (-180, 180)),
    ("roll", _("lean to the right"), (-180, 180)),
    ("turn", _("turn to the right"), (-180, 180)),
    ("x", _("forward (cm)"), (-120, 120)),
    ("height", _("hips above the floor (cm)"), (0, 130)),
    ("z", _("to the right (cm)"), (-90, 90)),
)
SPINE = (_("bend forward"), _("bend to the right"), _("turn to the right"))
PLACE = (_("forward (cm)"), _("up (cm)"), _("to the right (cm)"))


def slider(path: list[object], label: object, span: tuple[float, float]) -> dict[str, object]:
    return {"path": path, "label": str(label), "low": span[0], "high": span[1]}


def sliders() -> list[dict[str, object]]:
    """The groups of what can be moved in a frame, with names and limits. `reach` is where a hand or foot is held."""
    spans = {"spine": ("flexion", "bend", "turn"), "neck": ("flexion", "bend", "turn")}
    groups = [
        {"name": str(_("Whole body")), "sliders": [slider([key], label, span) for key, label, span in WHOLE]}
    ]
    for part, name in (("spine", _("Back")), ("neck", _("Neck"))):
        ways = zip(SPINE, spans[part], strict=True)
        rows = [slider([part, n], label, LIMITS[f"{part} {way}"]) for n, (label, way) in enumerate(ways)]
        groups.append({"name": str(name), "sliders": rows})
    for limb, joints, hold, name in (("leg", LEG, "foot", _("leg")), ("arm", ARM, "wrist", _("arm"))):
        for side, word in SIDES:
            key = f"{side}_{limb}"
            held = [slider([key, hold, n], label, (-130, 180)) for n, label in enumerate(PLACE)]
            rows = [slider([key, joint], label, span) for joint, label, span in joints]
            groups.append({"name": f"{word} {name}", "sliders": rows, "reach": [key, hold], "held": held})
    return groups


class PoseWidget(forms.Textarea):
    """The text of the pose; a script puts sliders and the picture above it."""

    template_name = "programs/desk/pose.html"

    class Media:
        js = ("pose.js",)
        css = {"all": ("pose.css",)}

    def format_value(self, value: Any) -> str:
        try:
            said = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return value
        return json.dumps(said, indent=1, ensure_ascii=False) if said else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "rows": 14, "spellcheck": "false"})
        words = {"frame": str(_("Picture")), "start": str(_("Start with a standing figure"))}
        context["editor"] = {"groups": sliders(), "words": words, "preview": reverse("pose_preview")}
        context["editor_id"] = f"{context['widget']['attrs'].get('id', name)}-editor"
        return context


class PosePreview(forms.Form):
    """What the script sends while somebody moves a slider."""

    pose = forms.JSONField(
        error_messages={"invalid": _("This text is not well-formed: a , or } may be missing.")},
    )

    def clean_pose(self) -> dict[str, Any]:
        pose = self.cleaned_data["pose"]
        if not isinstance(pose, dict):
            raise ValidationError(_("A pose is a set of names with values, in { }."))
        return pose
