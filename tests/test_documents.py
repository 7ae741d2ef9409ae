"""The documents name what is there: files, decisions, commands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]
PATH = re.compile(
    r"`((?:clinic|education|programs|progress|reminders|demo|templates|tests|docs|tools|bench|static)/[\w./-]*)`"
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_every_file_a_document_names_exists(document: Path) -> None:
    named = PATH.findall(document.read_text())

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_pictures_of_the_readme_exist() -> None:
    pictures = re.findall(r"docs/screenshots/[\w-]+\.png", (ROOT / "README.md").read_text())

    assert [picture for picture in pictures if not (ROOT / picture).exists()] == []
    assert len(pictures) >= 5


def test_decisions_are_numbered_in_one_row() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_make_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for document in DOCUMENTS
        for name in re.findall(r"\bmake ([a-z-]+)\b(?=[`\s=]| PATIENTS)", document.read_text())
    }
    commands = {name for name in named if f"`make {name}" in "".join(d.read_text() for d in DOCUMENTS)}

    assert commands <= targets
    assert {"run", "test", "reset", "demo"} <= commands | {"run", "test"}
