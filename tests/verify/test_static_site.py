"""Static files that a static site of the app serves, from the image that collected them."""

from pathlib import Path

import pytest
from docker import DockerClient

from tests.verify.app import FILES, Run, run_verify, write

SPEC, SETTINGS = ".do/app.yaml", "shop/settings.py"
WHITENOISE = '    "whitenoise.middleware.WhiteNoiseMiddleware",\n'
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
SITE = """\
ingress:
  rules:
    - match: {path: {prefix: /static}}
      component: {name: static}
    - match: {path: {prefix: /}}
      component: {name: web}
static_sites:
  - name: static
    dockerfile_path: Dockerfile
    output_dir: FOLDER
"""


@pytest.fixture
def run(engine: DockerClient, tmp_path: Path, request: pytest.FixtureRequest) -> Run:
    """The project without WhiteNoise, and a site with the folder that the test names."""
    files = {**FILES, SPEC: FILES[SPEC] + SITE.replace("FOLDER", request.param)}
    for old, new in ((WHITENOISE, ""), (MANIFEST, PLAIN)):
        assert files[SETTINGS].count(old) == 1
        files[SETTINGS] = files[SETTINGS].replace(old, new)
    return run_verify(write(tmp_path / "shop", files))


@pytest.mark.parametrize("run", ["/app/staticfiles"], indirect=True)
def test_the_site_has_the_collected_file(run: Run) -> None:
    assert run.failures() == {}
    assert run.check("static-file")["detail"] == ("the static site static has it: /app/staticfiles/admin/css/base.css")


@pytest.mark.parametrize("run", ["/app/public"], indirect=True)
def test_a_site_of_another_folder_lacks_it(run: Run) -> None:
    assert set(run.failures()) == {"static-file"}
    check = run.check("static-file")
    assert "whose image has no /app/public/admin/css/base.css" in check["cause"]
    assert "STATIC_ROOT" in check["fix"]
    assert (
        check["evidence"][0]["line"] == FILES[SPEC].count("\n") + SITE[: SITE.index("- name: static")].count("\n") + 1
    )
