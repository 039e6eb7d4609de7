"""src/python_version_file.rs: what .python-version asks for."""

import re

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass

_PATH = ".python-version"
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What Rust's `trim` removes: the characters with the Unicode property White_Space."""
_NUMBER = lazy_pattern(r"\+?[0-9]+")
_LARGEST = 65_535
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPython:
    """Major, minor and, where it is asked for, patch; `origin` is the file, or "default"."""

    numbers: tuple[int, ...]
    origin: str
    evidence: Evidence

    @property
    def version(self) -> str:
        """N.N or N.N.N, without the leading zeros that the file may have."""
        return ".".join(map(str, self.numbers))


def parse(content: bytes) -> RequestedPython:
    """The one version of the file. Raises BuildStops for anything else."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise BuildStops(MESSAGES.failure("Unable to read .python-version", Evidence(path=_PATH))) from None
    lines = [(number, line.strip(_SPACE)) for number, line in enumerate(text.split("\n"), 1)]
    versions = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if len(versions) != 1:
        problem = "has no version in it" if not versions else "has several versions"
        raise _invalid(problem, *(Evidence(path=_PATH, line=number) for number, _ in versions or [(1, "")]))
    number, version = versions[0]
    evidence = Evidence(path=_PATH, line=number)
    parts = version.split(".")
    if len(parts) not in (2, 3) or not all(_NUMBER.fullmatch(part) and _value(part) <= _LARGEST for part in parts):
        shown = re.sub(r"[^ -~]", "\N{REPLACEMENT CHARACTER}", version)[:_SHOWN]
        raise _invalid(f"says {shown!r}; only N.N and N.N.N are read", evidence)
    return RequestedPython(numbers=tuple(_value(part) for part in parts), origin=_PATH, evidence=evidence)


def _value(digits: str) -> int:
    """A u16, or anything larger for what does not fit into one."""
    significant = digits.lstrip("+").lstrip("0")
    return int(significant or "0") if len(significant) <= len(str(_LARGEST)) else _LARGEST + 1


def _invalid(problem: str, *evidence: Evidence) -> BuildStops:
    values = {"problem": f"{_PATH} {problem}", "default": table()["python"]["default"]}
    return BuildStops(MESSAGES.failure("Invalid Python version in .python-version", *evidence, **values))
