"""Settings whose values grow without end: they are not told, and evaluation goes on."""

import pytest

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

DOUBLED = "for _ in range(60):\n    X = "


@pytest.mark.parametrize(
    "text",
    [
        f"X = 'a'\n{DOUBLED}X + X\n",
        f"X = 'a'\n{DOUBLED}f'{{X}}{{X}}'\n",
        f"X = 'a' * 90\n{DOUBLED}'%s%s' % (X, X)\n",
        f"X = 'a' * 90\n{DOUBLED}'{{0}}{{0}}'.format(X)\n",
        f"X = 'ab'\n{DOUBLED}X.replace('a', X)\n",
        f"X = 'a'\n{DOUBLED}X.join([X, X])\n",
        f"X = ['a']\n{DOUBLED}X + X\n",
        f"X = ['a']\n{DOUBLED}[*X, *X]\n",
        f"X = ('a',)\n{DOUBLED}X + X\n",
        f"X = 3\n{DOUBLED}X << 200\n",
        f"from pathlib import Path\nX = Path('a')\n{DOUBLED}X / X\n",
        f"import os\nX = os.environ['A']\n{DOUBLED}X + '/' + X\n",
        "X = ('a' * 200_000).replace('a', 'b' * 200_000)\n",
        "X = ','.join(['a' * 200_000] * 20_000)\n",
        "X = ('\\t' * 100_000).expandtabs(100_000)\n",
        "X = 'a'.ljust(10 ** 12)\n",
        "X = ('a' * 100_000).translate({97: 'b' * 100_000})\n",
        "X = '%99999999999d' % 1\n",
        "X = '%*d' % (99999999999, 1)\n",
        "X = '%(a)s' * 1000 % {'a': 'b' * 100_000}\n",
        "X = f'{1:>99999999999}'\n",
        "X = ['a'] * 10 ** 9\n",
        "X = list(zip(*[list(range(20_000))] * 20_000))\n",
        "import itertools\nX = list(itertools.chain(*[range(20_000)] * 20_000))\n",
        "X = repr(['a' * 200_000] * 20_000)\n",
        "X = ('a' * 100_000).join('a' * 20_000)\n",
        "X = ('a' * 100_000).join({str(n): n for n in range(4_000)})\n",
        "X = ('\\t' * 100_000).expandtabs(tabsize=100_000)\n",
        "X = '%(a)99999999999s' % {'a': 1}\n",
        "X = '{a:>99999999999}'.format_map({'a': 1})\n",
        "X = b'%99999999999d' % 1\n",
        "X = (1).to_bytes(10 ** 11, 'big')\n",
        "X = ''.join(chr(n) for n in range(200, 5_000)).encode('punycode')\n",
    ],
)
def test_a_value_that_grows_is_not_told(repository: MakeRepository, text: str) -> None:
    settings = evaluate(repository, f"{text}AFTER = 1\n")
    assert isinstance(plain(settings, "X"), Unknown)
    assert plain(settings, "AFTER") == 1
    assert settings.incomplete is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'ab'.replace('a', 'cc')", "ccb"),
        ("','.join(['a', 'b'])", "a,b"),
        ("'a\\tb'.expandtabs(4)", "a   b"),
        ("'a'.ljust(3, '.')", "a.."),
        ("'a'.translate({97: 'b'})", "b"),
        ("'%5d|%(b)s' % {'b': 1} if False else '%03d' % 7", "007"),
        ("'%s-%s' % ('a', 'b')", "a-b"),
        ("['a'] * 3", ("a", "a", "a")),
        ("('a',) * 2", ("a", "a")),
        ("['a'] * True", ("a",)),
        ("list(zip([1, 2], 'ab'))", ((1, "a"), (2, "b"))),
        ("list(itertools.chain([1], (2,)))", (1, 2)),
        ("list(itertools.chain.from_iterable([[1], [2]]))", (1, 2)),
        ("1 << 200", 1 << 200),
        ("f'{\"\"}{1}{None}'", "1None"),
    ],
)
def test_small_ones_are_told(repository: MakeRepository, expression: str, expected: object) -> None:
    assert plain(evaluate(repository, f"import itertools\nX = {expression}\n"), "X") == expected


@pytest.mark.parametrize(
    "text",
    [
        "X = ['a']\nfor _ in range(30):\n    X = [X] * 10\n",
        "X = {}\nfor _ in range(30):\n    X = {'a': X, 'b': X}\nY = '%s' % X\nZ = str(X)\nV = X == {**X}\n",
        "import os\nX = {}\nfor n in range(30):\n    X = {'a': X, 'b': X}\n    if os.environ['A'] == str(n):\n"
        "        X['c'] = n\n",
        "import os\nX = 1\nfor n in range(30):\n    X = [X, X] if os.environ['A'] == str(n) else (X, X)\n",
    ],
)
def test_a_part_that_stands_in_many_places_is_not_followed_into_each(repository: MakeRepository, text: str) -> None:
    settings = evaluate(repository, f"{text}AFTER = 1\n")
    assert plain(settings, "X") is not None
    assert plain(settings, "AFTER") == 1


