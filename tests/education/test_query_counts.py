"""Pages about reading ask a fixed number of questions of the database."""

import pytest
from django.urls import reverse

from tests.factories import give_reading, make_module_version

pytestmark = pytest.mark.django_db
WARM = 1  # one request first, so that the session knows what it learns once


@pytest.mark.parametrize("others", [0, 29])
def test_the_module_page_takes_six(phone, patient, reading, others, django_assert_num_queries):
    for _ in range(others):
        give_reading(patient)
    phone.get(reverse("modules"))

    with django_assert_num_queries(6):
        phone.get(reverse("module", args=[reading.pk]))


@pytest.mark.parametrize("others", [0, 29])
def test_the_reading_list_takes_five(phone, patient, reading, others, django_assert_num_queries):
    for _ in range(others):
        give_reading(patient, make_module_version())
    phone.get(reverse("modules"))

    with django_assert_num_queries(5):
        phone.get(reverse("modules"))
