"""Pages about reading ask a fixed number of questions of the database."""

import pytest
from django.urls import reverse

from education.models import BeliefRating, CheckAttempt, OwnWords, PassageQuestion
from tests.education.whole import SECTIONS, make_whole
from tests.factories import give_reading, make_module_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_the_module_page_takes_four(phone, patient, rows, django_assert_num_queries):
    reading = give_reading(
        patient, make_whole(sections=[{**SECTIONS[0], "key": f"x{n}"} for n in range(rows)])
    )
    for n in range(rows):
        give_reading(patient)
        CheckAttempt.objects.create(assignment=reading, check_key="q1", option=0, is_right=False)
        BeliefRating.objects.create(assignment=reading, ask_key=f"b{n}", moment="before", value=1)
        OwnWords.objects.create(assignment=reading, ask_key="w1", prompt="What?", text="This.")
        PassageQuestion.objects.create(
            patient=patient, assignment=reading, version=reading.version, section_key=f"x{n}", text="Why?"
        )
    phone.get(reverse("modules"))  # the session learns once that this is no member of staff

    with django_assert_num_queries(4):
        phone.get(reverse("module", args=[reading.pk]), {"all": "1"})


@pytest.mark.parametrize("others", [0, 29])
def test_the_reading_list_takes_four(phone, patient, reading, others, django_assert_num_queries):
    for _ in range(others):
        give_reading(patient, make_module_version())
    phone.get(reverse("modules"))  # the session learns once that this is no member of staff

    with django_assert_num_queries(4):
        phone.get(reverse("modules"))
