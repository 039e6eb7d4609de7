"""Changes to the bytes of a configuration file: what editors, merges, encodings and malice do to them."""

import random
from collections.abc import Callable

MAX_BYTES = 300_000
"""Of a changed file."""
WORDS = (
    "${{ x }}", "{% if a %}", "<<<<<<< HEAD", "=======", "-r ../../../etc/passwd", "-r requirements.txt", "-e .",
    "\x1b[31mred\x1b[0m", "\x00", "\u202e", "\ufeff", "é", "😀", "\u2028", "\r", "\t", "&a [*a, *a]", "<<: *a",
    "!!python/object:os.system", "]]>", "--", "```", "|", "$(id)", "`id`", "%s", "{0}", "\\", "\\\n", "'''",
    '"""', "#", "-c x", "9" * 400, "1e999", "-0", "0x10", "nan", "null", "true", "[]", "{}", "python-99.99.99",
    "django==", ">=2,<1", "~=3", "lambda: (yield)", "import *", "from . import *", "globals()", "while True: pass",
    "x = x", "os.environ['X']", "https://user:secret@example.com/x.git", "::error::x", "COPY --from=0 / /",
    "ARG A=${A}", "web: ", "release: :",
)  # fmt: skip
"""Texts that mean something to one reader or another."""
Change = Callable[[random.Random, bytes], bytes]


def mutate(rng: random.Random, content: bytes) -> bytes:
    """The content after one to four changes."""
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(CHANGES)(rng, content)[:MAX_BYTES]
    return content


def _span(rng: random.Random, content: bytes) -> tuple[int, int]:
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.randint(1, 40))


def _drop(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:start] + content[end:]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    start, end = _span(rng, content)
    return content[:start] + content[start:end] * rng.choice([2, 3, 50, 3000]) + content[end:]


def _flip(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _insert_word(rng: random.Random, content: bytes) -> bytes:
    place = rng.randint(0, len(content))
    return content[:place] + rng.choice(WORDS).encode("utf-8", "surrogatepass") + content[place:]


def _nest(rng: random.Random, content: bytes) -> bytes:
    """Deep brackets, as they end parsers that recurse."""
    place, depth = rng.randint(0, len(content)), rng.choice([5, 100, 5000])
    opening, closing = rng.choice(
        [(b"[", b"]"), (b"{", b"}"), (b"(", b")"), (b"{a: ", b"}"), (b"-", b""), (b"not ", b"")]
    )
    return content[:place] + opening * depth + b"1" + closing * rng.choice([0, depth]) + content[place:]


def _lines(rng: random.Random, content: bytes) -> bytes:
    """Lines in another order, twice, without one, or further in."""
    lines = content.split(b"\n")
    place = rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            rng.shuffle(lines)
        case 1:
            lines.insert(rng.randrange(len(lines)), lines[place])
        case 2:
            del lines[place]
        case _:
            lines[place] = rng.choice([b"  ", b"\t", b"    "]) + lines[place]
    return b"\n".join(lines)


def _encode(rng: random.Random, content: bytes) -> bytes:
    """Another encoding, a mark at its start, or other line ends."""
    text = content.decode("utf-8", "replace")
    match rng.randrange(4):
        case 0:
            return text.encode(rng.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32"]), "replace")
        case 1:
            return b"\xef\xbb\xbf" + content
        case 2:
            return content.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\x0b", b"\x85"]))
        case _:
            return text.encode("latin-1", "replace")


def _truncate(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randint(0, len(content))]


def _swap(rng: random.Random, content: bytes) -> bytes:
    """One punctuation mark for another wherever it stands."""
    marks = b"=:,;'\"()[]{}#-\\/@$%<>|&*"
    return content.replace(bytes([rng.choice(marks)]), bytes([rng.choice(marks)]), rng.choice([1, 3, 10_000]))


CHANGES: tuple[Change, ...] = (
    _drop, _repeat, _flip, _insert_word, _insert_word, _nest, _lines, _lines, _encode, _truncate, _swap,
)  # fmt: skip
