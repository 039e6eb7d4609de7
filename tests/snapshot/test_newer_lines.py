"""Lines of newer syntax that are rewritten without another parser, compared with what libcst makes of them."""

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.newer_lines import rewrite_lines
from analyzer.snapshot.newer_syntax import rewrite
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import MakeFiles

LIBCST = pytest.importorskip("libcst")


def tree_of(text: str) -> str | None:
    """The tree with all its places; None when the lines cannot be rewritten, or are no code."""
    older = rewrite_lines(text)
    if older is None:
        return None
    try:
        tree = ast.parse(older.text)
    except SyntaxError:
        return None
    return ast.dump(tree, include_attributes=True) if older.fits(tree) else None


def tree_of_libcst(text: str) -> str | None:
    older = rewrite(text, None)
    try:
        return None if older is None else ast.dump(ast.parse(older), include_attributes=True)
    except SyntaxError:
        return None


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("try: pass\nexcept A, B: pass\n", "try: pass\nexcept (A, B): pass\n"),
        ("try: pass\nexcept A, b.C,: pass\n", "try: pass\nexcept (A, b.C,): pass\n"),
        ("try: pass\nexcept  A ,B , C: x\n", "try: pass\nexcept  (A ,B , C): x\n"),
        ("try: pass\nexcept* A, B:  # both\n    pass\n", "try: pass\nexcept* (A, B):  # both\n    pass\n"),
        ("def f[T: int, *Ts, **P](x: T) -> T: ...\n", "def f(x: T) -> T: ...\n"),
        ("async def f[T = int](x): ...\n", "async def f(x): ...\n"),
        ("@d\ndef f[T: (A, list[int])](x): ...\n", "@d\ndef f(x): ...\n"),
        ("class A[T]: ...\nclass B[T](A[T]): ...\n", "class A: ...\nclass B(A[T]): ...\n"),
        ("class A:\n\tdef f[T](self): ...\n", "class A:\n\tdef f(self): ...\n"),
        ("type X = list[X]\n", "X = lambda: list[X]\n"),
        ("if 1:\n    type X[T] = (\n        T\n    ); y = 1\n", "if 1:\n    X = lambda: (\n        T\n    ); y = 1\n"),
    ],
)
def test_lines_are_rewritten_in_place(newer: str, older: str) -> None:
    rewritten = rewrite_lines(newer)
    assert rewritten is not None
    assert rewritten.text == older
    assert rewritten.fits(ast.parse(older))
    assert tree_of(newer) == tree_of_libcst(newer)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n",
        "try: pass\nexcept A: pass\nexcept (A, B): pass\nexcept: pass\n",
        "try: pass\nexcept OSError, error: pass\n",
        "try: pass\nexcept a(), B: pass\n",
        "try: pass\nexcept A, \\\nB: pass\n",
        "def f[\n    T,\n](x): ...\n",
        "def f[T: 'a'](x): ...\n",
        "type(x) == 1\ntype = 2\ntype [x] = 3\n",
        "class_[T]: int\n",
    ],
)
def test_other_lines_are_left(text: str) -> None:
    assert rewrite_lines(text) is None


@pytest.mark.parametrize(
    "text",
    [
        'try: pass\nexcept A, B: pass\nx = """\nexcept A, B: pass\n"""\n',
        'type X = 1\n"""\n    def f[T](x): ...\n"""\n',
        '"""\ntype X = 1"""; y = lambda: 1\ntype Z = 1\n',
        "type X = A, B\n",
        "type X = 1\nx = f'{'\n",
    ],
    ids=["string", "docstring", "beside a string", "a tuple", "broken"],
)
def test_what_is_no_code_is_not_taken_for_it(text: str) -> None:
    assert rewrite_lines(text) is not None
    assert tree_of(text) is None


blocks = st.sampled_from(
    [
        "try:\n    pass\nexcept A, B:\n    x = 1\n",
        "try:\n    pass\nexcept (A, B) as e: pass\nexcept C, d.E: raise\nelse: pass\n",
        "try:\n    pass\nexcept* A, B, C,: pass\n",
        "def f[T](x): return x\n",
        "@d(1)\nasync def f[*T](x): return x\n",
        "class C[T: (int, str)](B[T]):\n    def f[U](self): ...\n",
        "type X = int\n",
        "type X[T] = list[T] | None; y = 2\n",
        "x = 'type X = 1'\n",
        '"""\nexcept A, B:\n"""\n',
        "x = [\n    1,\n]  # class C[T]: ...\n",
        "try:\n    pass\nexcept A, b: pass\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        blocks
        | blocks.map(lambda block: f"if 1:\n    x = 'é'\n    {block.rstrip().replace(chr(10), chr(10) + '    ')}\n")
    )
)
def test_the_tree_is_that_of_libcst(found: list[str]) -> None:
    text = "".join(found)
    tree = tree_of(text)
    assert tree is None or tree == tree_of_libcst(text)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the interpreter takes these files as they are")
@pytest.mark.parametrize(
    "text",
    [
        "type X = 1\nlast = 2\n",
        'type X = 1\nx = """\ntype X = 1\n"""\nlast = 2\n',
        'type X = 1\nx = f"{d["k"]}"\nlast = 2\n',
        "def f[\n    T,\n](x): ...\nlast = 2\n",
    ],
    ids=["lines", "a string", "an f-string", "over lines"],
)
def test_files_that_need_more_are_read_with_libcst(files: MakeFiles, text: str) -> None:
    document = read_python(RepositorySnapshot.open(files({"a.py": text})), "a.py")
    assert isinstance(document, PythonDocument)
    assert document.tree.body[-1].lineno == text.count("\n")
    constants = [node.value for node in ast.walk(document.tree) if isinstance(node, ast.Constant)]
    assert ("\ntype X = 1\n" in constants) == ('"""' in text)
