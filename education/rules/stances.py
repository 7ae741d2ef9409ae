"""Where the sources disagree a clinic takes a stance, so that its patients hear one voice.

The choices are those that the literature leaves open; what it rules out is no choice. The first one is what we say
when a clinic has said nothing. Source: docs/decisions/0014-one-voice.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Part = Mapping[str, Any]


class UnknownStance(ValueError):
    """There is no such topic, or it has no such choice."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing a clinic may say. `says` is for staff; what patients read stands in the modules."""

    key: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A question on which the sources disagree. `evidence` is the same for every clinic."""

    key: str
    title: str
    evidence: str
    choices: tuple[Choice, ...]

    @property
    def default(self) -> str:
        return self.choices[0].key


def _topic(key: str, title: str, evidence: str, **choices: str) -> Topic:
    return Topic(
        key=key,
        title=title,
        evidence=evidence,
        choices=tuple(Choice(key=name, says=says) for name, says in choices.items()),
    )


TOPICS: Mapping[str, Topic] = {
    topic.key: topic
    for topic in (
        _topic(
            "rolling",
            "Rolling the outer thigh",
            "One trial with 30 people found no change in the stiffness of the band. Small, short gains in range; a "
            "small effect on soreness. No trial of rolling for ITB pain.",
            off="Leave it out; roll the buttock and the front of the thigh if you like.",
            brief="A short roll before activity is fine, never on the sore spot at the knee.",
        ),
        _topic(
            "lasting",
            "Whether the effects of rolling last",
            "Weeks of rolling raised range in healthy hamstrings and quadriceps; other reviews conflict. Nothing "
            "shows a longer band.",
            feel_only="It changes how things feel for a while; it does not change the band.",
            some_range="Weeks of it may add some range in muscles; it does not change the band.",
        ),
        _topic(
            "cause",
            "Why the outer knee hurts",
            "Compression of a sensitive fat pad is now the favored account; friction is still named, and the debate is open.",
            pressing="Soft tissue under the band is pressed.",
            both="You may hear rubbing or pressing; the plan is the same.",
        ),
        _topic(
            "hips",
            "What hip strengthening can do",
            "Promising but small studies: one trial of 24 found no difference between three plans; stronger hips "
            "alone do not change how people run.",
            best_bet="The best current bet; we follow your own result.",
            one_part="One part of the plan, beside load and running form.",
        ),
        _topic(
            "hands_on",
            "Trigger points, fascia lines and hands-on care",
            "Trigger-point theory and the lateral line are contested; hands-on care may ease symptoms for a while.",
            leave_out="We leave it out of the teaching.",
            clinic_view="We offer it, and label the explanation as our own view.",
        ),
        _topic(
            "sitting",
            "Crossed legs and long drives",
            "Taught for gluteal tendon pain; no study of ITB pain was found.",
            ask_log="A question for the patient’s own log.",
            go_easy="Go easy on them while it is sore, and see what the log says.",
        ),
        _topic(
            "hills",
            "Hills",
            "Running downhill strains the band more in a model; up and down were not compared in people with pain.",
            apart="Up and down are different: log them apart.",
            down_last="Bring downhill back last.",
        ),
    )
}


def defaults() -> dict[str, str]:
    return {key: topic.default for key, topic in TOPICS.items()}


def checked(*, topic: str, choice: str) -> Choice:
    """The choice of that topic. Raises UnknownStance."""
    for one in TOPICS[topic].choices if topic in TOPICS else ():
        if one.key == choice:
            return one
    raise UnknownStance(f"{topic}: {choice}")


def voiced(part: Part, stances: Mapping[str, str]) -> Part:
    """A stance part with the one voice this clinic's patients hear as `voice`; any other part as it is.

    `others` are the words of clinics that say otherwise and `evidence` is the same for all: the evidence panel hides
    neither. A choice for which the editors wrote nothing falls back to the default's words: silence would be no voice.
    """
    if part["kind"] != "stance":
        return part
    voices = {voice["choice"]: voice["text"] for voice in part["voices"]}
    topic = TOPICS.get(part["topic"])
    default = topic.default if topic else next(iter(voices), "")
    chosen = stances.get(part["topic"], default)
    spoken = chosen if voices.get(chosen) else default
    return {
        **part,
        "voice": voices.get(spoken, ""),
        "others": [text for choice, text in voices.items() if choice != spoken],
        "evidence": topic.evidence if topic else "",
    }
