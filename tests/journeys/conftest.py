"""What the journeys share: the world of the access matrix, and figures for the end of the run."""

import logging

import pytest

from tests.journeys.world import World, build


@pytest.fixture
def world(db, caplog) -> World:
    """Refusals are what most of these requests are for: no line of log for each."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    caplog.set_level(logging.CRITICAL, logger="django.security")
    return build()
