"""`configparser`: what a parser was told to read, from files of the repository or from mappings.

Source: Lib/configparser.py of Python 3.13.
"""

from functools import partial
from typing import TYPE_CHECKING

from analyzer.facts.evaluator import files
from analyzer.facts.evaluator.assignments import spread
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.library.environment_readers import cast_text
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.texts import text_of
from analyzer.facts.evaluator.values import Extern, Instance, Native, Value, is_abstract, unresolved

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

_KINDS = {"get": "text", "getboolean": "bool", "getint": "int", "getfloat": "float"}
_OUTSIDE = "an INI file outside the repository"


class IniReader:
    """`configparser.ConfigParser()`

    A file that is not in the repository belongs to the deployment: what only it can say is unresolved, what has a
    fallback is the fallback.
    """

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, Value]] = {}
        self.outside = False
        """Whether it was told to read something that the scan cannot see."""

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """A method; None for what is not modelled."""
        if name in _KINDS:
            return Value(Native(name, partial(self._get, _KINDS[name])))
        methods = {
            "read": self._read,
            "read_file": self._read,
            "readfp": self._read,
            "read_string": self._read_string,
            "read_dict": self._read_mapping,
            "sections": lambda interp, args, kwargs: self._names(self.sections),
            "options": lambda interp, args, kwargs: self._names(self.sections.get(args[0].data, {}) if args else {}),
            "items": self._items,
            "has_section": lambda interp, args, kwargs: self._has(args),
            "has_option": lambda interp, args, kwargs: self._has(args),
            "add_section": self._add_section,
            "set": self._set,
        }
        return Value(Native(name, methods[name])) if name in methods else None

    def subscript(self, interp: "Interpreter", key: Value) -> Value:
        """`parser["section"]`

        Raises:
            Raised: KeyError, where no such section was read.
        """
        if isinstance(key.data, str) and key.data in self.sections:
            return Value(Instance(Extern("configparser.SectionProxy"), payload=dict(self.sections[key.data])))
        if self.outside:
            return unresolved(_OUTSIDE)
        raise Raised("KeyError", repr(key.data), key.env, interp.where)

    def contains(self, interp: "Interpreter", item: Value) -> bool | None:
        """`"section" in parser`"""
        return True if item.data in self.sections else None if self.outside else False

    def _read(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """`read(names)`, `read_file(open(name))`: gives the names of the files that were read."""
        names = args[0].data if args and isinstance(args[0].data, list | tuple) else args[:1]
        found: list[Value] = []
        for name in names:
            try:
                text = (
                    name.data.payload.text
                    if isinstance(name.data, Instance)
                    else files.read_text(interp, str(name.data))
                )
            except (Raised, AttributeError):
                self.outside = True
                continue
            if self._add(interp, text):
                found.append(name)
        return Value(found)

    def _read_string(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        if args and isinstance(args[0].data, str):
            self._add(interp, args[0].data)
        else:
            self.outside = True
        return Value(None)

    def _add(self, interp: "Interpreter", text: str) -> bool:
        """Take over what a text says; False where it is no INI file.

        Raises:
            LimitReached: each line is a step.
        """
        import configparser

        interp.spend(text.count("\n"))
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(text)
        except configparser.Error:
            return False
        for section in parser.sections():
            self.sections.setdefault(section, {}).update({k: Value(v) for k, v in parser.items(section)})
        return True

    def _read_mapping(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """`read_dict({"section": {"option": value}})`: every value becomes text."""
        data = args[0].data if args else None
        if not isinstance(data, dict):
            self.outside = True
            return Value(None)
        for section, options in data.items():
            if isinstance(options.data, dict):
                texts = {str(k).lower(): v if v.data is None else _text(v) for k, v in options.data.items()}
                self.sections.setdefault(str(section), {}).update(texts)
            else:
                self.outside = True
        return Value(None)

    def _get(self, kind: str, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """`get(section, option, fallback=…)`

        Raises:
            Raised: NoSectionError or NoOptionError, where all that was read is known and has no such option.
        """
        given = dict(zip(("section", "option"), args, strict=False)) | kwargs
        section, option = given.get("section", Value(None)).data, given.get("option", Value(None)).data
        found = self.sections.get(str(section), {}).get(str(option).lower())
        if found is not None:
            return cast_text(kind, found)
        if "fallback" in kwargs:
            return kwargs["fallback"]
        if self.outside:
            return unresolved(_OUTSIDE)
        error = "NoOptionError" if section in self.sections else "NoSectionError"
        raise Raised(error, f"{section}.{option}", at=interp.where, bases=("Error",))

    def _items(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        if not args:
            return unresolved("all sections of an INI file", kind="list")
        options = self.sections.get(str(args[0].data))
        if options is None:
            return unresolved(_OUTSIDE, kind="list")
        return Value([Value((Value(name), value)) for name, value in options.items()])

    def _names(self, mapping: dict[str, dict[str, Value]] | dict[str, Value]) -> Value:
        return Value([Value(name) for name in mapping])

    def _has(self, args: list[Value]) -> Value:
        section = self.sections.get(str(args[0].data)) if args else None
        found = section is not None and (len(args) < 2 or str(args[1].data).lower() in section)
        return unresolved(_OUTSIDE, kind="bool") if self.outside and not found else Value(found)

    def _add_section(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        for name in args[:1]:
            self.sections.setdefault(str(name.data), {})
        return Value(None)

    def _set(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        if len(args) == 3:
            self.sections.setdefault(str(args[0].data), {})[str(args[1].data).lower()] = args[2]
        return Value(None)


def _text(value: Value) -> Value:
    return value if is_abstract(value) or spread(value) is not None else text_of([value])


@registry.model("configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser")
def config_parser(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """An INI file: its content belongs to the deployment, unless the repository has it."""
    return Value(Instance(Extern("configparser.ConfigParser"), payload=IniReader()))
