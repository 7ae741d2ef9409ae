"""How long a handout takes and how big it is: `python -m bench.handouts`, on a database of its own.

Last figures at the end of this file.
"""

import os
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

SIX = ("CLAM", "BRIDGE", "SP_KNEE", "STEP_DOWN", "ROLL_QUAD", "BAND_WALK")
TIMES = 5


def measured(words: str, make: Callable[[], bytes]) -> None:
    """Run it a few times and print the best, which is what the work itself takes."""
    seconds, cpu, size = [], [], 0
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), time.process_time()
        size = len(make())
        seconds.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - worked)
    print(f"{words}: {min(seconds):.2f} s ({min(cpu):.2f} s of CPU), {size:,} bytes", flush=True)


def main() -> None:
    from django.core.management import call_command

    from programs.queries import current_exercises
    from tests.clinic.people import signed_in
    from tests.factories import make_clinic, make_member, make_patient, make_plan

    call_command("load_content", verbosity=0)
    library = {version.code: version for version in current_exercises().values()}
    clinic = make_clinic()
    doctor = make_member(clinic)
    for words, codes in (
        ("1 exercise", SIX[:1]),
        ("6 exercises", SIX),
        ("12 exercises", sorted(library)[:12]),
    ):
        patient = make_patient(clinic, in_care_of=doctor)
        make_plan(patient, *[library[code] for code in codes], by=doctor)
        client = signed_in(patient.user)
        measured(words, lambda client=client: client.get("/plan/handout.pdf").content)


def run() -> None:
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from tests.machinery import database

    setup_test_environment()
    database.use_copy("master")
    try:
        main()
    finally:
        database.drop()


if __name__ == "__main__":
    run()

# 2026-11-25, on 2 cores that were busy with other work (load 7), so the CPU time says more than the seconds:
#   1 exercise: 0.72 s (0.41 s of CPU), 35,133 bytes
#   6 exercises: 2.38 s (0.89 s of CPU), 92,962 bytes
#   12 exercises: 3.32 s (1.50 s of CPU), 127,154 bytes
