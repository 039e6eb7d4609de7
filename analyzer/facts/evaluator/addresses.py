"""Values of the evaluation as parts of an address: text with the names of the variables in it."""

from urllib.parse import unquote, urlsplit

from analyzer.facts.environment_names import is_secret, matches
from analyzer.facts.evaluator.values import Deciding, FromEnv, OneOf, PartialText, Value, all_env
from analyzer.model.connections import ConnectionPart
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.texts import HIDDEN

_REFERENCE = lazy_pattern(r"\$\{(\w+)\}")
_USER_INFO = lazy_pattern(r"(?<=://)[^\s/@]*(?=@)")
MAX_DEPTH = 20


def part_of(value: Value | None, bare: Value | None = None, secret: bool = False) -> ConnectionPart | None:
    """One part of an address; None for what is absent, empty or not known.

    Args:
        value: the part with the service's variables set.
        bare: the part without any.
        secret: whether a text of the settings themselves must not be shown.
    """
    text = None if value is None else _template(value, 0)
    if not text:
        return None
    names = tuple(dict.fromkeys(_REFERENCE.findall(text)))
    default = None if bare is None else _template(bare, 0)
    if default is not None and _REFERENCE.search(default):
        default = None
    if not names and value is not None and len(value.env) == 1:
        # a default: the variable decides, but its name does not say that it names a service
        (name,) = value.env
        fits = matches("service", name) or not matches("never", name) or (matches("url", name) and "://" in text)
        if fits and not isinstance(name, Deciding):
            text, names, default = f"${{{name}}}", (name,), text
    if secret:
        text, default = (text if names else HIDDEN), None
    return ConnectionPart(
        text=_without_secrets(text), variables=names, default=_without_secrets(default) if default else None
    )


def split_url(part: ConnectionPart) -> dict[str, ConnectionPart]:
    """The parts of a URL that the settings put together themselves; none where one variable is the whole URL."""
    if part.variable is not None or "://" not in part.text:
        return {}
    # the names of variables stand where only letters may: `${NAME}` would end the host or the port
    names = {f"variable{number}x": reference for number, reference in enumerate(_REFERENCE.findall(part.text))}
    text = part.text
    for mark, name in names.items():
        text = text.replace(f"${{{name}}}", mark)
    scheme, _, rest = text.partition("://")
    authority, slash, path = rest.partition("/")
    user_info, at, host_port = authority.rpartition("@")
    user, _, password = user_info.partition(":")
    host, colon, port = host_port.rpartition(":") if not host_port.endswith("]") else (host_port, "", "")
    if not colon:
        host, port = host_port, ""
    last = path.partition("?")[0]
    found = {"scheme": scheme, "user": user if at else "", "password": password if at else "", "host": host}
    found |= {"port": port, "name": last if slash else ""}
    return {key: _restored(value, names) for key, value in found.items() if value}


def index_of(text: str) -> int | None:
    """The number of the Redis database at the end of a URL; None where the text has none."""
    try:
        last = unquote(urlsplit(_REFERENCE.sub("", text)).path).strip("/")
    except ValueError:
        return None
    return int(last) if last.isascii() and last.isdigit() and len(last) < 4 else None


def _restored(text: str, names: dict[str, str]) -> ConnectionPart:
    used = []
    for mark, name in names.items():
        if mark in text:
            text = text.replace(mark, f"${{{name}}}")
            used.append(name)
    return ConnectionPart(text=text, variables=tuple(used))


def _template(value: Value, depth: int) -> str | None:
    """The value as text, with `${NAME}` for what a variable gives; None where a part is not known."""
    if depth > MAX_DEPTH:
        return None
    match value.data:
        case FromEnv(name=name):
            return f"${{{name}}}"
        case bool():
            return str(value.data)
        case str() | int():
            return str(value.data)
        case PartialText(parts=parts):
            texts = [part if isinstance(part, str) else _template(part, depth + 1) for part in parts]
            return None if None in texts else "".join(text for text in texts if text is not None)
        case OneOf(branches=branches):
            found = [text for _, branch in branches if (text := _template(branch, depth + 1))]
            return next((text for text in found if "${" in text), found[0] if found else None)
        case _:
            names = all_env(value)
            return f"${{{next(iter(names))}}}" if len(names) == 1 and value.data is not None else None


def _without_secrets(text: str) -> str:
    """The text with `***` in place of credentials that the settings hold themselves."""

    def hidden(user_info: str) -> str:
        return user_info if not _REFERENCE.sub("", user_info).strip(":") else HIDDEN

    return _USER_INFO.sub(lambda match: hidden(match[0]), text)


def is_secret_part(key: str) -> bool:
    """Whether the part of that name is a secret."""
    return is_secret(key) and key not in ("access_key",)
