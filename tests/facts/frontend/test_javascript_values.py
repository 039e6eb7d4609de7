"""Paths in the text of JavaScript files."""

import pytest

from analyzer.facts.frontend.javascript_text import MAX_CHARACTERS, JavaScriptFile, read_javascript
from analyzer.facts.frontend.javascript_values import PathReader, PathValue
from tests.facts.conftest import MakeRepository


def read(repository: MakeRepository, text: str, **others: str) -> JavaScriptFile:
    repo = repository({"ui/conf/a.config.js": text, **{f"ui/{name}.js": other for name, other in others.items()}})
    file = read_javascript(repo, "ui/conf/a.config.js", "ui")
    assert file is not None
    return file


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("'dist'", PathValue("dist")),
        ('"dist"', PathValue("dist")),
        ("`dist`", PathValue("dist")),
        ("('dist')", PathValue("dist")),
        ("'a' + '/b'", PathValue("a/b")),
        ("path.join('a', \"b\")", PathValue("a/b")),
        ("path.resolve(__dirname, '../static')", PathValue("ui/static", anchored=True)),
        ("path.resolve(__dirname, '..', 'static', 'js')", PathValue("ui/static/js", anchored=True)),
        ("resolve('./static')", PathValue("ui/static", anchored=True)),
        ("path.join(process.cwd(), 'static')", PathValue("ui/static", anchored=True)),
        ("__dirname + '/static'", PathValue("ui/conf/static", anchored=True)),
        ("`${__dirname}/static`", PathValue("ui/conf/static", anchored=True)),
        ("path.resolve(import.meta.dirname, 'x')", PathValue("ui/conf/x", anchored=True)),
        ("fileURLToPath(new URL('./x', import.meta.url))", PathValue("ui/conf/x", anchored=True)),
        ("OUT", PathValue("ui/conf/static", anchored=True)),
        ("paths.out", PathValue("assets")),
        ("other.out", PathValue("elsewhere")),
        ("process.env.OUT || 'dist'", PathValue("dist")),
        ("process.env.OUT ?? 'dist'", PathValue("dist")),
        ("process.env.OUT", None),
        ("production ? 'a' : 'b'", None),
        ("'a'.concat('b')", None),
        ("getPath()", None),
        ("path.resolve('/srv/static')", None),
        ("path.resolve(__dirname, '../../../../out')", None),
        ("LOOP", None),
        ("`${a}${b}`", None),
        ("[1, 2]", None),
        ("(", None),
        ("'unclosed", None),
        ("", None),
    ],
)
def test_expressions(repository: MakeRepository, expression: str, path: PathValue | None) -> None:
    text = (
        "const OUT = path.join(__dirname, 'static');\nlet LOOP = LOOP2 + 'x', LOOP2 = LOOP;\n"
        f"const paths = {{ out: 'assets' }}, other = {{ out: 'elsewhere' }};\nmodule.exports = {{ key: {expression} }}"
    )
    file = read(repository, text)
    ((position, evidence),) = file.keyed(("key",))
    assert PathReader(file).read(position) == path
    assert evidence.line == 4


def test_a_constant_of_an_imported_file(repository: MakeRepository) -> None:
    file = read(repository, "import { OUT } from '../paths';\nx({ key: OUT })", paths="export const OUT = 'static';")
    ((position, _),) = file.keyed(("key",))
    assert PathReader(file).read(position) == PathValue("static")


def test_comments_do_not_count(repository: MakeRepository) -> None:
    file = read(repository, "// key: 'a',\n/* key: 'b',\n */ url: 'http://x', key: 'c', // key: 'd'\n")
    assert [(PathReader(file).read(position), e.line) for position, e in file.keyed(("key",))] == [(PathValue("c"), 3)]


def test_a_key_inside_an_object(repository: MakeRepository) -> None:
    file = read(repository, "x = { path: 'no', output: { path: 'yes', a: '}' }, path: 'no' }")
    assert [PathReader(file).read(position) for position, _ in file.keyed(("path",), "output")] == [PathValue("yes")]


@pytest.mark.parametrize(
    "text",
    [
        "output: { " * 9_000,
        "key: key + " * 9_000,
        "key: (" * 9_000,
        "key: `" * 9_000,
        "'" * MAX_CHARACTERS,
        "/*" * MAX_CHARACTERS,
        "const " + " " * MAX_CHARACTERS,
        "key " * 20_000,
        "".join(f"const a{n} = a{n + 1} + a{n + 1} + a{n + 2};\n" for n in range(2_000)) + "key: a0",
    ],
)
def test_hostile_text_ends(repository: MakeRepository, text: str) -> None:
    file = read(repository, text, big=text)
    values = [PathReader(file).read(position) for position, _ in file.keyed(("key",))]
    values += [PathReader(file).read(position) for position, _ in file.keyed(("path",), "output")]
    assert all(value is None for value in values)


def test_imports_that_go_round_end(repository: MakeRepository) -> None:
    file = read(repository, "require('../b')", b="require('./conf/a.config'); require('./c')", c="require('./b')")
    assert [other.path for other in file.imported] == ["ui/b.js", "ui/c.js"]
