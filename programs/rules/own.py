"""How an own version and its original went apart: part by part, what it said then, what it says now, and what ours says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Content = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One part in which the three are not the same, each as text."""

    part: str
    then: str
    now: str
    ours: str

    @property
    def has_moved(self) -> bool:
        """Whether the original changed this part since somebody looked."""
        return self.then != self.now

    @property
    def is_ours(self) -> bool:
        """Whether this clinic says something else than the original does now."""
        return self.ours != self.now


def differences(*, then: Content, now: Content, ours: Content) -> list[Difference]:
    """The parts that differ, those that moved in the original first."""
    parts = {name: None for content in (then, now, ours) for name in content}
    found = [
        Difference(part=name, then=in_words(then.get(name)), now=in_words(now.get(name)), ours=in_words(ours.get(name)))
        for name in parts
    ]  # fmt: skip
    return sorted((one for one in found if one.has_moved or one.is_ours), key=lambda one: not one.has_moved)


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """The texts as one, in pieces: ("same", …), ("gone", …) and ("new", …)."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    pieces: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(old[a:b])))
        else:
            pieces += [
                (kind, text)
                for kind, text in (("gone", "".join(old[a:b])), ("new", "".join(new[c:d])))
                if text
            ]
    return pieces


def in_words(value: Any) -> str:
    """Any part of a frozen version as lines that can be compared."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        said = ((name, in_words(part)) for name, part in sorted(value.items()))
        return "\n".join(f"{name.replace('_', ' ')}: {words}" for name, words in said if words)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(in_words(part) for part in value)
    return str(value)
