"""`os` and `sys`: the environment, paths, and what settings ask of the process."""

import posixpath
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import files
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.texts import text_of
from analyzer.facts.evaluator.values import (
    Extern,
    FromEnv,
    Instance,
    NotPlain,
    PartialText,
    Unresolved,
    Value,
    all_env,
    is_abstract,
    plain,
    unresolved,
)

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

registry.constants(
    {
        "os.sep": "/",
        "os.pardir": "..",
        "os.pathsep": ":",
        "os.linesep": "\n",
        "os.name": "posix",
        "os.curdir": ".",
        "os.devnull": "/dev/null",
        "sys.platform": "linux",
        "sys.version_info": (3, 12, 0),
        "sys.maxsize": 2**63 - 1,
        "sys.path": [],
        "sys.prefix": "/usr/local",
        "sys.base_prefix": "/usr/local",
        "sys.executable": "/usr/local/bin/python",
        "posixpath.sep": "/",
        "os.path.sep": "/",
        "os.path.pardir": "..",
        "os.path.curdir": ".",
    }
)


@registry.model("os.environ.get", "os.getenv", "os.environ.pop")
def getenv(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.environ.get(name, default)`"""
    name = args[0] if args else kwargs.get("key", Value(None))
    if not isinstance(name.data, str):
        return unresolved("a variable whose name the scan cannot tell", name, kind="text")
    default = args[1] if len(args) > 1 else kwargs.get("default")
    return interp.read_environment(name.data, reader="os.environ", default=default)


@registry.model("os.environ.setdefault")
def set_default(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.environ.setdefault(name, value)`"""
    if len(args) != 2 or not isinstance(args[0].data, str):
        return unresolved("a variable whose name the scan cannot tell")
    name = args[0].data
    present = interp.environment.lookup(name)
    if present is not None:
        if args[1].env:  # the other variable decides as well, wherever this one is absent
            interp.environment.written[name] = Value(present.data, present.env | args[1].env, interp.where)
        return present
    interp.environment.written[name] = Value(args[1].data, args[1].env, interp.where)
    return args[1]


@registry.model("os.putenv")
def put_environment(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.putenv(name, value)` does not change `os.environ`."""
    return Value(None)


@registry.model("os.environ.copy", "os.environ.__copy__")
def copy_environment(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A copy answers as the environment does."""
    return Value(Extern("os.environ"))


@registry.model("os.environ.update")
def update_environment(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.environ.update(mapping)`"""
    for source in args:
        if isinstance(source.data, dict):
            interp.environment.written.update({k: v for k, v in source.data.items() if isinstance(k, str)})
    interp.environment.written.update(kwargs)
    return Value(None)


@registry.model("os.path.join", "posixpath.join")
def path_join(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.path.join(a, b)`

    Raises:
        Raised: TypeError, when a part is None.
    """
    if any(a.data is None for a in args):
        culprit = next(a for a in args if a.data is None)
        raise Raised("TypeError", "os.path.join of None", culprit.env, interp.where)
    env = frozenset().union(*(all_env(a) for a in args))
    texts = [files.path_text(a) for a in args]
    if args and all(text is not None for text in texts):
        return Value(posixpath.join(*(str(text) for text in texts)), env)
    parts: list[str | Value] = []
    for index, (argument, text) in enumerate(zip(args, texts, strict=True)):
        if text is not None:
            parts = [text] if text.startswith("/") else [*parts, *(["/"] if index else []), text]
        elif isinstance(argument.data, FromEnv | PartialText):
            parts = [*parts, *(["/"] if index else []), argument]
        else:
            return Value(Unresolved("a path that the scan cannot tell", "text"), env)
    return text_of(parts)


def _path_function(function: Callable[..., Any]) -> registry.Model:
    def run(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        if args and args[0].data is None:
            raise Raised("TypeError", "a path is None", args[0].env, interp.where)
        env = frozenset().union(*(all_env(a) for a in args))
        try:
            from analyzer.facts.evaluator.values import wrap

            return wrap(function(*(files.path_text(a) or plain(a) for a in args)), env)
        except NotPlain:
            return Value(Unresolved("a path that the scan cannot tell", "text"), env)
        except Exception as error:
            raise Raised(type(error).__name__, str(error), env, interp.where) from None

    return run


def _absolute(path: str) -> str:
    return files.normalise(path if path.startswith("/") else f"{files.VIRTUAL_ROOT}/{path}")


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "dirname": posixpath.dirname,
    "basename": posixpath.basename,
    "normpath": posixpath.normpath,
    "split": posixpath.split,
    "splitext": posixpath.splitext,
    "isabs": posixpath.isabs,
    "abspath": _absolute,
    "realpath": _absolute,
    "expanduser": str,
    "relpath": lambda path, start=files.VIRTUAL_ROOT: posixpath.relpath(_absolute(path), _absolute(start)),
    "commonprefix": lambda paths: posixpath.commonprefix(list(paths)),
}
for _name, _function in _FUNCTIONS.items():
    registry.model(f"os.path.{_name}", f"posixpath.{_name}")(_path_function(_function))


def _exists(kind: str) -> registry.Model:
    def run(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        path = args[0] if args else Value(None)
        if path.data is None:
            raise Raised("TypeError", "a path is None", path.env, interp.where)
        text = files.path_text(path)
        if text is None:
            return Value(Unresolved("whether a file exists", "bool"), all_env(path))
        return Value(files.exists(interp, text, kind), path.env)

    return run


for _name, _kind in {"exists": "any", "lexists": "any", "isfile": "file", "isdir": "folder"}.items():
    registry.model(f"os.path.{_name}")(_exists(_kind))


@registry.model("os.getcwd")
def working_directory(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """The folder of manage.py, from which processes start."""
    return Value(files.normalise(f"{files.VIRTUAL_ROOT}/{interp.roots[0] if interp.roots else '.'}"))


@registry.model("os.fspath", "os.path.expandvars", "os.path.normcase")
def as_text(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`os.fspath(path)`"""
    if args and isinstance(args[0].data, PurePosixPath):
        return Value(str(args[0].data), args[0].env)
    return args[0] if args else Value(None)


@registry.model(
    "os.makedirs", "os.mkdir", "sys.path.append", "sys.path.insert", "sys.setrecursionlimit", "os.umask", "os.chdir"
)
def no_effect(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Side effects outside the values: none here."""
    return Value(None)


@registry.model(
    "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "environ.Path.path",
    "path.Path", "unipath.Path", "unipath.FSPath",
)  # fmt: skip
def make_path(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Path(a, b)`"""
    if not args:
        return Value(PurePosixPath("."))
    if args[0].data is None:
        raise Raised("TypeError", "Path(None)", args[0].env, interp.where)
    result = files.as_path(args[0])
    for part in args[1:]:
        if not isinstance(result.data, PurePosixPath) or not isinstance(part.data, str | PurePosixPath):
            return unresolved("a path that the scan cannot tell", *args, kind="text")
        result = Value(result.data / part.data, result.env | part.env)
    return result


@registry.model("pathlib.Path.cwd")
def path_working_directory(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`Path.cwd()`"""
    return files.as_path(working_directory(interp, args, kwargs))


@registry.model("builtins.open", "io.open", "codecs.open")
def open_model(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`open(path)`, for reading"""
    return files.open_file(interp, args, kwargs)


@registry.model("sys.exit", "os._exit", "builtins.exit", "builtins.quit")
def leave(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """The program ends here.

    Raises:
        Raised: SystemExit.
    """
    env = frozenset().union(*interp.conditions) if interp.conditions else frozenset()
    raise Raised("SystemExit", str(args[0].data) if args and isinstance(args[0].data, str) else "", env, interp.where)


class DjangoEnvironPath:
    """`environ.Path(__file__) - 3`, an old kind of path of django-environ."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path

    def call(self, interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        """`root("static")` -> text"""
        names = [a.data for a in args]
        if any(not isinstance(n, str) for n in names):
            return unresolved("a path that the scan cannot tell", *args)
        return Value(files.normalise(str(self.path.joinpath(*names))))

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`root.path("static")`, `root.root`"""
        from analyzer.facts.evaluator.values import Native

        if name == "path":
            return Value(
                Native(
                    "path", lambda interp, args, kwargs: make_environ_path(interp, [Value(self.path), *args], kwargs)
                )
            )
        if name == "root":
            return Value(str(self.path))
        return None

    def operator(self, interp: "Interpreter", op: Any, right: Value) -> Value:
        """`root - 2`, `root + "static"`"""
        path = self.path
        if isinstance(right.data, int):
            for _ in range(min(right.data, 50)):
                path = path.parent
        elif isinstance(right.data, str):
            path = path / right.data
        return Value(Instance(Extern("environ.Path"), payload=DjangoEnvironPath(path)))


@registry.model("environ.Path")
def make_environ_path(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`environ.Path(start, *names)`"""
    parts = [a.data for a in args]
    if any(is_abstract(a) or not isinstance(a.data, str | PurePosixPath) for a in args):
        return unresolved("a path that the scan cannot tell", *args)
    path = PurePosixPath(*parts) if parts else PurePosixPath(".")
    return Value(Instance(Extern("environ.Path"), payload=DjangoEnvironPath(PurePosixPath(files.normalise(str(path))))))
