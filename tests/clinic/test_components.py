"""The shared parts of pages: what is tied to what, what is said when something is missing."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

SCALE = [("", "Skip"), *((number, str(number)) for number in range(11))]


class Diary(forms.Form):
    email = forms.EmailField(label="Email", help_text="Where we write to")
    note = forms.CharField(label="Note", required=False)
    side = forms.ChoiceField(
        label="Side", choices=[("left", "Left"), ("right", "Right")], widget=forms.RadioSelect
    )
    pain = forms.ChoiceField(label="Pain", choices=SCALE, widget=forms.RadioSelect, required=False)
    sets = forms.IntegerField(label="Sets", min_value=1, max_value=10)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        scale = Field("pain", template="components/pain_scale.html")
        stepper = Field("sets", template="components/stepper.html")
        self.helper.layout = Layout("email", "note", "side", scale, stepper)


@pytest.fixture
def untouched() -> str:
    return render_crispy_form(Diary())


@pytest.fixture
def sent_empty() -> str:
    return render_crispy_form(Diary({}))


def attributes(html: str, name: str) -> list[str]:
    return re.findall(rf'\s{name}="([^"]*)"', html)


def control(html: str, name: str) -> str:
    return re.search(rf'<(?:input|select|textarea)[^>]*\sname="{name}"[^>]*>', html)[0]


def test_a_control_is_described_by_its_help_and_its_error(sent_empty: str) -> None:
    email = control(sent_empty, "email")

    assert attributes(email, "aria-describedby") == ["id_email_helptext id_email_error"]
    assert attributes(email, "aria-invalid") == ["true"]


@pytest.mark.parametrize("page", ["untouched", "sent_empty"])
def test_whatever_describes_a_control_is_on_the_page_once(page: str, request: pytest.FixtureRequest) -> None:
    html = request.getfixturevalue(page)

    named = {name for names in attributes(html, "aria-describedby") for name in names.split()}

    assert {name: attributes(html, "id").count(name) for name in named} == dict.fromkeys(named, 1)


def test_optional_fields_say_so_and_required_ones_say_nothing(untouched: str) -> None:
    labels = re.findall(r"<(?:label|legend)[^>]*>(\w+) <span class=\"optional\">", untouched)

    assert labels == ["Note", "Pain"]


def test_the_error_of_a_group_comes_after_its_legend_and_before_its_options(sent_empty: str) -> None:
    group = sent_empty[sent_empty.index('id="div_id_side"') :]

    assert group.index("</legend>") < group.index('id="id_side_error"') < group.index('type="radio"')


def test_the_summary_links_to_every_field_that_needs_another_look(sent_empty: str) -> None:
    links = re.findall(r'<a href="#([^"]+)"', sent_empty)

    assert links == ["id_email", "id_side_0", "id_sets"]
    assert [link for link in links if link not in attributes(sent_empty, "id")] == []


def test_a_form_without_errors_has_no_summary(untouched: str) -> None:
    assert "error-summary" not in untouched


def test_pain_has_eleven_numbers_and_a_way_to_say_nothing(untouched: str) -> None:
    values = re.findall(r'name="pain" value="(\d*)"', untouched)

    assert values == ["", *map(str, range(11))]
    assert re.findall(r"<span>(No pain|Worst pain you can imagine)</span>", untouched) == [
        "No pain",
        "Worst pain you can imagine",
    ]


def test_a_stepper_is_a_plain_number_field_without_script(untouched: str) -> None:
    buttons = re.findall(r"<button[^>]*data-step[^>]*>", untouched)

    assert attributes(control(untouched, "sets"), "type") == ["number"]
    assert [("js-only" in button, attributes(button, "type")) for button in buttons] == [
        (True, ["button"])
    ] * 2


@pytest.mark.parametrize(
    ("value", "said"), [(None, "Not known yet"), (0, "0")], ids=["nothing logged", "a true zero"]
)
def test_a_missing_figure_is_never_shown_as_zero(value: int | None, said: str) -> None:
    html = render_to_string("components/stat.html", {"label": "Morning pain", "value": value})

    assert re.search(r'class="stat-value[^"]*">([^<]+)<', html)[1].strip() == said


def test_a_progress_bar_says_what_is_not_known() -> None:
    html = render_to_string(
        "components/progress_bar.html", {"label": "Sessions", "value": 3, "max": 7, "unknown": 2}
    )

    assert "3 of 7 · 2 not known" in html


@pytest.mark.parametrize("kind", ["info", "ok", "warn", "bad", "unknown"])
def test_a_status_has_a_sign_beside_its_color(kind: str) -> None:
    html = render_to_string("components/badge.html", {"text": "Look", "kind": kind})

    assert html.count("<svg") == 1


def test_turning_the_page_keeps_the_search() -> None:
    request = RequestFactory().get("/caseload/", {"q": "sam", "page": "2"})

    html = render_to_string("components/pagination.html", {"page": Paginator(range(30), 10).page(2)}, request)

    assert attributes(html, "href") == ["?q=sam&amp;page=1", "?q=sam&amp;page=3"]
