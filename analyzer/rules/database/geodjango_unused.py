"""The spatial backend needs GDAL, GEOS and the extension PostGIS, whether or not a model has a geometry."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.services import databases_of, with_settings

_POSTGIS = (
    'DATABASES = {"default": dj_database_url.config('
    'engine="django.contrib.gis.db.backends.postgis", ssl_require=True)}\n'
)


def check(ctx: Context) -> RuleOutcome:
    """Imports of django.contrib.gis in the project's own code, migrations aside."""
    geodjango = ctx.facts.django.geodjango
    if not isinstance(geodjango, Fact) or not geodjango.value:
        return not_applicable("the project does not use GeoDjango")
    used = ctx.facts.code_uses.get("geometry", ())
    if used:
        return passed("code of the project uses geometries", *used[:1])
    setting = ctx.setting("DATABASES")
    spatial = [one for one in databases_of(ctx) if ".gis." in one.engine or "postgis" in one.engine]
    places = setting.place(spatial[0].alias, "ENGINE") if setting is not None and spatial else geodjango.evidence
    what = f"DATABASES[{spatial[0].alias!r}] is {spatial[0].engine}" if spatial else "django.contrib.gis is installed"
    return fail(
        f"{what}, and no code of the project imports django.contrib.gis: the image carries GDAL and GEOS, and the "
        "database needs PostGIS, for nothing.",
        *places,
    )


rule = Rule(
    info=RuleInfo(
        id="geodjango-unused",
        title="GeoDjango is set up and not used",
        severity=Severity.ADVICE,
        category=Category.DATABASE,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "Django loads GDAL and GEOS when the backend of PostGIS starts, so the image installs some 100 MB of "
            "libraries, and the first migration creates the extension in the database. A project without geometries "
            "pays for that at every build."
        ),
        remediation="Use django.db.backends.postgresql, and take django.contrib.gis out of INSTALLED_APPS.",
        references=("https://docs.djangoproject.com/en/stable/ref/contrib/gis/install/geolibs/",),
        bad=(bad(with_settings(_POSTGIS), line=5),),
        good=(
            good(
                {
                    **with_settings(_POSTGIS),
                    "shop/models.py": (
                        "from django.contrib.gis.db import models\n\n\n"
                        "class Branch(models.Model):\n    place = models.PointField()\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)
