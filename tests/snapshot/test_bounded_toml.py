"""TOML that would take the parser for ever, and TOML that only looks so."""

import tomllib

import pytest

from analyzer.snapshot.bounded_toml import MAX_CHARACTERS, MAX_DOTS, TomlLimitError, load_toml

ENDLESS = "a." * (MAX_DOTS + 1) + "a"


@pytest.mark.parametrize(
    "text",
    [
        f"{ENDLESS} = 1",
        f"[{ENDLESS}]",
        f"x = 1\n\n[[{ENDLESS}]]\ny = 1",
        f'"b" . {ENDLESS} = "c"',
        f'x = {{a = """b\n""", {ENDLESS} = 1}}',
        f"x = {{a = '''b\n''', {ENDLESS} = 1}}",
        "x = " + "[" * 5000,
        "x = 1\n" + "#" * MAX_CHARACTERS,
        'x = "' + '\\"' * 100_000 + "." * MAX_DOTS * 2,
        'x = "' + '\\"' * 100_000 + "." * MAX_DOTS * 2 + "\\",
    ],
    ids=["key", "table", "array", "quoted", "after a string", "after a literal", "deep", "long", "open", "open escape"],
)
def test_what_is_too_much(text: str) -> None:
    with pytest.raises(TomlLimitError, match=r"^(is too large, or has keys|nests too deeply)"):
        load_toml(text)


@pytest.mark.parametrize(
    "text",
    [
        "a.b.c = 1\n[d.e]\nf = 1.5\n",
        f"x = '{'.' * MAX_DOTS * 2}'",
        'x = "\\"' + "." * MAX_DOTS * 2 + '"',
        "x = [" + ", ".join(f'"package{number}==1.2.{number}"' for number in range(500)) + "]",
        "\n".join(f"a.b{number} = 1" for number in range(1000)),
        "[a]\nb = [{c = 1}, {c = 2}]\n",
    ],
    ids=["short", "literal", "escape", "requirements", "many keys", "tables"],
)
def test_the_rest_is_parsed(text: str) -> None:
    assert load_toml(text) == tomllib.loads(text)


def test_what_is_no_toml() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        load_toml("a = \n")
