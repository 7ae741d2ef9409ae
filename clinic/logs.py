"""Log lines and error reports that carry ids and route names, never what people wrote or who they are."""

import json
import logging
from datetime import UTC, datetime
from types import TracebackType

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

KEPT = ("status_code", "request_id", "actor_id", "clinic_id", "route", "task", "mail_id")


class JsonLine(logging.Formatter):
    """One JSON object per line, from an allow-list of fields."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line |= about(request)
        line |= {name: str(getattr(record, name)) for name in KEPT if hasattr(record, name)}
        line["message"] = "request failed" if request else record.getMessage()
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = where(record.exc_info[2])
        return json.dumps(line)


def about(request: HttpRequest) -> dict[str, str]:
    match = request.resolver_match
    return {
        "method": request.method or "",
        "route": match.view_name if match else "",  # the name: a path may hold a token
        "request_id": str(getattr(request, "request_id", "")),
        "actor_id": str(getattr(getattr(request, "user", None), "pk", "")),
    }


def where(trace: TracebackType | None) -> list[str]:
    """File and line of each frame: no source values, because an error's words may quote what a person typed."""
    lines = []
    while trace:
        lines.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 3)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return lines[-8:]


class NothingPersonal(SafeExceptionReporterFilter):
    """Error reports without form fields, cookies or local variables."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: object) -> list:
        return []

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
