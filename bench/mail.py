"""How fast reminders are planned and mail leaves: `python -m bench.mail [patients] [mails]`, on servers of its own.

Last figures at the end of this file.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

NOW = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Sydney", "UTC"]


class Sink(asyncio.Protocol):
    """Says yes to everything: the slowest part of the run must be ours."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.rest, self.in_message = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, received: bytes) -> None:
        self.rest += received
        while b"\r\n" in self.rest:
            line, self.rest = self.rest.split(b"\r\n", 1)
            answer = self.answer(line)
            if answer:
                self.transport.write(answer)

    def answer(self, line: bytes) -> bytes:
        if self.in_message:
            self.in_message = line != b"."
            return b"" if self.in_message else b"250 ok\r\n"
        self.in_message = line[:4].upper() == b"DATA"
        return b"354 go\r\n" if self.in_message else b"250 ok\r\n"


def serve_sink(port: int) -> None:
    async def serve() -> None:
        await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
        await asyncio.Event().wait()

    asyncio.run(serve())


def measured(words: str, act: Callable[[], int]) -> None:
    """Run it once and print how many a second, and what each cost this process."""
    begun, cpu = time.perf_counter(), time.process_time()
    count = act()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    each = f"{count / seconds:.0f}/s, {1000 * cpu / count:.2f} ms of CPU each" if count else "none"
    print(f"{words}: {count} in {seconds:.2f} s ({each})", flush=True)


def people(number: int) -> None:
    """So many patients in care, with a session planned every day, in five time zones."""
    from clinic.models import CareRelationship, Patient, User
    from programs.models import Plan, PlanItem, PlanPhase, PlanVersion
    from tests.factories import make_clinic, make_exercise_version, make_member

    clinic = make_clinic()
    by, exercise = make_member(clinic), make_exercise_version()
    users = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"Ann {n}") for n in range(number))
    patients = Patient.objects.bulk_create(
        Patient(
            clinic=clinic, user=user, name=user.name, email=user.email, birth_date=date(1990, 5, 17),
            time_zone=ZONES[n % len(ZONES)], consented_version=1,
        )
        for n, user in enumerate(users)
    )  # fmt: skip
    CareRelationship.objects.bulk_create(
        CareRelationship(patient=patient, practitioner=by, started_by=by) for patient in patients
    )
    on = date(2026, 1, 1)
    plans = Plan.objects.bulk_create(
        Plan(patient=p, name="P", started_on=on, started_by=by) for p in patients
    )
    versions = PlanVersion.objects.bulk_create(
        PlanVersion(plan=plan, number=1, from_on=on, created_by=by) for plan in plans
    )
    phases = PlanPhase.objects.bulk_create(PlanPhase(version=v, position=1, name="A") for v in versions)
    PlanItem.objects.bulk_create(
        PlanItem(
            phase=phase, position=1, exercise_version=exercise, weekdays=[1, 2, 3, 4, 5, 6, 7], sets_low=3,
            sets_high=3, amount_low=10, amount_high=10, unit="reps", side="each",
        )
        for phase in phases
    )  # fmt: skip


@contextmanager
def standing() -> Iterator[None]:
    """Servers, an empty database and the sink, for as long as the run takes."""
    import django

    django.setup()
    from django.conf import settings

    from clinic.embedded import free_port
    from tests.machinery import database

    database.use_copy("master")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    sink = multiprocessing.get_context("spawn").Process(
        target=serve_sink, args=(settings.EMAIL_PORT,), daemon=True
    )
    sink.start()
    time.sleep(2)
    yield
    sink.terminate()
    database.drop()


def main(patients: int = 10_000, mails: int = 1_000) -> None:
    with standing():
        from clinic.actions.outbox import drain
        from reminders.actions import plan_reminders

        people(patients)
        measured("planning two days", lambda: plan_reminders(now=NOW))
        measured("a tick with nothing to plan", lambda: plan_reminders(now=NOW) or 1)
        tomorrow = NOW + timedelta(days=1)
        measured("planning one more day", lambda: plan_reminders(now=tomorrow))
        drain(limit=1, now=NOW + timedelta(hours=3))  # the first one loads routes and templates
        measured("sending", lambda: drain(limit=mails, now=NOW + timedelta(hours=3), seconds=600))
        measured("giving up what is too late", lambda: drain(limit=mails, now=tomorrow, seconds=600))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

# 2026-11-23, on 2 cores that were busy with other work (load 5 to 9), so the CPU time says more than the seconds:
#   planning two days: 26000 in 21.78 s (1194/s, 0.29 ms of CPU each)
#   a tick with nothing to plan: 1 in 0.50 s (2/s, 13.17 ms of CPU each)
#   planning one more day: 10000 in 9.46 s (1057/s, 0.41 ms of CPU each)
#   sending: 1000 in 25.48 s (39/s, 13.17 ms of CPU each)
#   giving up what is too late: 1000 in 8.79 s (114/s, 4.23 ms of CPU each)
