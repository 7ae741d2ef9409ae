"""Ask every address as every person, and note whatever should not have come back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse
from pypdf import PdfReader

from clinic.models import AccessEvent
from tests.journeys.access_table import ACTORS, ELSEWHERE, ROUTES, STAFF, Route
from tests.journeys.world import CANARY, World

# What looking may write: that one looked, the session itself, derived rows that can be rebuilt.
BOOKKEEPING = {
    "clinic_accessevent",
    "django_session",
    "usersessions_usersession",
    "progress_patientstate",
    "progress_screenevent",
}
EMPTY_FORM = "csrfmiddlewaretoken=x"
PART = re.compile(r"<(\w+):\w+>")
NOT_PAGES = {"cms/failwhale/"}  # fails on purpose
REFUSED = {"in", "401", "403", "404", "405", "mfa"}


@dataclass
class Findings:
    requests: int = 0
    violations: list[str] = field(default_factory=list)

    def note(self, *words: object) -> None:
        self.violations.append(" ".join(map(str, words)))


@dataclass(frozen=True)
class Asked:
    """One request and what came of it."""

    route: str
    actor: str
    method: str
    path: str
    response: HttpResponse
    body: str
    changed: frozenset[tuple[str, int]]
    noted: set[str]

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.route}:"


def walk(
    world: World, routes: dict[str, Route], *, actors: Iterable[str] = ACTORS, like: str = ""
) -> Findings:
    """Ask all of it. `like`: these people are to get what this other actor gets."""
    findings = Findings()
    for name, route in routes.items():
        path = filled(world, name)
        for actor in actors:
            for method in ("GET", "POST"):
                asked = ask(world, name, actor, method, path)
                check(asked, route, like or actor, findings)
    return findings


def ask(world: World, name: str, actor: str, method: str, path: str, **headers: str) -> Asked:
    """One request whose every effect is undone, seen with the rows it touched."""
    cache.clear()  # rate limits
    client = world.client  # one for everybody: each new one would load the middleware anew
    client.cookies.clear()
    if world.sessions[actor]:
        client.cookies["sid"] = world.sessions[actor]
    with transaction.atomic():
        before = touched()
        response = client.generic(
            method, path, EMPTY_FORM, content_type="application/x-www-form-urlencoded", headers=headers
        )
        asked = Asked(
            name,
            actor,
            method,
            path,
            response,
            body(response),
            touched() - before,
            noted(response, world, actor),
        )
        transaction.set_rollback(True)
    return asked


def body(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    if whole and response.get("Content-Type") == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(whole)).pages)
    return whole.decode(errors="replace")


def noted(response: HttpResponse, world: World, actor: str) -> set[str]:
    """Whose record this very request was noted to have opened."""
    rows = AccessEvent.objects.filter(request_id=UUID(response["X-Request-Id"]), actor=world.users[actor])
    return {world.key_of(patient_id) for patient_id in rows.values_list("patient", flat=True)}


def touched() -> frozenset[tuple[str, int]]:
    """Tables with how often rows were written in this transaction, undone writes included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return frozenset(cursor.fetchall())


def answer(response: HttpResponse) -> str:
    if response.status_code not in (301, 302, 303):
        return str(response.status_code)
    path = response["Location"]
    if path.startswith("/accounts/login/"):
        return "in"
    return "mfa" if path.startswith("/accounts/2fa/") else "go"


def check(asked: Asked, route: Route, actor: str, findings: Findings) -> None:
    findings.requests += 1
    got, wanted = answer(asked.response), route.expected(asked.method)[actor]
    if got != wanted:
        findings.note(asked, f"{got} instead of {wanted}")
    written = {table for table, _times in asked.changed} - BOOKKEEPING
    if written and (asked.method == "GET" or got in REFUSED):
        findings.note(asked, f"wrote to {sorted(written)}")
    for token in canaries(asked):
        owner, kind = CANARY.fullmatch(token).groups()
        if owner not in route.shows and not may_see(actor, owner, kind, asked.route):
            findings.note(asked, "leaks", token)
    if asked.actor in STAFF and not route.is_list:
        for owner in patients_shown(asked) - set(route.shows) - asked.noted:
            findings.note(asked, f"shows {owner} without noting who looked")


def canaries(asked: Asked) -> list[str]:
    """Every planted token in the body or the headers."""
    said = asked.body + repr(list(asked.response.items()))
    return sorted({match.group() for match in CANARY.finditer(said)})


def patients_shown(asked: Asked) -> set[str]:
    owners = {CANARY.fullmatch(token).group(1) for token in canaries(asked)}
    return {owner for owner in owners if owner.startswith("p")}


OWN = {"patient": {"p1"}, "other_patient": {"p2"}}
IN_CARE = {"practitioner": {"p1", "p4"}, "colleague": {"p2"}, "stranger": {"p3"}}
CLINIC = dict.fromkeys(("patient", "other_patient", "practitioner", "colleague", "admin", "editor"), "c1")
CLINIC |= dict.fromkeys(("stranger", "other_admin"), "c2")
ADMINISTERS = {"admin": {"p1", "p2", "p4", "p5"}, "other_admin": {"p3"}}


def may_see(actor: str, owner: str, kind: str, route: str) -> bool:
    """The whole policy: one's own, those in one's care, one's clinic; names and addresses for its admin."""
    if owner in OWN.get(actor, set()) | IN_CARE.get(actor, set()):
        return True
    if kind in ("clinic", "staff"):
        return CLINIC.get(actor) == owner
    return kind == "who" and route.startswith("manage") and owner in ADMINISTERS.get(actor, set())


def addresses(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Every route by its full name, with the pattern of its address."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address, f"{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name, address


def filled(world: World, name: str) -> str:
    return reverse(name, kwargs=ROUTES[name].kwargs(world))


def filled_elsewhere(*, only_whole: bool = False) -> list[tuple[str, str]]:
    """The addresses of the content editor and the operator's admin, about the first row of whatever they are about."""
    first = {"int": "1", "str": "1", "path": "1", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000000"}
    theirs = [
        (name, address)
        for name, address in addresses()
        if address.startswith(ELSEWHERE) and "(" not in address
    ]
    if only_whole:
        theirs = [
            (name, address) for name, address in theirs if "<" not in address and address not in NOT_PAGES
        ]
    return [(name, "/" + PART.sub(lambda part: first[part[1]], address)) for name, address in theirs]
