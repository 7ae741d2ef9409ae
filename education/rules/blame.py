"""Words that put a patient in the wrong. One list, for modules and exercises alike."""

import re

BLAMING = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure|ures)?|non-?complian(?:t|ce)|poor compliance|lazy|laziness|bad patient|your (?:own )?fault"
    r"|you (?:should|must) have|missed|cheat(?:s|ed|ing)?|no excuses?|give up|gave up|incorrect(?:ly)?)\b",
    re.IGNORECASE,
)


def blaming_words(text: str) -> list[str]:
    """What of this text blames; empty is as it should be."""
    return [found.group() for found in BLAMING.finditer(text)]
