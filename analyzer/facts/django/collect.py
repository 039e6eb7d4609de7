"""The Django facts, put together."""

from analyzer.facts.django.address_schemes import address_schemes
from analyzer.facts.django.answers import SettingsView, all_names, answer, boolean, optional_text, text, texts
from analyzer.facts.django.build_settings import build_settings, image_settings
from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.list_items import with_item_places
from analyzer.facts.django.locale_files import needs_compilemessages, uses_geodjango
from analyzer.facts.django.module_names import dotted_name
from analyzer.facts.django.security import logging_files, secret_key, secure_settings
from analyzer.facts.django.services import caches, channel_layers, databases
from analyzer.facts.django.setting_texts import setting_texts
from analyzer.facts.django.settings_modules import CONFIGURATION, VARIABLE, ChosenSettings, EntryPoint
from analyzer.facts.django.static_files import configured_storages, media_facts, static_facts
from analyzer.facts.django.storage_classes import library_classes
from analyzer.facts.evaluator.assignments import names_assigned
from analyzer.model.connections import SettingText
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath
from analyzer.model.facts import DependencyFacts, DjangoFacts, SettingsModules
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.repository import RepositorySnapshot


def django_facts(
    program: Program,
    view: SettingsView,
    chosen: ChosenSettings,
    dependencies: DependencyFacts,
    manage_py: RepoPath,
    switch: SettingText | None = None,
) -> DjangoFacts:
    """All facts about the Django project, from its evaluated production settings.

    Args:
        switch: the variable with which these are evaluated, as it makes them those of production.
    """
    middleware = answer(view, "MIDDLEWARE", texts)
    if not view.is_set("MIDDLEWARE") and view.is_set("MIDDLEWARE_CLASSES"):
        middleware = answer(view, "MIDDLEWARE_CLASSES", texts)
    apps = answer(view, "INSTALLED_APPS", texts)
    engines = databases(view, dependencies)
    static, media = static_facts(view, middleware), media_facts(view)
    variables = {name: value for name, value in chosen.written.items() if name in (VARIABLE, CONFIGURATION)}
    if switch is not None:
        variables[switch.variable] = switch.text
    settings = with_item_places(program.repo, view.bare.files, {name: view.setting(name) for name in all_names(view)})
    return DjangoFacts(
        settings_modules=_with_files(chosen.modules, view),
        settings=settings,
        wsgi_application=_application(program, view, "WSGI_APPLICATION", chosen.wsgi),
        asgi_application=_application(program, view, "ASGI_APPLICATION", chosen.asgi),
        root_urlconf=answer(view, "ROOT_URLCONF", optional_text),
        installed_apps=apps,
        middleware=middleware,
        databases=engines,
        caches=caches(view),
        channel_layers=channel_layers(view),
        static=static,
        media=media,
        debug=answer(view, "DEBUG", boolean, deployment_decides=True),
        allowed_hosts=answer(view, "ALLOWED_HOSTS", texts, deployment_decides=True),
        csrf_trusted_origins=answer(view, "CSRF_TRUSTED_ORIGINS", texts, deployment_decides=True),
        secret_key=secret_key(view),
        session_engine=answer(view, "SESSION_ENGINE", text),
        email_backend=answer(view, "EMAIL_BACKEND", text),
        auth_user_model=answer(view, "AUTH_USER_MODEL", text),
        secure=secure_settings(view),
        logging_files=logging_files(view),
        compilemessages=needs_compilemessages(program.repo, manage_py),
        geodjango=uses_geodjango(settings, apps, engines),
        build_settings=build_settings(program, manage_py, view.bare, dependencies),
        image_settings=image_settings(program, manage_py, variables, view.bare, dependencies),
        entry_variables=variables,
        production_switch=switch,
        switches=view.switches,
        at_hand=view.at_hand,
        absent_files=view.absent_files,
        storage_classes=library_classes(program, static.storage, media.storage, *configured_storages(view)),
        setting_texts=setting_texts(program, view),
        address_schemes=address_schemes(program, view),
    )


def _with_files(modules: SettingsModules, view: SettingsView) -> SettingsModules:
    return SettingsModules(
        production=modules.production,
        manage=modules.manage,
        wsgi=modules.wsgi,
        asgi=modules.asgi,
        celery=modules.celery,
        candidates=modules.candidates,
        files=view.bare.files,
    )


def _application(program: Program, view: SettingsView, setting: str, entry: EntryPoint | None) -> Answer[str | None]:
    """The setting; where it is absent, the module that would be served."""
    if view.is_set(setting):
        return answer(view, setting, optional_text)
    if entry is None:
        where = view.module_evidence
        return Fact(
            value=None,
            evidence=(Evidence(path=where.path, line=where.line, note=f"{setting} is not set, no such module"),),
        )
    line = _line_of_application(program.repo, entry.path)
    evidence = Evidence(path=entry.path, line=line, note=f"{setting} is not set; this module starts Django")
    return Fact(
        value=f"{dotted_name(entry.path, program.roots)}.application", evidence=(evidence,), certainty=Certainty.LIKELY
    )


def _line_of_application(repo: RepositorySnapshot, path: RepoPath) -> int:
    """Where the module gives `application` its value; its first line when that does not show."""
    document = read_python(repo, path)
    statements = document.tree.body if isinstance(document, PythonDocument) else ()
    return next((node.lineno for node in statements if "application" in names_assigned(node)), 1)
