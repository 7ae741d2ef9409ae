"""The product's settings with what tests need: fixed secrets, and the demo room installed so that it is tested too."""

import os

from tests.machinery import servers

os.environ["SECRET_KEY"] = "tests-only"
os.environ["EMAIL_URL"] = "smtp://127.0.0.1:1"  # refused, unless a test asks for `smtp_sink`
os.environ["DEMO"] = "1"
os.environ["DEBUG"] = "0"
os.environ["SITE_URL"] = "http://localhost:8000"
servers.use()  # pytest-django reads the settings before any hook of ours, and they need the addresses

from clinic.settings import *  # noqa: E402,F403

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 (a database is dropped and copied anew between tests)
WHITENOISE_AUTOREFRESH = (
    True  # else each test client looks through all static files: 150 ms, many hundred times
)
