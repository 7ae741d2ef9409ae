"""The hip and thigh, drawn from points kept as data: layers, muscles, the knee, a chain. Pure Python: knows no Django."""

from education.anatomy.chain import Chain, Step, chain
from education.anatomy.parts import BodyPart, find_part, parts
from education.anatomy.pictures import Picture, picture

__all__ = ["BodyPart", "Chain", "Picture", "Step", "chain", "find_part", "parts", "picture"]
