"""Load the delivered content: sources, modules, exercises, templates, walk-run stages. Safe to repeat."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand

from education.actions import (
    Loaded,
    ensure_editors_group,
    ensure_review,
    load_glossary,
    load_modules,
    load_sources,
)
from education.content import load_content
from education.models import GlossaryTerm, Medium, Module
from programs.actions.loading import load_exercises, load_stages, load_templates
from programs.library import load_library
from programs.models import Exercise, ProgramTemplate


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        content, library = load_content(), load_library()
        self.tell_count("sources", load_sources(sources=content.sources.values()))
        self.tell("terms", load_glossary(terms=content.glossary))
        self.tell("exercises", load_exercises(files=library.exercises.values()))
        self.tell("modules", load_modules(files=content.modules))
        self.tell("templates", load_templates(files=library.templates.values()))
        self.tell_count("walk-run stages", load_stages(stages=library.walk_run.stages))
        ensure_editors_group(models=[Module, Exercise, ProgramTemplate, GlossaryTerm, Medium])
        ensure_review(models=[Module, Exercise, ProgramTemplate])

    def tell(self, what: str, outcomes: Mapping[str, Loaded]) -> None:
        counts = Counter(outcomes.values())
        self.stdout.write(f"  {what}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
        for code, outcome in outcomes.items():
            if outcome is Loaded.EDITED_HERE:
                self.stdout.write(f"  {code} was edited here since it was loaded: left as it is")

    def tell_count(self, what: str, changed: int) -> None:
        self.stdout.write(f"  {what}: {changed} written")
