"""How an easier exercise is dosed when it takes a planned one's place for a day."""

from dataclasses import replace

from programs.rules.dose import Dose, Side


def eased(planned: Dose, usual: Dose) -> Dose:
    """The planned sets and amount where both are counted alike; else the easier one's usual dose. No added weight."""
    side = planned.side if usual.side is Side.ONE else usual.side
    if planned.unit is not usual.unit:
        return replace(usual, side=side, load_kg=None, times_per_day=1)
    return replace(planned, side=side, tempo=usual.tempo, load_kg=None, load_note=usual.load_note)
