"""A phone without a browser that keeps to the protocol of static/outbox.js: save first, send, forget only what is confirmed."""

import json
import sqlite3
import uuid
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 10
Fields = list[tuple[str, str]]


class Phone:
    """What it holds is in a file, so that it survives its owner's switching it off: open a new Phone on the same file."""

    def __init__(self, file: Path, *, port: int, session: str, person: str) -> None:
        self.port, self.session, self.person = port, session, person
        self.token, self.csrf_cookie, self.tries = "", "", 0
        self.held = sqlite3.connect(file, isolation_level=None)
        self.held.execute(
            "CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, url TEXT, fields TEXT, state TEXT)"
        )

    def save(self, url: str, fields: Fields) -> str:
        """Keep it here before anything else. `{id}` in the address is the entry's own id, as is the field client_id."""
        key = str(uuid.uuid4())
        whole = [("client_id", key), *fields]  # first, so that it is there also in a form that was cut
        row = (key, url.format(id=key), json.dumps(whole), "waiting")
        self.held.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", row)
        return key

    @property
    def waiting(self) -> list[str]:
        return [
            key
            for (key,) in self.held.execute("SELECT id FROM entries WHERE state = 'waiting' ORDER BY rowid")
        ]

    def states(self) -> dict[str, str]:
        return dict(self.held.execute("SELECT id, state FROM entries"))

    def send_all(self, keys: Iterable[str] | None = None) -> None:
        for key in keys or self.waiting:
            self.send(key)

    def send(self, key: str) -> None:
        """One try. Whatever happens, the entry stays until an answer repeats its id."""
        url, fields = self.held.execute("SELECT url, fields FROM entries WHERE id = ?", [key]).fetchone()
        self.tries += 1
        try:
            status, said = self._post(url, [(name, value) for name, value in json.loads(fields)])
        except (OSError, HTTPException, ValueError):
            return  # no line, a line that broke, or an answer that is no JSON
        if said.get("client_id") == key and status in (200, 201, 409, 422):
            state = {409: "both", 422: f"refused {said}"}.get(status, "sent")
            self.held.execute("UPDATE entries SET state = ? WHERE id = ?", [state, key])
        elif said.get("error") == "csrf":
            self.token = ""

    def _post(self, url: str, fields: Fields) -> tuple[int, dict]:
        if not self.token:
            self.token = self._ask("GET", "/offline/pages/")[1].get("csrf", "")
        return self._ask("POST", url, urlencode(fields))

    def _ask(self, method: str, url: str, body: str = "") -> tuple[int, dict]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, url, body or None, self._headers(bool(body)))
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                if cookie.startswith("csrf="):
                    self.csrf_cookie = cookie.split(";")[0]
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def _headers(self, has_body: bool) -> dict[str, str]:
        headers = {"Accept": "application/json", "Cookie": f"sid={self.session}; {self.csrf_cookie}"}
        headers |= {
            "X-Person": self.person,
            "X-CSRFToken": self.token,
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return headers | ({"Content-Type": "application/x-www-form-urlencoded"} if has_body else {})
