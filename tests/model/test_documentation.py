"""What the docstrings of a dataclass say."""

from analyzer.model.documentation import field_texts, summary
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box
    of cardboard.

    It holds things.
    """

    width: int = 1
    """Of the lid,
    in millimetres.

    Measured outside.
    """
    height: int = 2
    colour: str = "brown"
    """"brown" or "white"."""

    def area(self) -> int:
        """No field."""
        return self.width


class Bare:
    pass


def test_the_first_paragraph_of_a_class() -> None:
    assert summary(Box) == "A box of cardboard."
    assert summary(Bare) == ""


def test_the_text_behind_each_field() -> None:
    assert field_texts(Box) == {"width": "Of the lid, in millimetres.", "colour": '"brown" or "white".'}
    assert field_texts(Bare) == {}
