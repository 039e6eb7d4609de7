"""Where builds put their files."""

import json
from typing import Any

import pytest

from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved
from tests.facts.frontend.conftest import CollectFrontend, package_json


def output(frontend: CollectFrontend, build: str, files: dict[str, str], **content: Any) -> Answer[str | None]:
    return frontend({"package.json": package_json(scripts={"build": build}, **content), **files}).output_dir


@pytest.mark.parametrize(
    ("build", "folder"),
    [
        ("vite build --outDir out", "out"),
        ("vite build --outDir=out/", "out"),
        ("webpack -o static/bundles", "static/bundles"),
        ("webpack build --output-path=static/bundles", "static/bundles"),
        ("rollup src/a.js --file static/js/a.js", "static/js"),
        ("esbuild src/a.ts --bundle --outfile=static/js/a.js", "static/js"),
        ("esbuild src/a.ts --bundle --outdir=static/js", "static/js"),
        ("parcel build src/a.js --dist-dir static", "static"),
        ("tailwindcss -i a.css -o ./app/static/css/b.css --minify", "app/static/css"),
        ("npx @tailwindcss/cli -i a.css --output static/b.css", "static"),
        ("postcss src/*.css --dir static/css", "static/css"),
        ("sass scss/a.scss static/css/a.css", "static/css"),
        ("sass --style=compressed scss:static/css", "static/css"),
        ("sass scss/a.scss:static/css/a.css scss/b.scss:static/css/b.css", "static/css"),
        ("node-sass --include-path scss scss/a.scss -o static/css", "static/css"),
        ("lessc less/a.less static/css/a.css", "static/css"),
        ("babel src --out-dir static/js", "static/js"),
        ("tsc && vite build --outDir out", "out"),
        ("tsc --outDir static/js", "static/js"),
        ("BUILD_PATH=../public_html react-scripts build", None),
        ("BUILD_PATH=static/app react-scripts build", "static/app"),
        ("sass a.scss static/css/a.css && esbuild a.ts --outfile=static/js/a.js", "static"),
    ],
)
def test_options_of_the_command(frontend: CollectFrontend, build: str, folder: str | None) -> None:
    answer = output(frontend, build, {})
    if folder is None:
        assert isinstance(answer, Unresolved)
        assert answer.reason == "the output lies outside the repository: ../public_html"
    else:
        assert isinstance(answer, Fact)
        assert answer.value == folder
        assert (answer.evidence[0].path, answer.evidence[0].line) == ("package.json", 3)


@pytest.mark.parametrize(
    ("build", "folder"),
    [
        ("vite build", "dist"),
        ("webpack", "dist"),
        ("react-scripts build", "build"),
        ("vue-cli-service build", "dist"),
        ("next build", ".next"),
        ("gatsby build", "public"),
        ("mix --production", "public"),
    ],
)
def test_defaults(frontend: CollectFrontend, build: str, folder: str) -> None:
    answer = output(frontend, build, {})
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == (folder, Certainty.LIKELY)
    assert answer.evidence[0].note.endswith("'s default")


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        ("vite build --outDir $OUT", "the output is named by a variable"),
        ("node build.js", "the build script does not say where its output goes"),
        ("gulp", "the build script does not say where its output goes"),
        ("sass a one/a.css && sass b two/b.css", "the output goes to several folders: one, two"),
    ],
)
def test_what_cannot_be_told(frontend: CollectFrontend, build: str, reason: str) -> None:
    answer = output(frontend, build, {})
    assert isinstance(answer, Unresolved)
    assert answer.reason == reason
    assert answer.evidence[0].path == "package.json"


@pytest.mark.parametrize(
    ("build", "files", "folder", "line"),
    [
        ("vite build", {"vite.config.ts": "export default {\n build: {\n  outDir: 'app/static' }}"}, "app/static", 3),
        ("vite build", {"vite.config.js": "x({ root: 'ui',\noutDir: '../static' })", "ui/a.ts": ""}, "static", 2),
        ("vite build", {"vite.config.js": "x({ root: './ui' })", "ui/a.ts": ""}, "ui/dist", 1),
        ("vite build -c conf/v.js", {"conf/v.js": "\nx({ outDir: resolve(__dirname, '../static') })"}, "static", 2),
        (
            "webpack --config webpack/prod.config.js",
            {
                "webpack/prod.config.js": "const common = require('./common.config');\nmodule.exports = merge(common);",
                "webpack/common.config.js": "module.exports = {\n  target: 'web',\n  output: {\n"
                "    path: path.resolve(__dirname, '../app/static/webpack_bundles/'),\n    publicPath: '/static/' } }",
            },
            "app/static/webpack_bundles",
            4,
        ),
        ("webpack", {"webpack.config.js": "a = {path: 'no'};\nx = { output: { path: __dirname + '/a' } }"}, "a", 2),
        ("rollup -c", {"rollup.config.js": "export default [{ output: {\nfile: 'static/js/a.js' } }]"}, "static/js", 2),
        ("mix", {"webpack.mix.js": "mix\n.setPublicPath('app/static')\n.js('a', 'b')"}, "app/static", 2),
        ("vue-cli-service build", {"vue.config.js": "module.exports = {\n outputDir: 'static/vue' }"}, "static/vue", 2),
        ("next build", {"next.config.mjs": "export default {\n output: 'export' }"}, "out", 2),
        (
            "gulp build",
            {"gulpfile.js": "const paths = {css: 'app/static/css', js: 'app/static/js'};\n"
             "gulp.src('a').pipe(gulp.dest(paths.css));\ngulp.src('b').pipe(dest(paths.js));"},
            "app/static",
            2,
        ),
        ("grunt", {"Gruntfile.js": "grunt.initConfig({ sass: { dist: {\n dest: 'static/a' } } })"}, "static/a", 2),
    ],
)  # fmt: skip
def test_configuration_files(
    frontend: CollectFrontend, build: str, files: dict[str, str], folder: str, line: int
) -> None:
    answer = output(frontend, build, files)
    assert isinstance(answer, Fact)
    assert answer.value == folder
    assert answer.evidence[0].path in files
    assert answer.evidence[0].line == line


