"""Pure functions and constants of the standard library; parsers of data files."""

import ast
import base64
import datetime
import itertools
import json
import logging
import posixpath
import re
import string
import textwrap
import urllib.parse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from analyzer.facts.evaluator import attributes, files, imports, operators
from analyzer.facts.evaluator.library import registry
from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.texts import MAX_TEXT
from analyzer.facts.evaluator.values import (
    RANDOM,
    Extern,
    FromEnv,
    Instance,
    NotPlain,
    Unresolved,
    Value,
    all_env,
    plain,
    unresolved,
    wrap,
)
from analyzer.snapshot.bounded_toml import load_toml

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

MAX_BETWEEN = 10
"""Characters between two elements of JSON."""

registry.constants(
    {
        **{
            f"logging.{n}": getattr(logging, n)
            for n in ("DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "NOTSET")
        },
        **{
            f"string.{n}": getattr(string, n)
            for n in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "punctuation", "printable")
        },
        **{
            f"re.{n}": int(getattr(re, n))
            for n in ("I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "U")
        },
        "typing.TYPE_CHECKING": False,
        "__future__.annotations": None,
    }
)


def _pure(function: Any) -> registry.Model:
    def run(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
        env = frozenset().union(*(all_env(a) for a in [*args, *kwargs.values()]))
        try:
            arguments = [plain(a) for a in args]
            named = {k: plain(v) for k, v in kwargs.items()}
        except NotPlain as obstacle:
            kind = "text" if isinstance(obstacle.value.data, FromEnv) else None
            return Value(Unresolved("computed from what the scan cannot tell", kind), env)
        if any(isinstance(a, str | bytes) and len(a) > MAX_TEXT for a in arguments):
            return Value(Unresolved("limit: size of a text"), env)
        try:
            return wrap(function(*arguments, **named), env)
        except Exception as error:
            if args and args[0].data is None:
                env = args[0].env
            raise Raised(type(error).__name__, str(error)[:200], env, interp.where) from None

    return run


def strtobool(text: str) -> int:
    """distutils.util.strtobool"""
    lowered = text.lower()
    if lowered in ("y", "yes", "t", "true", "on", "1"):
        return 1
    if lowered in ("n", "no", "f", "false", "off", "0"):
        return 0
    raise ValueError(f"invalid truth value {text!r}")


def split_domain_port(host: str) -> tuple[str, str]:
    """Domain and port of a host, as django.http.request.split_domain_port does for names"""
    domain, _, port = host.lower().partition(":")
    return domain.removesuffix("."), port


def _chain(parts: Iterable[Any]) -> list[Any]:
    """The elements of all parts, not many more than evaluation goes on with."""
    return list(itertools.islice(itertools.chain.from_iterable(parts), operators.MAX_ELEMENTS + 1))


def _dumps(value: Any, *, indent: Any = None, separators: Any = None, **options: Any) -> str:
    """`json.dumps`, with what it puts between the elements as short as people have it."""
    between = separators or ()
    if (
        any(len(one) > MAX_BETWEEN for one in between)
        or (len(indent) if isinstance(indent, str) else indent or 0) > MAX_BETWEEN
    ):
        raise ValueError("limit: size of a text")
    return json.dumps(value, indent=indent, separators=separators, **options)


def _literal(text: str) -> Any:
    if len(text) > 20_000 or text.count("[") + text.count("(") + text.count("{") > 100:
        raise ValueError("limit: size of a literal")
    return ast.literal_eval(text)


for _dotted, _function in {
    "urllib.parse.urlparse": urllib.parse.urlparse,
    "urllib.parse.urlsplit": urllib.parse.urlsplit,
    "urllib.parse.quote": urllib.parse.quote,
    "urllib.parse.quote_plus": urllib.parse.quote_plus,
    "urllib.parse.unquote": urllib.parse.unquote,
    "urllib.parse.urljoin": urllib.parse.urljoin,
    "urllib.parse.urlencode": urllib.parse.urlencode,
    "urllib.parse.parse_qs": urllib.parse.parse_qs,
    "json.loads": json.loads,
    "json.dumps": _dumps,
    "ast.literal_eval": _literal,
    "base64.b64encode": base64.b64encode,
    "base64.b64decode": base64.b64decode,
    "textwrap.dedent": textwrap.dedent,
    "datetime.timedelta": datetime.timedelta,
    "datetime.date": datetime.date,
    "datetime.time": datetime.time,
    "re.escape": re.escape,
    "tomllib.loads": load_toml,
    "tomli.loads": load_toml,
    "toml.loads": load_toml,
    "itertools.chain": lambda *parts: _chain(parts),
    "itertools.chain.from_iterable": lambda parts: _chain(parts),
    "posixpath.basename": posixpath.basename,
    "distutils.util.strtobool": strtobool,
    "setuptools._distutils.util.strtobool": strtobool,
    "django.http.request.split_domain_port": split_domain_port,
    "str2bool.str2bool": lambda text: strtobool(text) == 1,
}.items():
    registry.model(_dotted)(_pure(_function))


@registry.model("json.load", "tomllib.load", "tomli.load", "toml.load", "yaml.safe_load", "yaml.load", "yaml.full_load")
def load_data(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A data file of the repository, parsed by its ending."""
    from analyzer.facts.evaluator.library.data_files import parse

    source = args[0] if args else Value(None)
    payload = getattr(source.data, "payload", None)
    if isinstance(payload, files.OpenFile):
        return parse(interp, payload.path, payload.text)
    if isinstance(source.data, str) and "\n" not in source.data:
        return parse(interp, source.data, files.read_text(interp, source.data))
    return unresolved("a data file that the scan cannot tell", *args)


@registry.model("re.compile", "re.match", "re.search", "re.fullmatch", "re.sub", "re.findall", "re.split")
def regular_expression(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Regular expressions of the scanned program are not run: they could take for ever."""
    return unresolved("the result of a regular expression", *args)


@registry.model(
    "random.choice", "random.choices", "random.sample", "secrets.token_hex", "secrets.token_urlsafe", "secrets.choice",
    "os.urandom", "uuid.uuid4", "django.core.management.utils.get_random_secret_key",
    "django.utils.crypto.get_random_string",
    "random.SystemRandom.choice", "secrets.token_bytes", "cryptography.fernet.Fernet.generate_key",
)  # fmt: skip
def random_value(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A value that differs at each start."""
    return Value(Unresolved(RANDOM, "text", truthy=True))


@registry.model("random.SystemRandom", "random.Random")
def random_source(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`SystemRandom()`: its methods give random values."""
    return Value(Extern("random"))


@registry.model(
    "socket.gethostname",
    "socket.gethostbyname",
    "platform.node",
    "os.uname",
    "getpass.getuser",
    "os.getpid",
    "os.cpu_count",
    "multiprocessing.cpu_count",
    "platform.system",
    "time.time",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "subprocess.check_output",
    "subprocess.run",
    "os.popen",
)
def machine(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """What only the running machine knows."""
    return Value(Unresolved("known only on the running machine"))


@registry.model("importlib.import_module", "builtins.__import__")
def import_module(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`importlib.import_module(name)`"""
    if not args or not isinstance(args[0].data, str):
        return unresolved("a module whose name the scan cannot tell", *args)
    return imports.import_module(interp, args[0].data.lstrip("."))


@registry.model("importlib.util.find_spec", "importlib.find_loader", "pkgutil.find_loader")
def find_spec(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Whether a module can be imported: true for what the requirements provide."""
    from analyzer.facts.evaluator import installed

    name = args[0].data if args else None
    if not isinstance(name, str):
        return unresolved("a module whose name the scan cannot tell", *args)
    if imports.find_module(interp.repo, interp.roots, name) or installed.provides(
        interp.distributions, name.split(".")[0]
    ):
        return Value(Unresolved("an importable module", truthy=True))
    return Value(None)


@registry.model("importlib.metadata.entry_points", "pkg_resources.iter_entry_points", "importlib_metadata.entry_points")
def entry_points(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """Entry points belong to installed packages outside the repository; none is assumed."""
    return Value([])


@registry.model("copy.copy", "copy.deepcopy")
def copied(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`copy.deepcopy(x)`"""
    from analyzer.facts.evaluator.values import copy_value

    return copy_value(args[0], {}) if args else Value(None)


@registry.model("functools.partial")
def partial(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`functools.partial(f, …)`"""
    from analyzer.facts.evaluator.values import Native

    if not args:
        return unresolved("a partial call")
    function, *first = args
    return Value(
        Native("partial", lambda interp, more, named: interp.call(function, [*first, *more], {**kwargs, **named}))
    )


@registry.model("functools.reduce")
def reduced(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`functools.reduce(f, x, start)`"""
    from analyzer.facts.evaluator import loops

    elements = loops.iterate(interp, args[1]) if len(args) > 1 else None
    if not elements:
        return args[2] if len(args) > 2 else unresolved("a reduction", *args)
    result = args[2] if len(args) > 2 else elements.pop(0)
    for element in elements:
        result = interp.call(args[0], [result, element], {})
    return result


@registry.model("operator.itemgetter", "operator.attrgetter")
def getter(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """A getter, kept symbolic"""
    return unresolved("a getter", *args)


@registry.model("contextlib.suppress")
def suppress(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`with suppress(ImportError):`"""
    from analyzer.facts.evaluator.statements import exception_names

    return Value(
        Instance(Extern("contextlib.suppress"), payload=Suppressor(tuple(exception_names(a)[0] for a in args)))
    )


class Suppressor:
    """The exceptions that a `with suppress(...)` swallows."""

    def __init__(self, suppressed: tuple[str, ...]) -> None:
        self.suppressed = suppressed


@registry.model(
    "functools.lru_cache",
    "functools.cache",
    "functools.wraps",
    "contextlib.contextmanager",
    "typing.cast",
    "builtins.property",
    "builtins.staticmethod",
    "builtins.classmethod",
)
def identity(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """The last argument, unchanged"""
    return args[-1] if args else unresolved("a decorator")


@registry.model("builtins.vars")
def variables(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`vars(x)`"""
    return attributes.get(interp, args[0], "__dict__") if args else unresolved("vars()")


@registry.model("builtins.exec", "builtins.eval", "builtins.compile", "runpy.run_path")
def executed(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`exec(open("local.py").read())`: what it defines is not known, unless the file is absent."""
    interp.problem("exec: the names that it defines are not known")
    return unresolved("executed at run time", *args)
