"""Which package.json matters, and whether its output is Django's or a site of its own."""

import pytest

from analyzer.model.evidence import Certainty, Evidence, Fact, Unresolved
from tests.facts.frontend.conftest import CollectFrontend, package_json

VITE = package_json(scripts={"dev": "vite", "build": "vite build"}, devDependencies={"vite": "^7"})
STATIC_DIRS = 'STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]\n'


def value(answer: object) -> object:
    assert isinstance(answer, Fact), answer
    return answer.value


def test_no_package_json(frontend: CollectFrontend) -> None:
    facts = frontend({})
    nothing = Fact(value=None, evidence=(Evidence(path="manage.py", line=1, note="no package.json"),))
    assert (facts.package_json, facts.build_command, facts.output_dir, facts.package_manager) == (nothing,) * 4
    assert facts.bundlers == ()
    assert not facts.separate_site


def test_a_build_whose_output_django_serves(frontend: CollectFrontend) -> None:
    config = 'export default {\n  build: {\n    outDir: "assets/dist",\n  },\n};\n'
    facts = frontend({"package.json": VITE, "vite.config.js": config, "index.html": ""}, settings=STATIC_DIRS)
    assert value(facts.package_json) == "package.json"
    assert value(facts.build_command) == "npm run build"
    assert facts.build_command.evidence[0] == Evidence(path="package.json", line=4, note="vite build")
    assert facts.output_dir == Fact(value="assets/dist", evidence=(Evidence(path="vite.config.js", line=3),))
    assert facts.bundlers == ("vite",)
    assert not facts.separate_site


def test_a_site_of_its_own(frontend: CollectFrontend) -> None:
    files = {"frontend/package.json": VITE, "frontend/index.html": "<div id=root>", "frontend/yarn.lock": ""}
    facts = frontend(files, folder="backend")
    assert value(facts.package_json) == "frontend/package.json"
    assert value(facts.build_command) == "yarn run build"
    assert value(facts.output_dir) == "frontend/dist"
    assert facts.separate_site


def test_a_site_that_django_serves_from_its_templates(frontend: CollectFrontend) -> None:
    cra = package_json(scripts={"build": "react-scripts build"}, dependencies={"react-scripts": "5"})
    settings = 'TEMPLATES = [{"BACKEND": "x", "DIRS": [BASE_DIR / "frontend" / "build"]}]\n'
    assert not frontend({"frontend/package.json": cra}, settings=settings).separate_site
    assert frontend({"frontend/package.json": cra}).separate_site


def test_an_app_serves_its_static_folder(frontend: CollectFrontend) -> None:
    vite = package_json(scripts={"build": "vite build --outDir ../shop/static/shop"}, devDependencies={"vite": "7"})
    facts = frontend({"ui/package.json": vite, "ui/index.html": "", "shop/static/.keep": ""})
    assert value(facts.output_dir) == "shop/static/shop"
    assert not facts.separate_site


def test_a_package_that_joins_the_output_with_templates(frontend: CollectFrontend) -> None:
    files = {"package.json": VITE, "vite.config.js": "export default { build: { outDir: process.env.OUT } }"}
    facts = frontend(files, requirements="django\ndjango-vite\n")
    assert isinstance(facts.output_dir, Unresolved)
    assert facts.output_dir.reason == "vite.config.js computes the output"
    assert not facts.separate_site


def test_a_package_json_for_tools_builds_nothing(frontend: CollectFrontend) -> None:
    tools = package_json(scripts={"lint": "eslint .", "test": "jest"}, devDependencies={"eslint": "9", "sass": "1"})
    facts = frontend({"package.json": tools})
    assert value(facts.package_json) == "package.json"
    assert facts.package_json.evidence[0].note == "builds nothing: it is for tools or for packages alone"
    assert facts.build_command == Fact(
        value=None,
        evidence=(Evidence(path="package.json", line=2, note="no script builds anything (scripts: lint, test)"),),
    )
    assert value(facts.output_dir) is None
    assert facts.bundlers == ()
    assert not facts.separate_site


