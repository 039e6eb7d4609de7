"""SECURE_PROXY_SSL_HEADER, so that Django sees that a request came by HTTPS."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.settings_file import SettingsFile

_ANCHORS = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "ALLOWED_HOSTS",
)
_NAME = "SECURE_PROXY_SSL_HEADER"
_VALUE = '("HTTP_X_FORWARDED_PROTO", "https")'


def proxy_header(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """In place of None, or behind the setting that the finding is about."""
    present = list(file.assignments(_NAME))
    if len(present) == 1 and present[0].is_none():
        return edit(file.replace(present[0].value, _VALUE))
    anchors = (file.assignment(name, place.line) for name in _ANCHORS)
    anchor = next((one for one in anchors if one is not None), None)
    if anchor is None or present:
        return None
    return edit(file.after(anchor.statement, [f"{_NAME} = {_VALUE}"]))
