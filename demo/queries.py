"""Who can be signed in as, and the mail that was caught."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from clinic.models import User
from demo.people import CLINICS, address, patient_name

MOST = 200
PARTS = [
    ("Patient, doing well", patient_name(0)),
    ("Patient after two flares", patient_name(10)),
    ("Patient with an open worry", patient_name(4)),
    ("Practitioner", CLINICS[0].practitioners[0]),
    ("Practitioner, other clinic", CLINICS[1].practitioners[0]),
    ("Clinic admin", CLINICS[0].admin),
    ("Editor", CLINICS[0].editors[0]),
    ("Second editor, who reviews", CLINICS[0].editors[1]),
]


@dataclass(frozen=True)
class Part:
    """A demo person to sign in as, and what they are."""

    role: str
    name: str
    user_id: int


@dataclass(frozen=True)
class CaughtMail:
    """One caught mail. `name` is its file's name without ending."""

    name: str
    at: datetime
    to: str
    subject: str


def parts() -> list[Part]:
    """The people offered for one-click sign-in, in order; those not made yet are left out."""
    users = {
        user.email: user for user in User.objects.filter(email__in=[address(name) for _role, name in PARTS])
    }
    return [Part(role, name, users[address(name)].pk) for role, name in PARTS if address(name) in users]


def demo_user(user_id: int) -> User | None:
    """A demo person who may be signed in with one click, and nobody else."""
    offered = [part.user_id for part in parts()]
    return User.objects.filter(pk=user_id, is_active=True).first() if user_id in offered else None


def folder() -> Path:
    return settings.VAR_DIR / "mail"


def caught_mail() -> list[CaughtMail]:
    """The newest mail first."""
    files = sorted(folder().glob("[0-9]*.eml"), reverse=True)[:MOST]
    return [_summary(file) for file in files]


def one_mail(name: str) -> tuple[CaughtMail, EmailMessage] | None:
    file = folder() / f"{name}.eml"
    if not file.is_file():
        return None
    return _summary(file), _parsed(file)


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""


def _summary(file: Path) -> CaughtMail:
    message = _parsed(file)
    arrived = datetime.fromtimestamp(int(file.name.split("-")[0]) / 1e9, UTC)
    return CaughtMail(file.stem, arrived, str(message["To"]), str(message["Subject"]))


def _parsed(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)  # type: ignore[return-value]