def test_one_that_builds_goes_before_one_for_tools(frontend: CollectFrontend) -> None:
    tools = package_json(scripts={"lint": "eslint ."})
    facts = frontend({"package.json": tools, "client/package.json": VITE})
    assert value(facts.package_json) == "client/package.json"


def test_the_output_of_django_goes_before_a_site(frontend: CollectFrontend) -> None:
    tailwind = package_json(
        scripts={
            "build": "npm run build:clean && npm run build:tailwind",
            "build:clean": "rimraf ../static/css/dist",
            "build:tailwind": "cross-env NODE_ENV=production tailwindcss -i ./a.css -o ../static/css/dist/styles.css",
        },
        devDependencies={"tailwindcss": "3"},
    )
    files = {
        "frontend/package.json": VITE,
        "frontend/index.html": "",
        "theme/static_src/package.json": tailwind,
        "theme/static_src/package-lock.json": "{}",
    }
    facts = frontend(files, requirements="django\ndjango-tailwind\n")
    assert value(facts.package_json) == "theme/static_src/package.json"
    assert facts.package_json.evidence[0].note == "others that build: frontend/package.json"
    assert isinstance(facts.package_json, Fact)
    assert facts.package_json.certainty is Certainty.LIKELY
    assert value(facts.output_dir) == "theme/static/css/dist"
    assert not facts.separate_site


def test_a_build_without_package_json(frontend: CollectFrontend) -> None:
    settings = 'STATICFILES_DIRS = [BASE_DIR / "assets"]\n'
    facts = frontend({}, requirements="django\ndjango-tailwind-cli\n", settings=settings)
    assert value(facts.package_json) is None
    assert facts.build_command == Fact(
        value="python manage.py tailwind build",
        evidence=(Evidence(path="requirements.txt", line=2, note=facts.build_command.evidence[0].note),),
        certainty=Certainty.LIKELY,
    )
    assert value(facts.output_dir) == "assets/css"
    assert facts.bundlers == ("tailwind",)


@pytest.mark.parametrize("content", ["{", '{"scripts": {{ cookiecutter.scripts }}}', "[" * 100_000])
def test_a_package_json_that_cannot_be_read(frontend: CollectFrontend, content: str) -> None:
    facts = frontend({"package.json": content})
    assert value(facts.package_json) == "package.json"
    assert isinstance(facts.build_command, Unresolved)
    assert facts.build_command.reason.startswith("package.json cannot be read: ")
    assert isinstance(facts.output_dir, Unresolved)


@pytest.mark.parametrize(
    "content", ["[]", "null", '{"scripts": []}', '{"scripts": {"build": 3}, "workspaces": 4, "packageManager": {}}']
)
def test_a_package_json_of_another_shape(frontend: CollectFrontend, content: str) -> None:
    assert value(frontend({"package.json": content}).package_json) == "package.json"


def test_copies_of_published_packages_do_not_count(frontend: CollectFrontend) -> None:
    library = package_json(name="bootstrap", scripts={"build": "rollup -c"}, repository={"type": "git"})
    files = {
        "static/vendor/bootstrap/package.json": library,
        "app/static/lib/jquery/package.json": library,
        "bower_components/x/package.json": package_json(scripts={"build": "x"}),
    }
    assert value(frontend(files).package_json) is None


def test_sites_beside_the_django_project(frontend: CollectFrontend) -> None:
    site = package_json(scripts={"build": "vite build"}, devDependencies={"vite": "7"})
    root = package_json(scripts={"build": "turbo run build"}, workspaces=["apps/*"], devDependencies={"turbo": "2"})
    files = {
        "package.json": root,
        "apps/web/package.json": site,
        "apps/web/index.html": "",
        "apps/admin/package.json": site,
        "apps/admin/index.html": "",
        "apps/api/site_/static/.keep": "",
    }
    facts = frontend(files, folder="apps/api", settings='STATICFILES_DIRS = [BASE_DIR / "site_" / "static"]\n')
    assert facts.separate_site
    assert isinstance(facts.output_dir, Unresolved)
    assert facts.output_dir.reason == "the build makes several sites"
