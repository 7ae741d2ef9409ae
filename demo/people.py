"""Who is in the demo: invented names. Addresses end in .example, which nobody owns."""

from dataclasses import dataclass

DOMAIN = "demo.example"


@dataclass(frozen=True)
class DemoClinic:
    slug: str
    name: str
    time_zone: str
    phone: str
    emergency_number: str
    practitioners: tuple[str, ...]
    admin: str
    editors: tuple[str, ...] = ()
    urgent_line: str = ""
    crisis_line: str = ""
    crisis_text: str = ""

    @property
    def staff(self) -> tuple[tuple[str, str], ...]:
        """Each member's name and role."""
        roles = [(name, "practitioner") for name in self.practitioners] + [(self.admin, "clinic_admin")]
        return tuple(roles + [(name, "editor") for name in self.editors])


CLINICS = (
    DemoClinic(
        "harbor",
        "Harbor Movement Clinic",
        "America/New_York",
        "+1 555 0100",
        "911",
        ("Maya Okafor", "Jonas Lind"),
        "Priya Raman",
        ("Ellen Brandt", "Samir Aziz"),
        "+1 555 0111",
        "988",
        "Thank you for telling us. You do not have to carry this alone.\nCall 988 now: somebody is there day and night."
        "\nIf you are in danger, call 911. This app cannot call for help.",
    ),
    DemoClinic(
        "northside",
        "Northside Running Clinic",
        "Europe/London",
        "+44 1632 960001",
        "999",
        ("Tom Hughes", "Sofia Marin"),
        "Grace Adeyemi",
    ),
)
FIRST = (
    "Alex",
    "Sam",
    "Robin",
    "Noor",
    "Lena",
    "Marcus",
    "Ines",
    "Dylan",
    "Hana",
    "Oscar",
    "Ruth",
    "Kofi",
    "Yuki",
    "Clara",
    "Ben",
    "Amara",
    "Leo",
    "Nadia",
    "Finn",
    "Tessa",
)
LAST = (
    "Rivera",
    "Chen",
    "Novak",
    "Haddad",
    "Berg",
    "Osei",
    "Duarte",
    "Quinn",
    "Ito",
    "Larsen",
    "Cohen",
    "Mensah",
    "Tanaka",
    "Weiss",
    "Carter",
    "Diallo",
    "Rossi",
    "Petrova",
    "Walsh",
)


def patient_name(number: int) -> str:
    """A name per number; after 380 they come again with a numeral, as in life."""
    again = number // (len(FIRST) * len(LAST))
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
    return f"{name} {again + 1}" if again else name


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"
