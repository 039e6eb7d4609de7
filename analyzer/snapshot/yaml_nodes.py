"""YAML as a graph of nodes: scalars as written, with their lines, whatever tags and types say.

The node graph is read instead of values because YAML 1.1 turns `3.10` into a number, `on` into true and `22:22` into
1342, and lets duplicate keys win silently.
"""

from collections.abc import Iterator

import yaml

MAX_DEPTH = 20
"""Mappings merged by `<<` inside each other."""
MAX_ITEMS = 20_000
"""Items of one mapping with all that it merges: merges can double at every level."""
MAX_INDENTED = 500
"""Columns that a line may be indented; a parser in C goes one call deeper for each level."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlNode:
    """A scalar, mapping or sequence."""

    def __init__(self, node: yaml.Node) -> None:
        self._node = node

    @property
    def line(self) -> int:
        """The line on which the node begins."""
        line: int = self._node.start_mark.line
        return line + 1

    @property
    def is_scalar(self) -> bool:
        """Whether the node is a single value."""
        return isinstance(self._node, yaml.ScalarNode)

    @property
    def is_mapping(self) -> bool:
        """Whether the node has keys."""
        return isinstance(self._node, yaml.MappingNode)

    @property
    def is_sequence(self) -> bool:
        """Whether the node has elements."""
        return isinstance(self._node, yaml.SequenceNode)

    @property
    def text(self) -> str | None:
        """A scalar as written (without quotes); None for other nodes."""
        return str(self._node.value) if self.is_scalar else None

    def items(self) -> list[tuple[str, "YamlNode", int]]:
        """Keys with their values and lines, merged mappings included; empty where the node is no mapping."""
        found: list[tuple[str, YamlNode, int]] = []
        for item in self._items(0):
            found.append(item)
            if len(found) >= MAX_ITEMS:
                break
        return found

    def get(self, key: str) -> "YamlNode | None":
        """The value of a key: the mapping's own before a merged one."""
        return next((value for name, value, _ in self.items() if name == key), None)

    def elements(self) -> list["YamlNode"]:
        """The elements of a sequence; empty where the node is none."""
        return [YamlNode(node) for node in self._node.value] if self.is_sequence else []

    def _items(self, depth: int) -> Iterator[tuple[str, "YamlNode", int]]:
        if not self.is_mapping or depth > MAX_DEPTH:
            return
        merged: list[yaml.Node] = []
        for key, value in self._node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value == "<<":
                merged += value.value if isinstance(value, yaml.SequenceNode) else [value]
            else:
                yield key.value, YamlNode(value), key.start_mark.line + 1
        for node in merged:
            yield from YamlNode(node)._items(depth + 1)


def compose(text: str) -> YamlNode | None:
    """The first document of a YAML text; None when it is empty. Raises yaml.YAMLError."""
    for line in text.split("\n"):
        start = len(line) - len(line.lstrip(" -?:"))
        if start > MAX_INDENTED:
            raise yaml.YAMLError("lines are indented too deeply")
    loader = _Loader(text)
    try:
        node = loader.get_node() if loader.check_node() else None
    finally:
        loader.dispose()
    return None if node is None else YamlNode(node)
