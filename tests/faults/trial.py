"""Many saves from several phones over a bad line to a server that is killed again and again, and the count of what came of them."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clinic.access import person_key
from clinic.models import Patient
from programs.models import Plan, PlanItem, Session
from progress.models import DailyCheck
from tests.faults.line import Line
from tests.faults.phone import Fields, Phone
from tests.machinery.signed_in import session_of


@dataclass
class Count:
    saves: int
    kills: int = 0
    tries: int = 0
    seconds: float = 0
    lost: int = 0
    doubled: int = 0
    other_words: int = 0  # stored with something else than what was saved
    not_confirmed: int = 0  # still waiting or refused on the phone
    met: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        faults = ", ".join(f"{number} {fault}" for fault, number in self.met.most_common() if fault != "none")
        return (
            f"{self.saves} saves, {self.tries} tries, {self.kills} kills in {self.seconds:.0f} s: {self.lost} lost, "
            f"{self.doubled} doubled, {self.other_words} with other words, {self.not_confirmed} not confirmed ({faults})"
        )


def session_fields(plan: Plan, chance: random.Random, note: str) -> Fields:
    """A session as the page sends it, done up to 300 days ago."""
    item = PlanItem.objects.filter(phase__version__plan=plan).first()
    at = datetime.now(UTC) - timedelta(days=chance.randrange(300), minutes=chance.randrange(600))
    return [
        ("version", str(item.phase.version_id)), ("outcome", "done"), ("pain_during", "2"), ("effort", "5"),
        ("on", at.date().isoformat()), ("performed_at", at.isoformat()), ("note", note),
        (f"item-{item.pk}-sets", "3"), (f"item-{item.pk}-amount", "10"),
    ]  # fmt: skip


def check_fields(chance: random.Random, note: str) -> Fields:
    at = datetime.now(UTC) - timedelta(days=chance.randrange(300), minutes=chance.randrange(600))
    return [
        ("on", at.date().isoformat()), ("performed_at", at.isoformat()), ("morning_pain", str(chance.randrange(6))),
        ("warning_note", note), ("sleep", "3"),
    ]  # fmt: skip


class Trial:
    """`kill` ends the server at once and sees to a new one. Notes are unique, so that mixed-up words are noticed."""

    def __init__(self, patients: list[Patient], *, line: Line, folder: Path, seed: int) -> None:
        self.line, self.chance = line, random.Random(seed)
        self.plans = {patient.pk: patient.plans.get() for patient in patients}
        self.patients, self.files = patients, [folder / f"phone-{n}.sqlite" for n in range(len(patients))]
        self.said: dict[str, str] = {}

    def run(self, saves: int, *, kills: int, kill: Callable[[], None], seconds: float = 600) -> Count:
        count, began = Count(saves, kills), time.monotonic()
        drafts = [self._drafts(n, saves // len(self.patients)) for n in range(len(self.patients))]
        phones = [
            threading.Thread(target=self._use, args=(n, drafts[n], began + seconds, count))
            for n in range(len(drafts))
        ]
        with self._killing(kills, kill, saves):
            for thread in phones:
                thread.start()
            for thread in phones:
                thread.join()
        count.seconds, count.met = time.monotonic() - began, self.line.met
        time.sleep(0.5)  # what is delivered late is counted too
        return self._counted(count)

    def _drafts(self, n: int, number: int) -> list[tuple[str, Fields]]:
        made, plan = [], self.plans[self.patients[n].pk]
        for k in range(number):
            note = f"phone {n} entry {k}"
            is_check = k % 4 == 3
            fields = check_fields(self.chance, note) if is_check else session_fields(plan, self.chance, note)
            made.append(("/log/check/" if is_check else "/log/sessions/{id}/", fields))
        return made

    def _use(self, n: int, drafts: list[tuple[str, Fields]], until: float, count: Count) -> None:
        """Save and try once; now and then switch the phone off and on; in the end try until nothing waits."""
        phone = Phone(self.files[n], port=self.line.port, session=self.sessions[n], person=self.keys[n])
        for k, (url, fields) in enumerate(drafts):
            key = phone.save(url, fields)
            self.said[key] = dict(fields).get("note") or dict(fields)["warning_note"]
            phone.send(key)
            if k % 50 == 49:
                count.tries, old = count.tries + phone.tries, phone
                phone = Phone(self.files[n], port=old.port, session=old.session, person=old.person)
                phone.send_all()
        while phone.waiting and time.monotonic() < until:
            phone.send_all()
            time.sleep(0.05)
        count.tries += phone.tries
        self.states |= phone.states()

    @contextmanager
    def _killing(self, kills: int, kill: Callable[[], None], saves: int) -> Iterator[None]:
        self.sessions = [session_of(patient.user) for patient in self.patients]
        self.keys = [person_key(patient.user) for patient in self.patients]
        self.states: dict[str, str] = {}
        stop = threading.Event()
        thread = threading.Thread(target=self._kill_now_and_then, args=(kills, kill, saves, stop))
        thread.start()
        yield
        stop.set()
        thread.join()

    def _kill_now_and_then(
        self, kills: int, kill: Callable[[], None], saves: int, stop: threading.Event
    ) -> None:
        """Spread over the saves, at moments nobody chose."""
        for n in range(kills):
            while len(self.said) < saves * (n + 0.5) / (kills + 1) and not stop.wait(0.01):
                pass
            time.sleep(random.random() * 0.05)
            kill()
        stop.wait()  # a server that this thread started is told to stop when the thread ends

    def _counted(self, count: Count) -> Count:
        rows = [*Session.objects.values_list("client_id", "note")]
        rows += DailyCheck.objects.values_list("client_id", "warning_note")
        stored = Counter(str(client_id) for client_id, _note in rows)
        count.lost = len(set(self.said) - set(stored))
        count.doubled = sum(number - 1 for number in stored.values())
        count.other_words = sum(self.said.get(str(client_id)) != note for client_id, note in rows)
        count.not_confirmed = sum(state != "sent" for state in self.states.values())
        return count
