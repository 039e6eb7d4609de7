"""interim"""
import ast, json, tomllib, configparser, warnings
from dataclasses import dataclass
from typing import Any
import yaml


@dataclass
class ParseFailure:
    path: str
    reason: str
    line: int | None = None


@dataclass
class PythonDocument:
    path: str
    tree: ast.Module


@dataclass
class TomlDocument:
    path: str
    data: dict
    def line_of(self, *keys): return 1


@dataclass
class JsonDocument:
    path: str
    data: Any
    def line_of(self, *keys): return 1


@dataclass
class IniDocument:
    path: str
    sections: dict
    def line_of(self, *keys): return 1


class YamlNode:
    def __init__(self, node): self.node = node
    @property
    def line(self): return self.node.start_mark.line + 1
    @property
    def is_scalar(self): return isinstance(self.node, yaml.ScalarNode)
    @property
    def is_mapping(self): return isinstance(self.node, yaml.MappingNode)
    @property
    def is_sequence(self): return isinstance(self.node, yaml.SequenceNode)
    @property
    def text(self): return self.node.value if self.is_scalar else None
    def items(self):
        if not self.is_mapping: return []
        out = []
        for k, v in self.node.value:
            if k.value == "<<" and isinstance(v, yaml.MappingNode): out += YamlNode(v).items()
            elif isinstance(k, yaml.ScalarNode): out.append((k.value, YamlNode(v), k.start_mark.line + 1))
        return out
    def get(self, key): return next((v for k, v, _ in self.items() if k == key), None)
    def elements(self): return [YamlNode(n) for n in self.node.value] if self.is_sequence else []


@dataclass
class YamlDocument:
    path: str
    root: Any


def _cached(repo, kind, path, make):
    key = (kind, path)
    if key not in repo.cache:
        text = repo.text(path)
        if text is None:
            repo.cache[key] = None
        else:
            try:
                repo.cache[key] = make(text)
            except SyntaxError as e:
                repo.cache[key] = ParseFailure(path, str(e), e.lineno)
            except Exception as e:
                repo.cache[key] = ParseFailure(path, str(e), 1)
    return repo.cache[key]


def read_python(repo, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _cached(repo, "py", path, lambda t: PythonDocument(path, ast.parse(t)))
def read_toml(repo, path): return _cached(repo, "toml", path, lambda t: TomlDocument(path, tomllib.loads(t)))
def read_json(repo, path): return _cached(repo, "json", path, lambda t: JsonDocument(path, json.loads(t)))
def read_yaml(repo, path):
    def mk(t):
        n = yaml.compose(t)
        return YamlDocument(path, YamlNode(n) if n else None)
    return _cached(repo, "yaml", path, mk)
def read_ini(repo, path):
    def mk(t):
        p = configparser.RawConfigParser(strict=False); p.read_string(t)
        return IniDocument(path, {s: dict(p.items(s)) for s in p.sections()})
    return _cached(repo, "ini", path, mk)
