"""The words of the red-flag screen and its cards, as clinical.md 6.1 has them. Changing one raises WORDING.

A stored screen names the wording it was asked in, so the words of an older wording stay here.
"""


def gettext_noop(text: str) -> str:
    """Mark a sentence for the translators, without needing Django; pages translate it when they show it."""
    return text


WORDING = 1
QUESTIONS: dict[int, dict[str, str]] = {
    1: {
        "E1": gettext_noop("New numbness between your legs, around your genitals or back passage?"),
        "E2": gettext_noop("New trouble passing or holding urine or stool, or loss of feeling when you go?"),
        "E3": gettext_noop("New or spreading weakness in one or both legs?"),
        "E4": gettext_noop("Chest pain, trouble breathing, coughing blood, or fainting?"),
        "E5": gettext_noop("After a fall or blow: cannot stand, or leg shorter, turned out or bent wrong?"),
        "E6": gettext_noop("Leg suddenly cold, pale, blue or without feeling?"),
        "U1": gettext_noop("One calf or thigh swollen, warm, red or darker, throbbing?"),
        "U2": gettext_noop("Hot, swollen joint, or severe hip or knee pain with fever or feeling very ill?"),
        "U3": gettext_noop(
            "After an injury: cannot take 4 steps, or cannot bend the knee to a right angle, or the knee swelled within hours?"
        ),
        "U4": gettext_noop(
            "Groin, hip or thigh-bone pain that grows with running, hurts on hopping, or makes you limp?"
        ),
        "U5": gettext_noop("Under 18 with hip, thigh or knee pain and a limp?"),
        "W1": gettext_noop("Pain that wakes you most nights or does not ease in any position?"),
        "W2": gettext_noop(
            "Past cancer with new bone pain, or weight loss or night sweats you cannot explain?"
        ),
        "W3": gettext_noop("Knee locks or gives way?"),
        "W4": gettext_noop("New tingling, burning or numb skin, no weakness?"),
        "W5": gettext_noop("Pain 8-10, or steadily worse for 2 weeks?"),
        "W6": gettext_noop(
            "Recent steroid course, known osteoporosis, low energy intake or missed periods with bone-type pain?"
        ),
        "W7": gettext_noop("Feeling hopeless, or thoughts of harming yourself?"),
    }
}
# %(number)s is the local emergency number, %(clinic)s the clinic, %(clinic_or_line)s the clinic or its urgent line.
CARDS: dict[str, tuple[str, ...]] = {
    "A": (
        gettext_noop("This could be an emergency."),
        gettext_noop("Call %(number)s now or go to the nearest emergency department."),
        gettext_noop("Do not drive yourself."),
        gettext_noop("Do not wait for us to reply."),
        gettext_noop("This app cannot call for help."),
    ),
    "B": (
        gettext_noop("Please get medical care today."),
        gettext_noop("Call %(clinic_or_line)s."),
        gettext_noop("If you get chest pain, trouble breathing or feel very ill, call %(number)s."),
        gettext_noop("Do not exercise, roll or massage the leg until you have been checked."),
    ),
    "C": (
        gettext_noop("Stop running and jumping today."),
        gettext_noop("Walk only if it does not hurt."),
        gettext_noop("Call %(clinic)s today."),
        gettext_noop("This can be a bone stress injury."),
        gettext_noop("Finding it early matters."),
    ),
    "D": (
        gettext_noop("Thank you for telling us."),
        gettext_noop("Your clinician will look at this within 2 working days."),
        gettext_noop("Keep to easy, comfortable activity."),
        gettext_noop("If it gets worse, or you get any sign on the emergency list, do not wait."),
    ),
}
CRISIS_TITLE = gettext_noop("You are not alone with this.")
# Said where a clinic has no crisis text of its own yet.
CRISIS = (
    gettext_noop("Thank you for telling us."),
    gettext_noop("Please talk to someone you trust now."),
    gettext_noop(
        "If you might harm yourself, call %(number)s now or go to the nearest emergency department."
    ),
    gettext_noop("This app cannot call for help."),
)
NO_IMPACT = gettext_noop("Until then: no running and no jumping.")
NOBODY_READS = gettext_noop("Your clinic is closed now. Nobody may be reading this.")
NOT_WATCHED = gettext_noop("Nobody reads this at once.")
