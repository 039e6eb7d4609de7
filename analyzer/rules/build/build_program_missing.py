"""A program that setup.py starts when the project is built."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """As the planner says, which installs in place where that starts no such program."""
    return ctx.noted("build-program-missing") or passed("the build of the project starts nothing that is not there")


_PROJECT = (
    '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'
    '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.13,<3.14"\n'
    'dependencies = ["django==5.2.8", "gunicorn==23.0.0"]\n'
)
_SETUP = (
    "import subprocess\n\n"
    "from setuptools import setup\n"
    "from setuptools.command.build import build\n"
    "from setuptools.command.build_py import build_py\n\n\n"
    "class Build({base}):\n"
    "    def run(self):\n"
    '        subprocess.check_call(["npm", "run", "build"])\n'
    "        super().run()\n\n\n"
    'setup(cmdclass={{"{base}": Build}})\n'
)

rule = Rule(
    info=RuleInfo(
        id="build-program-missing",
        title="The build starts a program that the image lacks",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "setup.py replaces a command of setuptools by one that starts another program first. The stage that "
            "installs the project has Python and what its requirements are built with; a front end is built in a stage "
            "of its own, with Node.js."
        ),
        remediation=(
            "Let the front end's own build do it, before the project is installed, or add the Debian package that has "
            "the program to image.build_packages."
        ),
        commands=('[tool.doctor.image]\nbuild_packages = ["npm"]', "doctor emit"),
        references=("https://setuptools.pypa.io/en/latest/userguide/extension.html",),
        bad=(
            bad(
                {
                    "setup.py": _SETUP.format(base="build_py"),
                    "pyproject.toml": _PROJECT,
                    "src/theme/__init__.py": "",
                    "requirements.txt": None,
                },
                line=10,
            ),
        ),
        good=(
            good(
                {
                    "setup.py": _SETUP.format(base="build"),
                    "pyproject.toml": _PROJECT,
                    "src/theme/__init__.py": "",
                    "requirements.txt": None,
                }
            ),
        ),
        notes=("build-program-missing",),
    ),
    check=check,
)
