"""JSON, TOML, YAML and INI files of the repository that settings read."""

import configparser
import json
import tomllib
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import files
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import Extern, Instance, Native, Value, unresolved, wrap
from analyzer.snapshot.documents import YamlDocument, YamlNode, read_yaml

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter


def parse(interp: "Interpreter", path: str, text: str) -> Value:
    """The content of a data file.

    Raises:
        Raised: ValueError, when the file cannot be parsed.
    """
    try:
        if path.endswith(".toml"):
            return wrap(tomllib.loads(text))
        if path.endswith((".yaml", ".yml")):
            return _yaml(interp, path)
        return wrap(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Raised("ValueError", f"{path}: {error}"[:200], at=interp.where) from None


def _yaml(interp: "Interpreter", path: str) -> Value:
    inside = files.repository_path(interp, path)
    document = read_yaml(interp.repo, inside) if inside is not None else None
    if not isinstance(document, YamlDocument) or document.root is None:
        return unresolved("a YAML file that cannot be read")
    return wrap(_scalars(document.root))


def _scalars(node: YamlNode) -> Any:
    if node.is_mapping:
        return {key: _scalars(value) for key, value, _ in node.items()}
    if node.is_sequence:
        return [_scalars(value) for value in node.elements()]
    text = node.text or ""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if text in ("", "~", "null"):
        return None
    return int(text) if text.lstrip("-").isdigit() and len(text) < 18 else text


class IniReader:
    """`configparser.ConfigParser()`: sections of the files of the repository that it was told to read."""

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, str]] | None = None

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`read`, `get`, `getboolean`, …"""
        if name in ("read", "read_file", "readfp"):
            return Value(Native(name, self._read))
        if name in ("get", "getboolean", "getint", "getfloat"):
            return Value(Native(name, lambda interp, args, kwargs: self._get(interp, name, args, kwargs)))
        if name in ("has_option", "has_section"):
            return Value(Native(name, lambda interp, args, kwargs: self._has(args)))
        return None

    def subscript(self, interp: "Interpreter", key: Value) -> Value:
        """`parser["section"]`"""
        if self.sections is None or not isinstance(key.data, str) or key.data not in self.sections:
            if self.sections is not None:
                raise Raised("KeyError", repr(key.data), at=interp.where)
            return unresolved("an INI file outside the repository")
        return Value(
            Instance(
                Extern("configparser.SectionProxy"), payload={k: Value(v) for k, v in self.sections[key.data].items()}
            )
        )

    def _read(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        parser = configparser.RawConfigParser(strict=False)
        names = args[0].data if args and isinstance(args[0].data, list | tuple) else args[:1]
        for name in names:
            try:
                text = (
                    name.data.payload.text
                    if isinstance(name.data, Instance)
                    else files.read_text(interp, str(name.data))
                )
                parser.read_string(text)
            except (Raised, configparser.Error, AttributeError):
                continue
            self.sections = {s: dict(parser.items(s)) for s in parser.sections()}
        return Value([])

    def _get(self, interp: "Interpreter", method: str, args: list[Value], kwargs: dict[str, Value]) -> Value:
        if self.sections is None or len(args) < 2:
            return kwargs.get("fallback") or unresolved("an INI file outside the repository")
        section, option = args[0].data, args[1].data
        text = self.sections.get(section, {}).get(str(option).lower())
        if text is None:
            if "fallback" in kwargs:
                return kwargs["fallback"]
            raise Raised("NoOptionError", f"{section}.{option}", at=interp.where, bases=("KeyError",))
        from analyzer.facts.evaluator.library.environment_readers import cast_text

        return cast_text({"getboolean": "bool", "getint": "int", "getfloat": "float"}.get(method, "text"), Value(text))

    def _has(self, args: list[Value]) -> Value:
        if self.sections is None:
            return unresolved("an INI file outside the repository", kind="bool")
        section = self.sections.get(args[0].data) if args else None
        return Value(section is not None and (len(args) < 2 or str(args[1].data).lower() in section))
