"""What every test stands on: a data folder of its own, and the time that each folder of tests takes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings

# Before Django reads its settings (which is why pyproject.toml does not name them): tests, and the processes that they
# start, never touch the data of a real installation.
_FOLDER = tempfile.TemporaryDirectory(prefix="chengyun-tests-")
os.environ["CHENGYUN_DATA"] = _FOLDER.name
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parent.parent / ".make" / "kernels"))  # once, not each run
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengyun.config.settings")
django.setup()  # now: the conftest.py of a folder imports models
if str(settings.ENV.data) != _FOLDER.name:
    raise RuntimeError(f"tests would write into {settings.ENV.data}: something read the settings before this file")

# A landing is judged by the same examples every time; a developer's machine looks for new ones.
hypothesis.settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI") == "true":
    hypothesis.settings.load_profile("ci")

HERE = Path(__file__).parent
_seconds: defaultdict[str, float] = defaultdict(float)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this database cannot answer."""
    if os.environ.get("CHENGYUN_DATABASE_URL", "").startswith("postgres"):
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="asks PostgreSQL; this run is on SQLite"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[Path(report.nodeid.split("::")[0]).relative_to("tests").parts[0]] += report.duration


def pytest_sessionfinish() -> None:
    """Leave the seconds of each folder for tests/suite.py."""
    target = os.environ.get("CHENGYUN_TIMES")
    if target and _seconds:
        Path(target).write_text(json.dumps({folder: round(s, 2) for folder, s in _seconds.items()}))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input beside the repository; skips where it is not, and in CI."""
    folder = HERE.parent.parent / "shared" / "data"
    if os.environ.get("CI") == "true" or not folder.is_dir():
        pytest.skip("the real input files are not on this machine")
    return folder


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `chengyun init` makes, on SQLite, with a certificate for the loopback address: made once, never touched."""
    data = tmp_path_factory.mktemp("pristine") / "town"
    command = [sys.executable, "-m", "chengyun.cli", "--data", str(data), "--lang", "en"]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGYUN_")}
    done = subprocess.run(
        [*command, "init", "--tls", "127.0.0.1", "--admin", "head"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (data.parent / "said").write_text(done.stdout, encoding="utf-8")
    return data


@pytest.fixture
def installed(pristine: Path, tmp_path: Path) -> Path:
    """An installation of this test's own."""
    return Path(shutil.copytree(pristine, tmp_path / "installed"))


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """An empty folder for an installation of its own, served by processes of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
