"""Modules, sources and glossary as files, parsed into frozen dataclasses. A command stores them."""

from education.content.files import (
    FOLDER,
    BrokenContent,
    load_content,
    load_glossary,
    load_module,
    load_sources,
)
from education.content.shapes import Check, Content, Module, Option, Source, SourceKind, Term

__all__ = [
    "FOLDER",
    "BrokenContent",
    "Check",
    "Content",
    "Module",
    "Option",
    "Source",
    "SourceKind",
    "Term",
    "load_content",
    "load_glossary",
    "load_module",
    "load_sources",
]
