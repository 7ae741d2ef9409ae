"""Start and watch the web server, a worker, beat, and whatever servers the environment does not name. Ctrl-C stops it all."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from clinic import supervisor

READY = """
Hipwise is ready at {site}

  Sign in   {site}/accounts/login/
            {how}
  Mail      {mail}
  Logs      {var}/log

The data stays in {var}. Ctrl-C stops everything."""
ONE_CLICK = "one click each: patient, practitioner, clinic admin, editor"
BY_CODE = "with the address of somebody who was invited; the code comes by mail"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # they would need the database that we are about to start

    def handle(self, **options: Any) -> None:
        env, base = dict(os.environ), Path(os.environ.get("VAR_DIR") or settings.BASE_DIR / "var")
        sys.exit(supervisor.run(base=base, port=int(settings.PORT), env=env, once_ready=self.tell))

    def tell(self, copy: supervisor.Supervisor) -> None:
        demo = copy.env["DEMO"].lower() in {"1", "true", "yes", "on"}
        site = copy.env["SITE_URL"].rstrip("/")
        caught = f"{site}/demo/mail/" if demo else f"{copy.var}/mail"
        mail = caught if "MAIL_CATCHER_DIR" in copy.env else "goes to the server that EMAIL_URL names"
        self.stdout.write(
            READY.format(site=site, how=ONE_CLICK if demo else BY_CODE, mail=mail, var=copy.var)
        )
        self.stdout.flush()
