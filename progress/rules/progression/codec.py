"""Frozen values to plain JSON and back, by their type hints: what is stored with a proposal can be decided again."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Dataclasses become objects, tuples and sets lists, days and moments ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    if isinstance(value, frozenset | set):
        return sorted(to_json(part) for part in value)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[T], value: Any) -> T:
    """Read what `to_json` wrote. Unknown parts and wrong kinds raise; a part that is newer than the text keeps its default."""
    read: T = _read(kind, value)
    return read


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        return _read_union(get_args(kind), value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], part) for name, part in value.items()})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def _read_union(kinds: tuple[Any, ...], value: Any) -> Any:
    """Of "this or nothing" take this; a union of plain kinds keeps the value as JSON has it."""
    left = [kind for kind in kinds if kind is not type(None)]
    return _read(left[0], value) if len(left) == 1 else value
