"""Storing delivered content: what is new is published, what an editor changed is left alone."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction

from education import content
from education.blocks import ASK_BLOCKS, CHECK_BLOCKS, MODULE_BLOCKS, written_stream
from education.models import GlossaryTerm, Module, Source

Fields = Mapping[str, Any]
WORDS = ("code", "slug", "title", "goal", "minutes", "note")


class Loaded(StrEnum):
    """What became of one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED_HERE = "edited here"


@dataclass(frozen=True)
class Stored:
    """One kind of row as plain fields: `read(row)` gives them, `write(row, fields)` puts them back."""

    model: type[Any]
    read: Callable[[Any], Fields]
    write: Callable[[Any, Fields], None]

    @staticmethod
    def fingerprint(fields: Fields) -> str:
        """As `loaded_hash` keeps it."""
        return _fingerprint(fields)


def _fingerprint(fields: Fields) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def load_row(
    *, row: Any, is_new: bool, fields: Fields, read: Callable[[Any], Fields], write: Callable[[Any], None]
) -> Loaded:
    """Bring one row with drafts in line with its file. `read` gives a row's fields as the file has them.

    `loaded_hash` says what this command wrote last; a row (or its newest draft) that reads differently was
    edited here, and people's edits win. Publishing freezes a version (see the room's AppConfig).
    """
    wanted = _fingerprint(fields)
    if not is_new and row.loaded_hash == wanted:
        return Loaded.UNCHANGED
    if not is_new and _fingerprint(read(row.get_latest_revision_as_object())) != row.loaded_hash:
        return Loaded.EDITED_HERE
    row.loaded_hash = wanted
    write(row)
    row.full_clean()
    row.save()
    row.save_revision(clean=False).publish()
    return Loaded.CREATED if is_new else Loaded.UPDATED


@transaction.atomic
def load_sources(*, sources: Iterable[content.Source]) -> int:
    """Store the citations; say how many were new or different."""
    known = Source.objects.in_bulk()
    wanted = [
        Source(
            key=file.key,
            citation=file.citation,
            read_as=file.read_as,
            url=file.url,
            is_opinion=file.is_opinion,
        )
        for file in sources
    ]
    changed = [row for row in wanted if row.key not in known or known[row.key].frozen != row.frozen]
    Source.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["citation", "read_as", "url", "is_opinion"],
    )
    return len(changed)


@transaction.atomic
def load_glossary(*, terms: Iterable[content.Term]) -> dict[str, Loaded]:
    """Store the terms; say by name what became of each. What an editor changed is left alone."""
    known = GlossaryTerm.objects.in_bulk(field_name="term")
    return {file.term: _load_term(file, row=known.get(file.term)) for file in terms}


def _load_term(file: content.Term, *, row: GlossaryTerm | None) -> Loaded:
    wanted = _fingerprint(file.as_mapping())
    if row and row.loaded_hash == wanted:
        return Loaded.UNCHANGED
    if row and _fingerprint(row.frozen) != row.loaded_hash:
        return Loaded.EDITED_HERE
    outcome = Loaded.UPDATED if row else Loaded.CREATED
    row = row or GlossaryTerm(term=file.term)
    row.forms, row.meaning, row.loaded_hash = "\n".join(file.forms), file.meaning, wanted
    row.full_clean()
    row.save()
    return outcome


def load_modules(*, files: Iterable[content.Module]) -> dict[str, Loaded]:
    """Store the modules; say by code what became of each. The exercises that they show must be there."""
    known = Module.objects.in_bulk(field_name="code")
    return {file.code: _load_module(file, row=known.get(file.code)) for file in files}


def _load_module(file: content.Module, *, row: Module | None) -> Loaded:
    parts = {
        **{name: getattr(file, name) for name in WORDS},
        "sections": list(file.sections),
        "checks": [_check(check) for check in file.checks],
        "asks": list(file.asks),
    }
    return load_row(
        row=row or Module(code=file.code, live=False),
        is_new=row is None,
        fields=parts,
        read=_module_fields,
        write=lambda module: _write_module(module, parts),
    )


def _write_module(row: Module, fields: Fields) -> None:
    for name in WORDS:
        setattr(row, name, fields[name])
    row.sections = written_stream(MODULE_BLOCKS, fields["sections"])
    row.checks = written_stream(CHECK_BLOCKS, fields["checks"])
    row.asks = written_stream(ASK_BLOCKS, fields["asks"])


def _module_fields(row: Module) -> Fields:
    words = {name: getattr(row, name) for name in WORDS}
    return {
        **words,
        "sections": row.written_sections,
        "checks": row.frozen_checks,
        "asks": row.frozen_asks,
    }


# How a module reads as plain fields, and is written from them: what a content pack is made of.
MODULE = Stored(Module, read=_module_fields, write=_write_module)


def _check(check: content.Check) -> dict[str, Any]:
    names = ("text", "right", "explanation", "misconception", "passage")
    options = [{name: getattr(option, name) for name in names} for option in check.options]
    return {"key": check.key, "question": check.question, "options": options}