def test_an_object_chosen_by_a_condition(frontend: CollectFrontend) -> None:
    text = "const a = { path: path.resolve('./x') };\nconst b = { path: 'x' };\ny = { output: dev ? a : b }"
    answer = output(frontend, "webpack", {"webpack.config.js": text})
    assert isinstance(answer, Fact)
    assert (answer.value, [e.line for e in answer.evidence]) == ("x", [1, 2])


@pytest.mark.parametrize(
    "text", ["y = {\n output: make(dev) }", "y = {\n output: dev ? make(1) : make(2), path: 'no' }"]
)
def test_an_object_that_is_computed(frontend: CollectFrontend, text: str) -> None:
    answer = output(frontend, "webpack", {"webpack.config.js": text})
    assert isinstance(answer, Unresolved)
    assert answer.reason == "webpack.config.js computes the output"
    assert answer.evidence[0].line == 2


def test_of_several_folders_those_that_django_serves(frontend: CollectFrontend) -> None:
    gulpfile = "x.pipe(dest('src/generated'));\ny.pipe(dest('static/css'));\nz.pipe(dest('static/js'));\n"
    files = {"package.json": package_json(scripts={"build": "gulp"}), "gulpfile.js": gulpfile}
    answer = frontend(files, settings='STATICFILES_DIRS = [BASE_DIR / "static"]\n').output_dir
    assert isinstance(answer, Fact)
    assert answer.value == "static"
    assert [e.line for e in answer.evidence] == [2, 3]


def test_a_script_that_calls_a_bundlers_library(frontend: CollectFrontend) -> None:
    files = {"build.mjs": "import * as esbuild from 'esbuild';\nawait esbuild.build({\n  outdir: './static/dist' });"}
    answer = output(frontend, "node build.mjs", files, devDependencies={"esbuild": "0.25"})
    evidence = (Evidence(path="build.mjs", line=3),)
    assert answer == Fact(value="static/dist", evidence=evidence, certainty=Certainty.LIKELY)


APPLICATION = "@angular/build:application"
BROWSER = "@angular-devkit/build-angular:browser"


@pytest.mark.parametrize(
    ("builder", "options", "production", "folder"),
    [
        (BROWSER, {"outputPath": "dist/shop"}, {}, "ui/dist/shop"),
        (BROWSER, {"outputPath": "dist/shop"}, {"outputPath": "../static/shop"}, "static/shop"),
        (APPLICATION, {"outputPath": "dist/shop"}, {}, "ui/dist/shop/browser"),
        (APPLICATION, {"outputPath": {"base": "../static", "browser": ""}}, {}, "static"),
        (APPLICATION, {"outputPath": {"base": "dist"}}, {}, "ui/dist/browser"),
        (BROWSER, {}, {}, "ui/dist/shop"),
    ],
)
def test_angular(
    frontend: CollectFrontend, builder: str, options: dict[str, Any], production: dict[str, Any], folder: str
) -> None:
    build = {"builder": builder, "options": options, "configurations": {"production": production}}
    files = {
        "ui/package.json": package_json(scripts={"build": "ng build"}, dependencies={"@angular/cli": "20"}),
        "ui/angular.json": json.dumps({"projects": {"shop": {"architect": {"build": build}}}}, indent=1),
    }
    facts = frontend(files)
    assert isinstance(facts.output_dir, Fact)
    assert facts.output_dir.value == folder
    assert facts.output_dir.evidence[0].path == "ui/angular.json"
    assert facts.separate_site is not folder.startswith("static")


def test_angular_without_its_file(frontend: CollectFrontend) -> None:
    assert isinstance(output(frontend, "ng build", {"angular.json": "{"}), Unresolved)
