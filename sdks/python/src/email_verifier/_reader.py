"""From JSON to the dataclasses of `models`. What a later API adds is ignored."""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import lru_cache
from typing import Any, Callable, Dict, Optional, Tuple, Type, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def read(model: Type[T], data: Dict[str, Any]) -> T:
    """Raises KeyError or TypeError where it is not of that shape."""
    values: Dict[str, Any] = {}
    for name, key, is_required, convert in _fields_of(model):
        value = data[key] if is_required else data.get(key)
        values[name] = value if value is None or convert is None else convert(value)
    return model(**values)


@lru_cache(maxsize=None)
def _fields_of(model: Type[Any]) -> Tuple[Tuple[str, str, bool, Optional[Callable[[Any], Any]]], ...]:
    hints = get_type_hints(model)
    return tuple(
        (field.name, field.name.rstrip("_"), field.default is MISSING, _converter(hints[field.name])) for field in fields(model)
    )


def _converter(hint: Any) -> Optional[Callable[[Any], Any]]:
    """None: the value is as it should be."""
    if get_origin(hint) is Union:
        return _converter(next(arg for arg in get_args(hint) if arg is not type(None)))
    if get_origin(hint) is list:
        convert = _converter(get_args(hint)[0])
        return None if convert is None else lambda items: [convert(item) for item in items]
    return (lambda value: read(hint, value)) if hasattr(hint, "__dataclass_fields__") else None
