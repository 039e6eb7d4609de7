"""What the files that declare processes are called in a sentence."""

_NAMES = {
    "app spec": "the existing app spec",
    "docker-compose": "the Compose file",
    "Procfile": "the Procfile",
    "Dockerfile": "the Dockerfile",
    "systemd": "a unit of systemd",
    "supervisor": "supervisor's configuration",
    "s6": "a service of s6",
    "script": "a script",
    "task": "a task runner",
    "kubernetes": "a Kubernetes manifest",
    "crontab": "a crontab",
    "uWSGI": "uWSGI's configuration",
}


def file_called(source: str) -> str:
    """The kind of file with its article; one that is a file's name stays as it is."""
    return _NAMES.get(source, source)
