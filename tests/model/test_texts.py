"""Every text inside a record is changed, and nothing else."""

from enum import StrEnum

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.texts import map_texts


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    name: str
    colour: Colour
    number: int | None
    commands: dict[str, str]
    facts: tuple[Fact[str], ...]


def test_texts_at_any_depth() -> None:
    fact = Fact(value="red", evidence=(Evidence(path="red.py", line=1, note="red"),))
    record = Record(name="red", colour=Colour.RED, number=1, commands={"red": "red wine"}, facts=(fact,))
    changed = map_texts(record, lambda text: text.replace("red", "blue"))
    new = Fact(value="blue", evidence=(Evidence(path="blue.py", line=1, note="blue"),))
    assert changed == Record(name="blue", colour=Colour.RED, number=1, commands={"red": "blue wine"}, facts=(new,))