@pytest.mark.parametrize("loop", ["while True:", "for _ in range(6_000):", "while N < 6_000:"])
def test_a_loop_of_too_many_turns_tells_nothing(repository: MakeRepository, loop: str) -> None:
    settings = evaluate(repository, f"N = 0\nL = []\n{loop}\n    N += 1\n    L.append(N)\nAFTER = 1\n")
    assert plain(settings, "N") == plain(settings, "L") == Unknown(reason="limit: turns of a loop")
    assert plain(settings, "AFTER") == 1


def test_a_loop_of_some_turns_is_run(repository: MakeRepository) -> None:
    settings = evaluate(repository, "N = 0\nwhile N < 900:\n    N += 1\nM = [n for n in range(900)][-1]\n")
    assert (plain(settings, "N"), plain(settings, "M")) == (900, 899)


def test_a_comprehension_of_too_many_turns_is_not_told(repository: MakeRepository) -> None:
    settings = evaluate(repository, "X = [n for n in range(6_000)]\n")
    assert isinstance(plain(settings, "X"), Unknown)


def test_large_texts_use_up_the_steps(repository: MakeRepository) -> None:
    settings = evaluate(repository, "A = 'a' * 200_000\nX = [A.upper() for n in range(5_000)]\nAFTER = 1\n")
    assert settings.incomplete == "limit: evaluation steps"


def test_names_of_a_module_are_steps_however_often_they_are_imported(repository: MakeRepository) -> None:
    names = "".join(f"V{number} = {number}\n" for number in range(1_000))
    settings = evaluate(repository, "from app.names import *\n" * 100 + "AFTER = 1\n", {"app/names.py": names})
    assert plain(settings, "AFTER") == 1
    assert settings.incomplete is None
    settings = evaluate(repository, "from app.names import *\n" * 1_000 + "AFTER = 1\n", {"app/names.py": names})
    assert settings.incomplete == "limit: evaluation steps"


@pytest.mark.parametrize(
    "text",
    [
        "import json\nX = json.dumps([1], indent=10 ** 11)\n",
        "import json\nX = json.dumps([1] * 20_000, separators=('b' * 200_000, ':'))\n",
        "X = [1, 2]\nX[::2] = X + X\n",
    ],
)
def test_what_python_would_refuse_or_we_do_is_refused(repository: MakeRepository, text: str) -> None:
    assert plain(evaluate(repository, f"{text}AFTER = 1\n"), "AFTER") == 1


NESTED = "X = ('a',)\nfor _ in range(60):\n    X = (X, X)\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{NESTED}import os\nif os.environ['A'] == 'b':\n    B = 1\n",
        f"{NESTED}Y = {{X: 1}}\n",
        "X = ['a']\nfor _ in range(60):\n    X = [X, X]\nY = f'{X!r}{X:}'\n",
        "Y = round(1, -(10 ** 11))\n",
        "X = ['a'] * 10\nY = sum([X] * 2_000, [])\n",
    ],
)
def test_what_takes_python_for_ever_is_told_or_not_but_ends(repository: MakeRepository, text: str) -> None:
    assert plain(evaluate(repository, f"{text}AFTER = 1\n"), "AFTER") == 1


@pytest.mark.parametrize(
    "text",
    [
        "X = list(range(4_900))\nL = []\nfor n in range(4_900):\n    L.append(list(X))\n",
        "X = {n: n for n in range(4_900)}\nfor n in range(4_900):\n    Y = {}\n    Y.update(X)\n",
        "X = range(5_000)\nfor n in range(4_900):\n    Y = list(zip(*[X] * 50))\n",
        "X = [['a'] * 4_900] * 10\nfor n in range(4_900):\n    Y = X == [*X]\n",
        "import configparser\nX = '[a]\\n' + 'b = c\\n' * 30_000\n"
        "for n in range(40):\n    configparser.ConfigParser().read_string(X)\n",
        "class C0: pass\n" + "".join(f"class C{n}(C{n - 1}): pass\n" for n in range(1, 1_500)),
    ],
)
def test_parts_of_values_use_up_the_steps(repository: MakeRepository, text: str) -> None:
    assert evaluate(repository, f"{text}AFTER = 1\n").incomplete == "limit: evaluation steps"
