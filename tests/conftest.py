"""Fixtures for every test: a fresh database, a clean cache, no way off the machine; on request real mail and a real browser."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.machinery import chromium, database, guard, smtp, words


@pytest.fixture(scope="session", autouse=True)
def nothing_leaves_the_machine() -> Iterator[None]:
    guard.install()
    yield
    guard.remove()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """Replace pytest-django's own: copy the migrated template instead of migrating again."""
    with django_db_blocker.unblock():
        database.use_copy(os.environ.get("PYTEST_XDIST_WORKER", "master"))
    # Emptying the tables after a test with real transactions would also lose what migrations put there.
    TransactionTestCase._fixture_teardown = lambda self: database.renew()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session", autouse=True)
def uploads_stay_with_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    """Rate limits and queued nudges of the last test are gone: cache and broker share this run's own Valkey database."""
    cache.clear()


@pytest.fixture
def smtp_sink(settings) -> Iterator[smtp.Sink]:
    """A real mail server on loopback; Django sends to it over SMTP for the length of the test."""
    sink = smtp.Sink()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
    yield sink
    sink.stop()
    assert [
        words.health_words_in(message) for message in sink.messages if words.health_words_in(message)
    ] == []


@pytest.fixture
def child_env(transactional_db, settings) -> dict[str, str]:
    """The environment for a real worker or beat started by a test: this test's database, Valkey and mail server."""
    from django.db import connection

    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    mail = f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return os.environ | {"DATABASE_URL": url, "EMAIL_URL": mail, "DJANGO_SETTINGS_MODULE": "clinic.settings"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's synchronous interface runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser, live_server, settings) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser profile of its own: `new_page(chromium.DESKTOP, scheme="dark")`."""
    settings.SITE_URL = live_server.url
    opened = []

    def opens(viewport: dict[str, int] = chromium.PHONE, *, scheme: str = "light") -> Page:
        opened.append(chromium.context(browser, viewport=viewport, base_url=live_server.url, scheme=scheme))
        return opened[-1].new_page()

    yield opens
    for context in opened:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page(chromium.PHONE)


@pytest.fixture
def desktop(new_page: Callable[..., Page]) -> Page:
    return new_page(chromium.DESKTOP)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`"""
    return chromium.axe_violations


@pytest.fixture
def figure(record_property) -> Callable[[str], None]:
    """Note something counted or measured, to be printed at the end of the run: `figure("12 requests, 31 KB")`."""
    return lambda words: record_property("figure", words)


def pytest_terminal_summary(terminalreporter) -> None:
    passed = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    figures = [
        (report.nodeid, said)
        for report in passed
        for name, said in report.user_properties
        if name == "figure"
    ]
    for nodeid, said in figures:
        terminalreporter.write_line(f"{nodeid.rsplit('::', 1)[1]}: {said}")
