"""A module with one part of every kind, terms, checks and everything that a module may ask."""

from education.models import ModuleVersion
from programs.figures import delivered, picture
from tests.factories import CHECK, make_module_version

CLAIM = {"sources": ["S3"], "grade": "mixed", "confidence": "medium", "review_by": "2028-01-31", "seeds": []}
SOURCES = {
    "S3": {"key": "S3", "citation": "Somebody 2020, a study.", "read_as": "", "url": "", "is_opinion": False}
}
FIGURE = picture(delivered("CLAM"))
SECTIONS = [
    {"kind": "text", "key": "x1", "title": "A strap, not a muscle", "seeds": [],
     "text": "Your IT band is a strong strip on the outside of your thigh.\n\nIt can’t squeeze. The gluteus medius and its friends do that."},
    {"kind": "fact", "key": "f1", "title": "", "text": "A firm band is normal. It has to be firm to do its job.", **CLAIM},
    {"kind": "key_point", "key": "k1", "text": "Muscles at your hip do the pulling.", "seeds": []},
    {"kind": "sorter", "key": "r1", "prompt": "What have you heard?", **CLAIM, "statements": [
        {"text": "Rolling makes the band longer.", "is_fact": False, "because": "It changes how you feel, not how long it is."},
        {"text": "A firm band is healthy.", "is_fact": True, "because": "Firm is how it works."},
        {"text": "More pain means more damage.", "is_fact": False, "because": "Pain also comes from load, sleep and worry."},
        {"text": "Strong hips take time.", "is_fact": True, "because": "Count in weeks."}]},
    {"kind": "myth_fact", "key": "m1", "myth": "It must be stretched.", "fact": "Nothing makes it longer.", **CLAIM},
    {"kind": "tool_card", "key": "c1", "tool": "Foam roller", "does": ["Presses on muscle and skin.", "May ease soreness for a while."],
     "helps": ["Before a run, for a minute."], "distracts": ["When it takes the place of hip work.", "When it hurts."], **CLAIM},
    {"kind": "exercise", "key": "e1", "exercise": "CLAM", "name": "Clamshell", "svg": FIGURE, "alt": "", "seeds": [],
     "text": "It works the side of your hip."},
    {"kind": "stance", "key": "s1", "topic": "cause", "text": "People ask what hurts.", **CLAIM, "voices": [
        {"choice": "pressing", "text": "Soft tissue under the band is pressed."}, {"choice": "both", "text": "Rubbing or pressing: the plan is the same."}]},
    {"kind": "today", "key": "t1", "text": "Stand on one leg and feel your outer thigh go firm.", "seeds": []},
]  # fmt: skip
GLOSSARY = [
    {
        "term": "gluteus medius",
        "forms": [],
        "meaning": "A muscle on the side of your hip. It keeps you level.",
    },
    {"term": "IT band", "forms": ["band"], "meaning": "A strong strip on the outside of your thigh."},
]
ASKS = [
    {"kind": "belief", "key": "b1", "statement": "Rolling makes the IT band longer.", "low": "Not true for me",
     "high": "Completely true", "points": "down", "seeds": []},
    {"kind": "teach_back", "key": "w1", "prompt": "A friend says her band is too tight. What would you tell her?",
     "points": ["It is meant to be firm.", "Hips do the work."], "seeds": []},
]  # fmt: skip


def make_whole(**fields: object) -> ModuleVersion:
    check = {
        **CHECK,
        "options": [{**option, "passage": option["passage"] and "f1"} for option in CHECK["options"]],
    }
    kept = {"title": "Meet your IT band", "sections": SECTIONS, "sources": SOURCES, "glossary": GLOSSARY, "asks": ASKS, "checks": [check]}  # fmt: skip
    return make_module_version(**{**kept, **fields})
