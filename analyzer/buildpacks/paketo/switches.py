"""Variables that switch something on: strconv.ParseBool."""

from analyzer.buildpacks.source import Source
from analyzer.model.quick_dataclass import dataclass

_TRUE = ("1", "t", "T", "TRUE", "true", "True")
_FALSE = ("0", "f", "F", "FALSE", "false", "False")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadSwitch:
    """The value is neither; the buildpack stops with an error."""

    reason: str


def is_switched_on(source: Source, name: str) -> bool | BadSwitch:
    """Whether the variable is set to one of the words for true; any other word than those is an error."""
    value = source.variables.get(name)
    if value is None or value in _FALSE:
        return False
    if value in _TRUE:
        return True
    return BadSwitch(
        reason=f'failed to parse {name} value {value}: strconv.ParseBool: parsing "{value}": invalid syntax'
    )
