"""Addresses of Redis from a variable, and certificates that kombu wants to hear about."""

import libcst as cst

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.environment_style import EnvironmentStyle
from analyzer.patches.settings_file import SettingsFile, text_of

_VARIABLE = "REDIS_URL"
_SCHEMES = ("redis://", "rediss://")
_CELERY = (ConnectionRole.BROKER, ConnectionRole.RESULTS)


def redis_address(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """The text of an address becomes the default of a variable."""
    texts = _Texts(file, place.line)
    file.module.visit(texts)
    if len(texts.found) != 1:
        return None
    reading = EnvironmentStyle(file).optional(_VARIABLE, file.code(texts.found[0]))
    return edit(file.replace(texts.found[0], reading.text), reading=reading)


def celery_certificates(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """`…_USE_SSL` behind the setting with the address, for addresses with TLS alone."""
    found = next((one for one in facts.connections if one.role in _CELERY and _stands_at(one, place)), None)
    assignment = None if found is None else file.assignment(found.setting, place.line)
    if found is None or assignment is None or not found.setting.isupper():
        return None
    name = _option(found)
    if name is None or file.first(name) is not None:
        return None
    lines = [
        f'if str({found.setting}).startswith("rediss://"):',
        f'    {name} = {{"ssl_cert_reqs": ssl.CERT_REQUIRED}}',
    ]
    return edit(file.after(assignment.statement, lines), *file.importing("ssl"))


def _option(found: Connection) -> str | None:
    """The setting for TLS in the style of the one with the address: CELERY_BROKER_URL -> CELERY_BROKER_USE_SSL."""
    if found.role is ConnectionRole.BROKER and found.setting.endswith("BROKER_URL"):
        return f"{found.setting.removesuffix('URL')}USE_SSL"
    if found.role is ConnectionRole.RESULTS and found.setting.endswith("RESULT_BACKEND"):
        return f"{found.setting.removesuffix('RESULT_BACKEND')}REDIS_BACKEND_USE_SSL"
    return None


def _stands_at(found: Connection, place: Evidence) -> bool:
    return any((one.path, one.line) == (place.path, place.line) for one in found.evidence)


class _Texts(cst.CSTVisitor):
    """Addresses of Redis as plain texts in the statement of a line."""

    def __init__(self, file: SettingsFile, line: int) -> None:
        self.found: list[cst.SimpleString] = []
        self._file = file
        self._line = line

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        first, last = self._file.lines(node)
        return first <= self._line <= last

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        text = text_of(node)
        if text is not None and text.startswith(_SCHEMES):
            self.found.append(node)
