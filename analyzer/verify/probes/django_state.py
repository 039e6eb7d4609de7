"""Loads the project as its processes do and says what Django knows about it."""

import io
import os


def migrations():
    """Migrations that are not applied, by database."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    left = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        left += [f"{alias}: {migration.app_label}.{migration.name}" for migration, _ in plan]
        break  # what goes to the others is decided by routers
    return left


def command(*words, **options):
    """What a management command prints, and the text of its failure."""
    from django.core.management import call_command

    out = io.StringIO()
    try:
        call_command(*words, stdout=out, stderr=out, no_color=True, **options)
    except SystemExit as error:
        return {"failed": bool(error.code), "output": out.getvalue()}
    except Exception as error:
        return {"failed": True, "output": f"{out.getvalue()}{type(error).__name__}: {error}"}
    return {"failed": False, "output": out.getvalue()}


def missing_migrations():
    """What `makemigrations --check` says; Django 4.2 and later name nothing there, so the dry run is asked as well."""
    found = command("makemigrations", check=True, dry_run=True, interactive=False)
    if found["failed"] and not found["output"].strip():
        found["output"] = command("makemigrations", dry_run=True, interactive=False)["output"]
    return found


def storage(alias):
    """The class of a storage and the classes that it extends."""
    from django.core.files import storage as module

    try:
        found = module.storages[alias] if hasattr(module, "storages") else None
    except Exception:
        found = None
    if found is None:
        if alias == "default":
            found = module.default_storage
        else:
            from django.contrib.staticfiles.storage import staticfiles_storage as found
    if hasattr(found, "_wrapped"):
        found.exists  # noqa: B018 (sets the object up)
        found = found._wrapped
    return [f"{cls.__module__}.{cls.__qualname__}" for cls in type(found).__mro__[:-1]]


def optional(make):
    """What `make` gives, None where it fails."""
    try:
        return make()
    except Exception:
        return None


def state():
    """Everything that is asked for."""
    set_up_django()
    import django
    from django.conf import settings
    from django.urls import get_resolver, reverse

    get_resolver().url_patterns  # noqa: B018 (imports all views)
    found = {
        "django": django.get_version(),
        "settings": os.environ.get("DJANGO_SETTINGS_MODULE"),
        "debug": bool(settings.DEBUG),
        "apps": list(settings.INSTALLED_APPS),
        "databases": {alias: one.get("ENGINE", "") for alias, one in settings.DATABASES.items()},
        "static_url": settings.STATIC_URL,
        "static_storage": optional(lambda: storage("staticfiles")) or [],
        "default_storage": optional(lambda: storage("default")) or [],
        "endpoint": getattr(settings, "AWS_S3_ENDPOINT_URL", None),
        "bucket": getattr(settings, "AWS_STORAGE_BUCKET_NAME", None),
        "asgi": getattr(settings, "ASGI_APPLICATION", None),
        "secure_redirect": bool(settings.SECURE_SSL_REDIRECT),
        "admin": optional(lambda: reverse("admin:index")),
        "apps_with_static": "django.contrib.staticfiles" in settings.INSTALLED_APPS,
    }
    if found["apps_with_static"] and "django.contrib.admin" in settings.INSTALLED_APPS:
        from django.templatetags.static import static

        found["static_file"] = optional(lambda: static("admin/css/base.css"))
    if arguments.get("database"):
        found["unapplied"] = migrations()
        found["missing"] = missing_migrations()
        found["deploy_check"] = command("check", deploy=True)
    return found


find_settings()
answer(state)
