"""Static files: a folder to collect them in, and WhiteNoise to serve them."""

import libcst as cst

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.settings_file import SettingsFile, text_of

_SECURITY = "django.middleware.security.SecurityMiddleware"
_WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"


def static_root(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """STATIC_ROOT in place of None, or behind STATIC_URL: a folder in BASE_DIR."""
    base = file.first("BASE_DIR")
    if base is None and not (file.star_imports() and "BASE_DIR" in facts.django.settings):
        return None
    if base is None or "os.path" in file.code(base.value) or "path.dirname" in file.code(base.value):
        value, imports = 'os.path.join(BASE_DIR, "staticfiles")', file.importing("os")
    else:
        value, imports = 'BASE_DIR / "staticfiles"', ()
    present = list(file.assignments("STATIC_ROOT"))
    if len(present) == 1 and present[0].is_none():
        return edit(file.replace(present[0].value, value), *imports)
    url = file.assignment("STATIC_URL", place.line) or file.first("STATIC_URL")
    if url is None or present:
        return None
    return edit(file.after(url.statement, [f"STATIC_ROOT = {value}"]), *imports)


def whitenoise(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """WhiteNoise's middleware, right behind Django's for security, or first."""
    found = next((one for one in file.assignments("MIDDLEWARE") if isinstance(one.value, cst.List | cst.Tuple)), None)
    if found is None or not isinstance(found.value, cst.List | cst.Tuple) or not found.value.elements:
        return None
    elements = found.value.elements
    if any(text_of(one.value) == _WHITENOISE for one in elements):
        return None
    security = next((one for one in elements if text_of(one.value) == _SECURITY), None)
    anchor = (security or elements[0]).value
    code = file.code(anchor)
    quote = code[0] if code[0] in "'\"" else '"'
    alone = file.lines(anchor)[0] not in {file.lines(one.value)[0] for one in elements if one.value is not anchor}
    apart = file.module.default_newline + " " * file.column(anchor) if alone else " "
    entry = f"{quote}{_WHITENOISE}{quote}"
    both = f"{code},{apart}{entry}" if security is not None else f"{entry},{apart}{code}"
    return edit(file.replace(anchor, both), packages=("whitenoise",))
