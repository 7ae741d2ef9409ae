"""Pages about reading ask a fixed number of questions of the database."""

import pytest
from django.urls import reverse

from tests.factories import give_reading, make_module_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("others", [0, 29])
def test_the_module_page_takes_five(phone, patient, reading, others, django_assert_num_queries):
    for _ in range(others):
        give_reading(patient)
    phone.get(reverse("modules"))  # the session learns once that this is no member of staff

    with django_assert_num_queries(5):
        phone.get(reverse("module", args=[reading.pk]))


@pytest.mark.parametrize("others", [0, 29])
def test_the_reading_list_takes_four(phone, patient, reading, others, django_assert_num_queries):
    for _ in range(others):
        give_reading(patient, make_module_version())
    phone.get(reverse("modules"))  # the session learns once that this is no member of staff

    with django_assert_num_queries(4):
        phone.get(reverse("modules"))
