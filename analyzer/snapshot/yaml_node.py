"""What a YAML file is read as; apart from the reading, since importing the parser takes longer than most files."""

from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlNode:
    """A scalar, mapping or sequence. Walking a whole document takes a bounded number of steps."""

    line: int
    """Where it begins, from 1; for a block scalar, the line of its `|` or `>`."""
    tag: str = ""
    """A tag of the application (`!Ref`, `!reference`); empty for the tags of YAML itself."""
    text: str | None = None
    """A scalar without its quotes; None for other nodes."""
    is_plain: bool = False
    """Whether it is a scalar without quotes, which YAML may take for a number, a boolean or null."""
    mapping: tuple[tuple[str, "YamlNode", int], ...] | None = None
    sequence: tuple["YamlNode", ...] | None = None
    size: int = 1
    """Nodes in it, itself included."""

    @property
    def is_scalar(self) -> bool:
        """Whether the node is a single value."""
        return self.text is not None

    @property
    def is_mapping(self) -> bool:
        """Whether the node has keys."""
        return self.mapping is not None

    @property
    def is_sequence(self) -> bool:
        """Whether the node has elements."""
        return self.sequence is not None

    def items(self) -> tuple[tuple[str, "YamlNode", int], ...]:
        """Keys with their values and lines, each key once, in order; none where the node is no mapping.

        Merged mappings (`<<`) are included: the mapping's own keys go before theirs, earlier ones before later ones.
        Of a key that is there twice, the last counts. Keys that are no scalars are left out.
        """
        return self.mapping or ()

    def get(self, key: str) -> "YamlNode | None":
        """The value of a key, None without one."""
        return next((value for name, value, _ in self.items() if name == key), None)

    def elements(self) -> tuple["YamlNode", ...]:
        """The elements of a sequence; none where the node is no sequence."""
        return self.sequence or ()
