#!/usr/bin/env python
"""Run Django's command line for Hipwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        # A sentence for whoever wrote the settings; a traceback would hide it.
        sys.exit(f"hipwise: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
