"""No mail says that, or why, somebody is treated; each has a subject, text and HTML, and may use few variables."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from clinic import mail
from tests.machinery.words import health_words, health_words_in

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "templates" / "emails").iterdir())
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
VARIABLES = {
    "clinic_name",
    "first_name",
    "link",
    "days",
    "code",
    "settings_url",
    "unsubscribe_url",
    "href",
    "label",
}
VARIABLES |= {"LANGUAGE_CODE"}


def shown(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_of_a_mail_holds_a_word_about_health(path: Path) -> None:
    assert health_words(re.sub(r"{%|%}", " ", shown(path))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_mail_can_only_show_a_first_name_a_neutral_clinic_name_and_links(path: Path) -> None:
    used = {variable.split("|")[0] for variable in re.findall(r"{{\s*([^}\s]+)\s*}}", shown(path))}

    assert used - VARIABLES == set()


@pytest.mark.parametrize("kind", sorted(mail.KINDS))
def test_every_kind_of_mail_has_subject_text_and_html(kind: str) -> None:
    template = mail.KINDS[kind].template

    assert {f"{template}_subject.txt", f"{template}.txt", f"{template}.html"} <= {
        path.name for path in TEMPLATES
    }


def test_the_kinds_of_mail() -> None:
    assert sorted(mail.KINDS) == [
        "account_notice",
        "invitation",
        "look_now",
        "nobody_opened",
        "reminder",
        "review_asked",
        "review_decided",
        "second_look",
        "sign_in_code",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Time for your hip exercises", ["exercises", "hip"]),
        ("Your ITB", ["itb"]),
        ("Clamshell", ["clamshell"]),
        ("Today: Meet your IT band", ["meet your it band"]),
        ("Squat to chair or box, 3 x 10", ["squat to chair or box"]),
        ("See <b style='x'>pain</b>", ["pain"]),
        ("Hipwise shows your recovery codes at https://hipwise.example/pain/", []),
    ],
)
def test_the_scan_finds_what_it_should(text: str, found: list[str]) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Hello", "Clinic <a@example.org>"
    message.set_content(text)

    assert health_words_in(message) == found
