"""Services as folders."""

from analyzer.facts.existing.service_folders import service_folders
from tests.facts.conftest import MakeRepository


def test_run_scripts(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "docker/etc/s6-overlay/s6-rc.d/svc-web/run": "#!/command/with-contenv bash\nexec gunicorn app\n",
        "docker/etc/s6-overlay/s6-rc.d/init/run": "#!/bin/sh\npython manage.py migrate\n",
        "docker/etc/s6-overlay/s6-rc.d/init/type": "oneshot\n",
        "etc/service/worker/run": "#!/bin/sh\ncelery\n",
        "bin/run": "#!/bin/sh\n",
    }
    found = {d.name: d for d in service_folders(repository(files), ".")}
    assert {name: d.prepares for name, d in found.items()} == {"svc-web": False, "init": True, "worker": False}
    assert found["svc-web"].command == files["docker/etc/s6-overlay/s6-rc.d/svc-web/run"]
    assert found["svc-web"].evidence.path == "docker/etc/s6-overlay/s6-rc.d/svc-web/run"
