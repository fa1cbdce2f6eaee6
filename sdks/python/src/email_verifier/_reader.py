"""Turns JSON into the classes of `models`. Fields that a later API adds are ignored."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, Dict, Optional, Tuple, Type, TypeVar, Union, get_args, get_origin, get_type_hints


class Model:
    """A part of an answer. Not a dataclass, because creating thirty of those takes longer than the rest of the import."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def to_dict(self) -> Dict[str, Any]:
        return {name.rstrip("_"): _plain(value) for name, value in self.__dict__.items()}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


M = TypeVar("M", bound=Model)


def read(model: Type[M], data: Dict[str, Any]) -> M:
    """Raises KeyError or TypeError if the value does not have that shape."""
    values: Dict[str, Any] = {}
    for name, key, is_required, convert in _fields_of(model):
        value = data[key] if is_required else data.get(key)
        values[name] = value if value is None or convert is None else convert(value)
    return model(**values)


@lru_cache(maxsize=None)
def _fields_of(model: Type[Model]) -> Tuple[Tuple[str, str, bool, Optional[Callable[[Any], Any]]], ...]:
    hints = get_type_hints(model)
    return tuple((name, name.rstrip("_"), not hasattr(model, name), _converter(hint)) for name, hint in hints.items())


def _converter(hint: Any) -> Optional[Callable[[Any], Any]]:
    """Returns None if the value needs no conversion."""
    if get_origin(hint) is Union:
        return _converter(next(arg for arg in get_args(hint) if arg is not type(None)))
    if get_origin(hint) is list:
        convert = _converter(get_args(hint)[0])
        return None if convert is None else lambda items: [convert(item) for item in items]
    return (lambda value: read(hint, value)) if isinstance(hint, type) and issubclass(hint, Model) else None


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.to_dict() if isinstance(value, Model) else value
