"""YAML as a graph of nodes: scalars as they are written, with their lines, whatever tags and types say.

Nodes are read instead of values because YAML 1.1 turns `3.10` into a number, `on` into true and `22:22` into 1342.
"""

from collections.abc import Iterator

import yaml

from analyzer.snapshot.yaml_node import YamlNode

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 100
"""Nodes inside each other."""
MAX_NODES = 200_000
"""Of all documents together, counting a node once for every alias and merge that repeats it."""
_MERGE = "<<"
_STANDARD_TAG = "tag:yaml.org,2002:"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlLimitError(Exception):
    """A YAML text is beyond a bound, or a node contains itself; the message says so."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def compose(text: str) -> tuple[YamlNode, ...]:
    """The documents of a YAML text, empty ones left out.

    Raises yaml.YAMLError for what is no YAML, YamlLimitError for what is too large or contains itself.
    """
    if len(text) > MAX_CHARACTERS:
        raise YamlLimitError(f"more than {MAX_CHARACTERS:,} characters of YAML")
    composed = list(yaml.compose_all(text, Loader=_Loader))  # keeps its nodes, and so their identities, alive
    builder = _Builder()
    nodes = [builder.node(node, 1) for node in composed]
    return tuple(node for node in nodes if node.text != "" or not node.is_plain)


class _Builder:
    """Makes a node of each of PyYAML's."""

    def __init__(self) -> None:
        self._made: dict[int, YamlNode | None] = {}
        """By identity of PyYAML's node; None while it is being made."""
        self._items_made = 0

    def node(self, node: yaml.Node, depth: int) -> YamlNode:
        line = node.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlLimitError(f"more than {MAX_DEPTH} nodes inside each other", line)
        if id(node) not in self._made:
            self._made[id(node)] = None
            self._made[id(node)] = self._make(node, line, depth)
        made = self._made[id(node)]
        if made is None:
            raise YamlLimitError("a node that contains itself", line)
        if max(made.size, self._items_made) > MAX_NODES:
            raise YamlLimitError(f"more than {MAX_NODES:,} nodes, counting what aliases repeat", line)
        return made

    def _make(self, node: yaml.Node, line: int, depth: int) -> YamlNode:
        tag = "" if node.tag.startswith(_STANDARD_TAG) else node.tag
        if isinstance(node, yaml.MappingNode):
            mapping = tuple(self._items(node, depth))
            size = 1 + sum(value.size for _, value, _ in mapping)
            self._items_made += len(mapping)
            return YamlNode(line=line, tag=tag, mapping=mapping, size=size)
        if isinstance(node, yaml.ScalarNode):
            return YamlNode(line=line, tag=tag, text=node.value, is_plain=not node.style)
        sequence = tuple(self.node(child, depth + 1) for child in node.value)
        return YamlNode(line=line, tag=tag, sequence=sequence, size=1 + sum(child.size for child in sequence))

    def _items(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, YamlNode, int]]:
        own: dict[str, tuple[str, YamlNode, int]] = {}
        merged: dict[str, tuple[str, YamlNode, int]] = {}
        for key, value in node.value:
            made = self.node(value, depth + 1)
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value == _MERGE and not key.style:
                for source in made.elements() or (made,):
                    for item in source.items():
                        merged.setdefault(item[0], item)
            else:
                own[key.value] = (key.value, made, key.start_mark.line + 1)
        yield from own.values()
        yield from (item for name, item in merged.items() if name not in own)
