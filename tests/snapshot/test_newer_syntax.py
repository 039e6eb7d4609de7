"""Syntax that is newer than the interpreter's, and what is no Python."""

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.snapshot.newer_syntax import MAX_CHARACTERS, is_python_2, is_template, rewrite

LIBCST = pytest.importorskip("libcst")


def rewritten(text: str) -> str:
    result = rewrite(text, None)
    assert result is not None
    return result


def value_of(text: str, **names: object) -> object:
    """The value of the last expression of a module: the test's own source, run."""
    module = ast.parse(text)
    last = module.body.pop()
    assert isinstance(last, ast.Expr)
    scope: dict[str, object] = dict(names)
    exec(compile(module, "module", "exec"), scope)
    return eval(compile(ast.Expression(last.value), "last", "eval"), scope)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("try: pass\nexcept A, B: pass\n", "try: pass\nexcept (A, B): pass\n"),
        ("try: pass\nexcept A, b.C,: pass\n", "try: pass\nexcept (A, b.C,): pass\n"),
        ("try: pass\nexcept* A, B: pass\n", "try: pass\nexcept* (A, B): pass\n"),
        ("try: pass\nexcept (A, B): pass\nexcept C: pass\nexcept: pass\ntype X = 1\n", None),
        ("def f[T: int, *Ts, **P](x: T) -> T: ...\n", "def f(x: T) -> T: ...\n"),
        ("async def f[T = int](x): ...\n", "async def f(x): ...\n"),
        ("class A[T]: ...\nclass B[T](A[T]): ...\n", "class A: ...\nclass B(A[T]): ...\n"),
        ("def f[\n    T,\n](x): ...\n", "def f\\\n\\\n (x): ...\n"),
        ("type X = list[X]\n", "X = lambda: list[X]\n"),
        ("if 1:\n    type X[\n        T\n    ] = T; y = 1\n", "if 1:\n    X\\\n\\\n = lambda: T; y = 1\n"),
        ("lazy import a.b as c, d\n", "import a.b as c, d\n"),
        ("lazy from .a import (b,\n    c as d,\n)\n", "from .a import (b,\n    c as d,\n)\n"),
        ("def g[T](): return f'{a!r:>{w}}' 'b' f'{c}'\n", "def g(): return f'{a!r:>{w}}' 'b' f'{c}'\n"),
    ],
)
def test_statements(newer: str, older: str | None) -> None:
    result = rewritten(newer)
    if older is not None:
        assert result == older
    ast.parse(result)
    assert result.count("\n") == newer.count("\n")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the interpreter takes these strings as they are")
@pytest.mark.parametrize(
    ("newer", "value"),
    [
        ('f"{d["k"]}"', "v"),
        ('f"a{d["k"]!r:>5}{{}}"', "a  'v'{}"),
        ("f\"{'\\n'.join(items)}\"", "x\ny"),
        ('f"{d["k"]:{width}}|"', "v   |"),
        ('rf"\\d{d["k"]}"', "\\dv"),
        ('f"{\n    d[  # why\n    "k"]\n}"', "v"),
        ('f"{d["k"]=}"', "d[\"k\"]='v'"),
        ('f"{ d["k"] = !s}"', ' d["k"] = v'),
        ('f"{d["k"] = :>3}"', 'd["k"] =   v'),
        ('f"{f"{f"{d["k"]}"}"}"', "v"),
        ('"a" f"{d["k"]}" "{b}" f"{width}"', "av{b}4"),
        ('("%s"\n f"{d["k"]}"\n "c") % 1', "1vc"),
        ('"x" f"{d["k"]}".upper()', "XV"),
        ('f"""{d["k"]}\n{"\\n".join(items)}"""', "v\nx\ny"),
        ('f"{(lambda: "a")()}"', "a"),
        ('f"{*items, "z"}"', "('x', 'y', 'z')"),
        ('f"{(n := "w")}" + n', "ww"),
        ('f"{"a" if width else "b"}"', "a"),
        ("f'{d['k']}' f\"{d[\"k\"]}\"", "vv"),
    ],
)
def test_f_strings_keep_their_value(newer: str, value: str) -> None:
    text = f"x = 1\n{newer}\n"
    with pytest.raises(SyntaxError):
        ast.parse(text)
    result = rewritten(text)
    assert value_of(result, d={"k": "v"}, items=["x", "y"], width=4) == value
    assert result.count("\n") == text.count("\n")


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the interpreter takes these strings as they are")
def test_template_strings_are_calls_of_something_unknown() -> None:
    assert rewritten("x = t'a{b!r:>{c}}'\n") == "x = Template('a{!r:>{}}', (b), (c))\n"


