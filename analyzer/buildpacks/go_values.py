"""How Go's decoders of TOML and JSON fill a struct: names in any case of letters, types strictly."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from analyzer.model.quick_dataclass import dataclass

Shape: TypeAlias = "Anything | Text | ListOf | MapOf | Struct"


@dataclass(frozen=True, slots=True)
class Anything:
    """A field of any type; None when the file does not have it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string field; "" when the file does not have it."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A slice; empty when the file does not have it."""

    element: Shape


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map with any keys; empty when the file does not have it."""

    element: Shape


@dataclass(frozen=True, slots=True)
class Struct:
    """A struct; keys of the file that are no field of it are left out, whatever they hold."""

    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """The first key whose value has another type than its field, from the top of the file down."""

    keys: tuple[str, ...]
    wanted: str


def decode(value: Any, shape: Shape, keys: tuple[str, ...] = (), *, any_case: bool = True) -> Any:
    """`value`, as parsed, in the shape of the struct; or a Mismatch. None (JSON's null) leaves a field empty.

    Names are matched in any case of letters by encoding/json and BurntSushi/toml, not by pelletier/go-toml.
    """
    if isinstance(shape, Anything):
        return value
    if value is None:
        return _empty(shape)
    if isinstance(shape, Text):
        return value if isinstance(value, str) else Mismatch(keys=keys, wanted="string")
    if isinstance(shape, ListOf):
        return _decode_list(value, shape, keys) if isinstance(value, list) else Mismatch(keys=keys, wanted="array")
    if not isinstance(value, dict):
        return Mismatch(keys=keys, wanted="table")
    return _decode_map(value, shape, keys) if isinstance(shape, MapOf) else _decode_struct(value, shape, keys, any_case)


def _empty(shape: Shape) -> Any:
    if isinstance(shape, Anything):
        return None
    if isinstance(shape, Text):
        return ""
    if isinstance(shape, ListOf):
        return []
    return {} if isinstance(shape, MapOf) else {name: _empty(field) for name, field in shape.fields.items()}


def _decode_list(value: list[Any], shape: ListOf, keys: tuple[str, ...]) -> Any:
    elements = [decode(element, shape.element, keys) for element in value]
    return next((element for element in elements if isinstance(element, Mismatch)), elements)


def _decode_map(value: dict[str, Any], shape: MapOf, keys: tuple[str, ...]) -> Any:
    elements = {key: decode(element, shape.element, (*keys, key)) for key, element in value.items()}
    return next((element for element in elements.values() if isinstance(element, Mismatch)), elements)


def _decode_struct(value: dict[str, Any], shape: Struct, keys: tuple[str, ...], any_case: bool) -> Any:
    result = _empty(shape)
    for key, element in value.items():
        folded = next((field for field in shape.fields if any_case and field.casefold() == key.casefold()), None)
        name = key if key in shape.fields else folded
        if name is None:
            continue
        decoded = decode(element, shape.fields[name], (*keys, key), any_case=any_case)
        if isinstance(decoded, Mismatch):
            return decoded
        if key == name or name not in value:
            result[name] = decoded
    return result
