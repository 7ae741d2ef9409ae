"""What stands between a handout and the world, and what people get where no PDF can be made."""

import sys
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image, ImageFile
from weasyprint.urls import FatalURLFetchingError

from clinic import pdf
from clinic.models import Patient
from clinic.queries import health
from education.rules import media
from tests.clinic.people import signed_in
from tests.factories import make_clinic, make_patient, make_plan
from tests.machinery.paper import Paper

PAGE = '<html lang="en"><head><title>T</title></head><body data-foot="F" data-page="Page" data-of="of">{}</body></html>'
ELSEWHERE = [
    "file:///etc/passwd", "http://127.0.0.1/", "https://example.org/x.png", "data:image/png;base64,AAAA", "/etc/passwd", "own:site.css",
    "own:../clinic/settings.py", "own:/etc/passwd", "ftp://example.org/", "OWN:qr2",
]  # fmt: skip


@pytest.fixture
def patient(db: None) -> Patient:
    patient = make_patient(make_clinic())
    make_plan(patient)
    return patient


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose system libraries are missing: importing WeasyPrint fails there as it does here."""
    (finder := _NoLibraries()).hide()
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    pdf.is_possible.cache_clear()
    yield
    finder.show()
    pdf.is_possible.cache_clear()


class _NoLibraries:
    def hide(self) -> None:
        self.hidden = {
            name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "weasyprint"
        }

    def show(self) -> None:
        sys.modules.update(self.hidden)

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name.split(".", maxsplit=1)[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_handout_fetches_nothing(address: str) -> None:
    with pytest.raises(pdf.Refused):
        pdf.fetcher({"qr": b""}).fetch(address)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/x.png"])
@pytest.mark.parametrize("asks", ['<img src="{}" alt="x">', '<link rel="stylesheet" href="{}">'])
def test_a_page_that_asks_for_more_is_not_printed(asks: str, address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf._made(PAGE.format(asks.format(address)), ())


def test_a_drawing_that_asks_for_more_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    pdf._made(
        PAGE.format('<svg viewBox="0 0 9 9"><image width="9" height="9" href="file:///etc/passwd"/></svg>'),
        (),
    )

    assert "Failed to render SVG image" in caplog.text


def test_a_handout_gets_our_files_and_what_is_handed_along() -> None:
    ours = pdf.fetcher({"qr": b"dots"})

    assert ours.fetch("own:qr").read() == b"dots"
    assert b"@page" in ours.fetch("own:handout.css").read()


def test_every_file_of_a_handout_is_there() -> None:
    assert [name for name in pdf.FILES if len(pdf._file(name)) < 1000] == []


def test_a_drawing_takes_its_words_and_colors_along() -> None:
    dressed = pdf.dressed('<p>a</p><svg class="fig" aria-label="Start: &quot;up&quot;"><path/></svg>')

    assert dressed.startswith(
        '<p>a</p><svg class="fig" aria-label="Start: &quot;up&quot;"><title>Start: &quot;up&quot;</title><style>'
    )
    assert ".fig-skin { fill: #e2b08d; }" in dressed


def test_a_page_about_nobody_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(pdf, "_made", lambda html, handed: made.append(html) or b"pdf")
    pdf._kept.cache_clear()

    for kept in (True, True, False, False):
        pdf.make("clinic/nobody.html", {}, is_kept=kept)

    pdf._kept.cache_clear()
    assert len(made) == 3


def test_there_is_an_end_to_what_a_worker_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 100)

    with pytest.raises(pdf.CannotPrint, match="3 pages"):
        pdf._made(PAGE.format('<p style="break-after: page">a</p>' * 2 + "<p>b</p>"), ())
    with pytest.raises(pdf.CannotPrint, match="characters"):
        pdf.make("clinic/nobody.html", {})


def test_without_the_libraries_people_are_told_how_to_print(
    no_pango: None, patient: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = signed_in(patient.user).get("/plan/handout.pdf")

    assert answer.status_code == 503
    assert 'href="/plan/">Go back to the page' in answer.content.decode()
    assert "libpango-1.0-0" in caplog.text


def test_without_the_libraries_the_operator_is_told(no_pango: None) -> None:
    assert health._handouts() == "missing"


def test_with_them_a_handout_may_be_looked_at_in_the_browser(patient: Patient) -> None:
    answer = signed_in(patient.user).get("/plan/handout.pdf")

    assert (answer["Content-Type"], "Content-Security-Policy" in answer) == ("application/pdf", False)
    assert Paper(answer.content).catalog["/Lang"] == "en"


def test_only_the_signed_in_get_one() -> None:
    assert Client().get("/plan/handout.pdf").headers["Location"].startswith("/accounts/login/")


def test_a_broken_off_picture_is_refused_after_a_handout_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as importing WeasyPrint leaves it
    pdf._made(PAGE.format("<p>Made</p>"), ())
    Image.effect_noise((200, 200), 80).save(whole := BytesIO(), "PNG")

    with pytest.raises(media.Unusable, match="no_picture"):
        media.kept(whole.getvalue()[:2000])