literal = st.sampled_from(["a", "1", "d['k']", 'd["k"]', "(b)", "c + 1", "'x'", '"y"', "f(z)", "[1, 2]", "a.b\n"])


@settings(deadline=None)
@given(st.lists(st.sampled_from(["text ", "{{", "}}", "\\n"]) | literal.map(lambda code: "{" + code + "}"), max_size=6))
def test_lines_never_move(parts: list[str]) -> None:
    text = f'first = 1\nvalue = f"{"".join(parts)}"\nlast = 2\n'
    result = rewrite(text, None)
    assert result is not None
    tree = ast.parse(result)
    assert tree.body[-1].lineno == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n",
        "print 'a'\n",
        "type X = (\n",
        "x = f'{'\n",
        "type X = 1\n" + "x = " + "(" * 3000 + ")" * 3000 + "\n",
        "type X = 1\n" + "x = a" + "[0]" * 3000 + "\n",
        "type X = 1\n" + "#" * MAX_CHARACTERS,
        "if a: pass\n" + "elif a: pass\n" * 3000 + "type X = 1\n",
    ],
    ids=["nothing newer", "Python 2", "open", "open string", "brackets", "subscripts", "long", "many elifs"],
)
def test_what_cannot_be_rewritten(text: str) -> None:
    assert rewrite(text, None) is None


def test_a_line_of_a_template_needs_no_second_opinion() -> None:
    text = "type X = 1\n{% if a %}\n"
    assert rewrite(text, 2) is None
    assert rewrite("type X = 1\n", 1) is not None


@pytest.mark.parametrize(
    "line",
    [
        "print 'a'",
        "    print x",
        "print >>sys.stderr, 1",
        "exec 'x'",
        "raise ValueError, 'x'",
        "except OSError, e:",
        "except (A, B), error:",
        "x = `y`",
        "if a <> b:",
        "os.chmod(p, 0755)",
        "x = 10L",
        "x = ur'a'",
    ],
)
def test_lines_of_python_2(line: str) -> None:
    assert is_python_2(f"x = 1\n{line}\n", 2)
    assert not is_python_2(f"x = 1\n{line}\n", 1)
    assert not is_python_2(f"x = 1\n{line}\n", None)


@pytest.mark.parametrize(
    "line", ["print('a')", "except A, B:", "except (A, B):", "x = 0.05", "x = 0o755", "raise A from b", "x = 1 1", ""]
)
def test_lines_of_python_3(line: str) -> None:
    assert not is_python_2(line, 1)


@pytest.mark.parametrize(
    ("text", "refused", "expected"),
    [
        ("x = 1\n{% if a %}\ny\n{% endif %}\n", 2, True),
        ("x = [\n  {# note #}\n]\n", 2, True),
        ("from {{ project }} import x\n", 1, True),
        ("x = 1\n  {%- if a %}\n", None, True),
        ("x = '{{ a }}'\ny = = 1\n", 2, False),
        ("x = 1 1\n", 1, False),
        ("", 9, False),
    ],
)
def test_templates(text: str, refused: int | None, expected: bool) -> None:
    assert is_template(text, refused) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("\n" * 1_000_000 + "x = (", False), (" {{" * 300_000, False), ("x {%" * 200_000, False)]
)
def test_a_long_text_is_judged_in_one_pass(text: str, expected: bool) -> None:
    assert is_template(text, 1) is expected
