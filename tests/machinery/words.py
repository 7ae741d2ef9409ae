"""What no mail may say: a reader over somebody's shoulder must not learn that, or why, they are treated."""

import re
from email.message import EmailMessage
from functools import cache

from education.content import load_content
from programs.library import load_library

WORDS = (
    "ache|aches|aching|band|buttock|clamshell|diagnosis|exercise|exercises|exercising|glute|glutes|gluteal|gluteus|groin|hip|hips|iliotibial|"
    "injury|itb|knee|knees|medical|muscle|muscles|numb|numbness|pain|painful|pains|patient|patients|physio|physiotherapy|"
    "physiotherapist|plan|practitioner|program|programs|recovery|rehab|rehabilitation|runner|running|session|sessions|sore|soreness|stiff|"
    "stiffness|stretch|swelling|symptom|symptoms|tendon|therapist|therapy|thigh|training|treatment|walking|worse|workout"
)  # fmt: skip
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")  # tokens are random letters; addresses are the person's own
TAG = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
# The second factor's codes, and the first name of the factory's patients.
ALLOWED = re.compile(r"\brecovery codes\b|\bHello Patient\b", re.IGNORECASE)


@cache
def _forbidden() -> re.Pattern[str]:
    titles = [module.title for module in load_content().modules]
    names = [exercise.name for exercise in load_library().exercises.values()]
    phrases = "|".join(re.escape(phrase) for phrase in titles + names)
    return re.compile(rf"\b({WORDS}|{phrases})\b", re.IGNORECASE)


def health_words(text: str) -> list[str]:
    plain = ALLOWED.sub(" ", ADDRESS.sub(" ", TAG.sub(" ", text)))
    return sorted({found.lower() for found in _forbidden().findall(plain)})


def health_words_in(message: EmailMessage) -> list[str]:
    bodies = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return health_words("\n".join([str(message["Subject"]), str(message["From"]), *bodies]))
