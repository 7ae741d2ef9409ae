"""A person with a browser that runs no script: opens addresses, follows links, fills in forms as they are on the page."""

from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

HOST = "http://testserver"


class NotOnThePage(AssertionError):
    """Nothing on this page bears these words."""


class Visitor:
    """`page` is what they see now, `response` how it came; tokens against forgery are checked as in production."""

    def __init__(self, session_key: str = "") -> None:
        self.client = Client(
            enforce_csrf_checks=True, raise_request_exception=False, headers={"Origin": HOST}
        )
        if session_key:
            self.client.cookies["sid"] = session_key
        self.address = "/"

    def open(self, address: str) -> "Visitor":
        return self._arrive(self.client.get(address, follow=True), address)

    def click(self, words: str) -> "Visitor":
        """Follow the link with these words, or press the button of a form that has nothing to fill in."""
        link = next((a for a in self.page.find_all("a", href=True) if words in said(a)), None)
        return self.open(urljoin(self.address, str(link["href"]))) if link else self.press(words)

    def press(self, words: str, **answers: object) -> "Visitor":
        """Fill in and send the form whose button has these words. Answers are by field name; None leaves a field out."""
        form, button = self.form_with(words)
        sent = typed(form) | {name: value for name, value in answers.items() if value is not None}
        if button.get("name"):
            sent[str(button["name"])] = button.get("value", "")
        kept = {name: value for name, value in sent.items() if answers.get(name, "") is not None}
        address = urljoin(self.address, str(form.get("action") or ""))
        if form.get("method", "get").lower() == "get":
            return self._arrive(self.client.get(address, kept, follow=True), address)
        return self._arrive(self.client.post(address, kept, follow=True), address)

    def form_with(self, words: str) -> tuple[Tag, Tag]:
        for button in self.page.select("form button, form input[type=submit]"):
            if words in said(button) or words == button.get("value"):
                return button.find_parent("form"), button
        raise NotOnThePage(f"no button “{words}” on {self.address}:\n{self.text}")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def heading(self) -> str:
        return said(self.page.h1) if self.page.h1 else ""

    @property
    def text(self) -> str:
        return said(self.page.body or self.page)

    def _arrive(self, response: HttpResponse, address: str) -> "Visitor":
        self.response = response
        chain = getattr(response, "redirect_chain", [])
        self.address = chain[-1][0] if chain else address
        self.page = BeautifulSoup(response.content.decode(), "html.parser")
        return self


def said(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def typed(form: Tag) -> dict[str, object]:
    """What this form would send as it stands."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        for value in values(field):
            sent.setdefault(str(field["name"]), []).append(value)
    return {name: many if len(many) > 1 else many[0] for name, many in sent.items()}


def values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        return [str(option.get("value", said(option))) for option in chosen]
    if field.get("type") in ("submit", "button"):
        return []
    if field.get("type") in ("checkbox", "radio"):
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [str(field.get("value", ""))]
