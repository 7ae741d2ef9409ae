"""The license is the unchanged Apache-2.0 text that the decision record promises."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_license_is_unchanged() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()

    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_the_decision_record_names_the_same_text() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()

    assert digest in (ROOT / "docs/decisions/0009-licence.md").read_text(encoding="utf-8")
