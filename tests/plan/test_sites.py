"""Static sites, and which paths lead where."""

from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.model.plan import Component, ComponentKind, DeploymentPlan
from tests.plan.conftest import MakePlan, codes

FRONT_END = {
    "frontend/package.json": '{"name": "x", "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7"}}',
    "frontend/package-lock.json": "{}",
    "frontend/index.html": "<script src=/main.js></script>",
}
NO_WHITENOISE = "MIDDLEWARE = ['django.middleware.common.CommonMiddleware']\n"


def sites(plan: DeploymentPlan) -> list[Component]:
    return [c for c in plan.components if c.kind is ComponentKind.STATIC_SITE]


def routes(plan: DeploymentPlan) -> dict[str, list[tuple[str, bool]]]:
    return {c.name: [(r.path, r.preserve_path_prefix) for r in c.routes] for c in plan.components if c.routes}


def test_the_service_has_everything(plan: MakePlan) -> None:
    made = plan()
    assert sites(made) == []
    assert routes(made) == {"web": [("/", False)]}


def test_a_front_end_of_its_own(plan: MakePlan) -> None:
    made = plan({**FRONT_END, "shop/urls.py": "urlpatterns = [path('api/', x), path('admin/', y)]\n"})
    (site,) = sites(made)
    assert site.static is not None
    build = site.static.value
    assert (site.name, build.source_dir, build.build_command, build.output_dir, build.catchall_document) == (
        "frontend",
        "frontend",
        "npm run build",
        "dist",
        "index.html",
    )
    assert routes(made) == {
        "frontend": [("/", False)],
        "web": [("/admin", True), ("/api", True), ("/static", True)],
    }
    assert "root-belongs-to-front-end" not in codes(made)
    assert site.size.value is None


def test_pages_of_django_behind_the_front_end(plan: MakePlan) -> None:
    assert "root-belongs-to-front-end" in codes(plan(FRONT_END))


def test_a_front_end_that_needs_a_server(plan: MakePlan) -> None:
    package = '{"name": "x", "scripts": {"build": "next build"}, "dependencies": {"next": "15"}}'
    made = plan({"frontend/package.json": package})
    assert sites(made) == []
    assert "front-end-left-out" in codes(made)


def test_a_front_end_that_django_serves(plan: MakePlan) -> None:
    config = "export default { build: { outDir: '../shop/static/app' } }\n"
    made = plan(
        {**FRONT_END, "frontend/vite.config.js": config, "shop/static/a.css": ""},
        settings="STATICFILES_DIRS = ['shop/static']\n",
    )
    assert sites(made) == []


def test_static_files_that_nothing_serves(plan: MakePlan) -> None:
    made = plan(settings=NO_WHITENOISE)
    (site,) = sites(made)
    assert site.static is not None
    assert (site.name, site.static.value.environment_slug, site.static.value.output_dir) == (
        "static",
        None,
        "/app/staticfiles",
    )
    assert routes(made) == {"web": [("/", False)], "static": [("/static", False)]}


def test_static_files_that_something_serves(plan: MakePlan) -> None:
    storage = "STORAGES = {'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
    assert sites(plan(settings=NO_WHITENOISE + storage)) == []
    assert sites(plan(settings=NO_WHITENOISE + "INSTALLED_APPS = []\n")) == []


def test_static_files_without_a_place(plan: MakePlan) -> None:
    made = plan(settings=NO_WHITENOISE + "STATIC_URL = 'https://cdn.example.org/'\n")
    assert sites(made) == []
    assert "static-files-not-served" in codes(made)
    (note,) = (one for one in made.notes if one.code == "static-files-not-served")
    assert "STATIC_URL is no known path of the app" in note.message
    assert "STATIC_ROOT" not in f"{note.message} {note.remedy}"
    assert 'STATIC_URL = "/static/"' in note.remedy


def test_static_files_beside_the_source(plan: MakePlan) -> None:
    (site,) = sites(plan(settings=NO_WHITENOISE + "STATIC_ROOT = '../collected'\n"))
    assert site.static is not None
    assert site.static.value.output_dir == "/collected"


def test_a_site_of_the_existing_spec_stays(plan: MakePlan) -> None:
    spec = "services:\n- {name: api}\nstatic_sites:\n- {name: assets, routes: [{path: /static}], output_dir: x}\n"
    assert [site.name for site in sites(plan({".do/app.yaml": spec}))] == ["assets"]


def test_the_configuration(plan: MakePlan) -> None:
    off = Overrides(components={"static": ComponentOverrides(enabled=False)})
    assert sites(plan(settings=NO_WHITENOISE, overrides=off)) == []
    below = Overrides(components={"frontend": ComponentOverrides(route="/app")})
    made = plan(FRONT_END, overrides=below)
    assert routes(made) == {"web": [("/", False)], "frontend": [("/app", False)]}
