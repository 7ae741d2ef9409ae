"""Each pair of colors that pages set on one another can be read, in light and in dark (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "static" / "site.css").read_text()
SURFACES = ("paper", "surface", "sunken")
KINDS = ("ok", "warn", "bad", "info")
TEXT = {
    "ink": (*SURFACES, "pine-soft", "accent-soft", *(f"{kind}-soft" for kind in KINDS)),
    "ink-soft": (*SURFACES, "pine-soft"),
    "pine": (*SURFACES, "pine-soft"),
    "accent": (*SURFACES, "accent-soft"),
    "on-pine": ("pine", "pine-strong"),
    "on-accent": ("accent", "accent-strong"),
    "on-hero": ("hero",),
    "hero-soft": ("hero",),
    "on-hero-accent": ("hero-accent", "on-hero"),
    **{kind: (*SURFACES, f"{kind}-soft") for kind in KINDS},
}
PARTS = {
    "line-strong": (*SURFACES, "pine-soft"),
    "focus": (*SURFACES, "pine-soft", "accent-soft"),
    "hero-accent": ("hero",),
}
PAIRS = [(ink, under, 4.5) for ink, unders in TEXT.items() for under in unders]
PAIRS += [(ink, under, 3.0) for ink, unders in PARTS.items() for under in unders]


def schemes() -> dict[str, dict[str, str]]:
    """The tokens of both schemes; dark inherits what it does not set."""
    blocks = re.findall(r":root \{([^}]+)\}", CSS)[:2]
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in blocks)
    return {"light": light, "dark": light | dark}


def linear(channel: float) -> float:
    """The standard's own numbers: nearly straight in the darkest part, a power above it."""
    darkest_part = 0.04045
    return channel / 12.92 if channel <= darkest_part else ((channel + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    red, green, blue = (linear(int(color[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "under", "least"), PAIRS)
def test_each_color_can_be_read_on_what_it_is_put_on(scheme: str, ink: str, under: str, least: float) -> None:
    tokens = schemes()[scheme]

    assert contrast(tokens[ink], tokens[under]) >= least


def test_colors_come_from_the_tokens_only() -> None:
    rules = CSS.split("@layer base {", 1)[1].split("@media print", 1)[0]

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == ["#fff"]  # behind the square code that a camera reads


def test_the_formula_is_the_one_of_the_standard() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
