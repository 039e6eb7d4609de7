"""The buildpacks of Node.js: cmd/nodejs/*/lib/lib.go, pkg/nodejs/npm.go."""

from analyzer.buildpacks.go_documents import read_go_json
from analyzer.buildpacks.google.answers import opt_in, opt_out, stops
from analyzer.buildpacks.google.files import in_root
from analyzer.buildpacks.google.tables import Stack
from analyzer.buildpacks.lifecycle import DetectRun
from analyzer.buildpacks.masterminds import parse_constraints, parse_version
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence

PACKAGE_JSON = "package.json"
MANAGERS = ("yarn", "pnpm", "bun", "npm")
_LOCKS = {"yarn": ("yarn.lock",), "pnpm": ("pnpm-lock.yaml",), "bun": ("bun.lockb", "bun.lock")}
_FUNCTION = "GOOGLE_FUNCTION_TARGET"


def detect_all(source: Source, stack: Stack) -> dict[str, DetectRun]:
    """What each buildpack answers, by its name."""
    function = _FUNCTION in source.variables
    return {
        "nodejs.runtime": runtime(source, stack),
        **{f"nodejs.{manager}": package_manager(source, manager) for manager in MANAGERS},
        "nodejs.functions-framework": opt_in(f"{_FUNCTION} set") if function else opt_out(f"{_FUNCTION} not set"),
    }


def runtime(source: Source, stack: Stack) -> DetectRun:
    """Opts in to a package.json or *.js in the root, and from Node.js 24 on to *.ts."""
    chosen = source.variables.get("GOOGLE_RUNTIME", "").strip().lower()
    if chosen:
        matches = chosen.startswith("nodejs")
        return opt_in("GOOGLE_RUNTIME matches") if matches else opt_out("GOOGLE_RUNTIME does not match")
    if source.tree.exists(PACKAGE_JSON):
        return opt_in("found package.json", Evidence(path=PACKAGE_JSON))
    script = in_root(source, ".js")
    if script is not None:
        return opt_in("found .js files", Evidence(path=script))
    script = in_root(source, ".ts")
    variables = source.variables
    asked = variables.get("GOOGLE_NODEJS_VERSION") or variables.get("GOOGLE_RUNTIME_VERSION") or stack.nodejs
    version = parse_version(asked.removeprefix("^").removeprefix("~").translate(str.maketrans("*xX", "000")))
    if version is None:
        return stops(f'checking if node version is greater than 24.0.0: invalid version "{asked}"')
    if script is not None and parse_constraints(">=24.0.0").check(version):
        return opt_in("found .ts files", Evidence(path=script))
    return opt_out("neither package.json nor any .js files found")


def package_manager(source: Source, name: str) -> DetectRun:
    """Opts in to a package.json with the manager's lock file, or by the variable; npm to any package.json."""
    if not source.tree.exists(PACKAGE_JSON):
        return opt_out("package.json not found")
    evidence = Evidence(path=PACKAGE_JSON)
    if name == "npm":
        return opt_in("found package.json", evidence)
    lock = next((lock for lock in _LOCKS[name] if source.tree.exists(lock)), None)
    if lock is not None:
        return opt_in(f"found {lock} and package.json", evidence, Evidence(path=lock))
    if source.variables.get("GOOGLE_PACKAGE_MANAGER", "").casefold() == name:
        return opt_in(f"package.json found and GOOGLE_PACKAGE_MANAGER={name}", evidence)
    return opt_out(f"{_LOCKS[name][0]} not found and GOOGLE_PACKAGE_MANAGER is not set to {name}", evidence)


def start_command(source: Source, manager: str) -> str:
    """What starts: the script `start`, else the main file. Frameworks that are started otherwise are not told apart."""
    document = read_go_json(source, PACKAGE_JSON)
    package = document if isinstance(document, dict) else {}
    scripts, main = package.get("scripts"), package.get("main")
    has_start = (isinstance(scripts, dict) and "start" in scripts) or source.tree.exists("server.js")
    if manager == "bun" or has_start:
        return f"{'npm' if manager == 'bun' else manager} run start"
    return f"node {main if isinstance(main, str) and main else 'index.js'}"
