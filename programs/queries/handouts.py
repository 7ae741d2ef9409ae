"""What a plan on paper needs beside the plan itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from programs.models import PlanItem, WalkRunStage
from programs.queries.library import walk_run_table
from programs.queries.plans import PlanPage
from programs.rules.handout import Week, tick_sheet
from programs.rules.plans import MOST_ITEMS

WALK_RUN = "WALK_RUN"


@dataclass(frozen=True)
class PlanOnPaper:
    """The current phase's exercises, as many as paper has room for, the weeks to tick, and the stages if it has running."""

    items: tuple[PlanItem, ...]
    left_out: int
    weeks: list[Week]
    stages: list[WalkRunStage]

    @property
    def sheets(self) -> Iterator[tuple[Week, list[tuple[PlanItem, tuple[bool, ...]]]]]:
        """Each week with its rows: an exercise and whether it is due on each day."""
        for week in self.weeks:
            yield week, list(zip(self.items, week.due, strict=True))


def plan_on_paper(page: PlanPage, today: date) -> PlanOnPaper:
    """At most one query, on what `plan_page` has read."""
    items = page.items
    shown = items[:MOST_ITEMS]
    runs = any(item.exercise_version.code == WALK_RUN for item in shown)
    return PlanOnPaper(
        items=shown,
        left_out=len(items) - len(shown),
        weeks=tick_sheet([item.weekdays for item in shown], first=max(today, page.version.from_on)),
        stages=list(walk_run_table()) if runs else [],
    )
