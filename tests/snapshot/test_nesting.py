"""What counts as deep."""

import pytest

from analyzer.snapshot.nesting import MAX_BRACKETS, MAX_CHAIN, nests_deeply


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1, " * 5000 + "]\n",
        "x = 1 + 2 * 3\n" * 5000,
        "x = (" * MAX_BRACKETS + "\n",
        "urls = [\n" + "    path('a/<int:b>/', views.a.as_view(), name='c'),\n" * 500 + "]\n",
        "'''" + "(" * 5 + "'''\n" + "# " + "(" * 1000 + "\n",
        "x = '(' + \"[\"\n" * 200,
        "x = f'{a}'\n" * 500,
        """x = f('{', f"{a('b', "c")}", f'{{(', '(')\n""" * 500,
        """x = f'''{a}\n({{''' + f"" + '('\n""" * 500,
        r"x = rf'\\({a}' f'\\' f'\'(' f'\\{b}'" + "\n" * 500,
        ")" * 1000 + "\n",
        "",
    ],
)
def test_usual_source_is_not_deep(text: str) -> None:
    assert not nests_deeply(text)


N = 3000


@pytest.mark.parametrize(
    "expression",
    [
        "(" * N,
        "[\n" * N,
        ")" * N + "(" * N,
        "f(a, " * N,
        "x = " + "- " * N + "1",
        "x = " + "not " * N + "1",
        "x = a" + ".b" * N,
        "x = a" + "[0]" * N,
        "x = a" + "()" * N,
        "x = 1" + "+1" * N,
        "x = 1" + "\\\n+1" * N,
        "x = [1" + "\n+1" * N + "]",
        "x = " + "1 if 2 else " * N + "3",
        "x = " + "lambda a, b: " * N + "1",
        "x = " + 'f"{' * N + "1" + '}"' * N,
        "x = " + 'f"{d["x"]}{' * N + "1" + '}"' * N,
        'x = f"{d["x"]}{' + "(" * N + ")" * N + '}"',
        "x = f\"don't {" + "(" * N + ")" * N + "} won't\"",
        "x = f\"a ''' {" + "(" * N + ")" * N + "} ''' b\"",
        "x = (yield " * N,
        "import a" + ".a" * N,
        "x = [a" + " for a in b" * N + "]",
    ],
)
def test_chains_and_brackets_are_deep(expression: str) -> None:
    assert nests_deeply(f"y = 1\n{expression}\n")


def test_the_bounds() -> None:
    assert nests_deeply("(" * (MAX_BRACKETS + 1))
    assert not nests_deeply("x" + ".a" * (MAX_CHAIN - 1))
    assert nests_deeply("x" + ".a" * (MAX_CHAIN + 1))
