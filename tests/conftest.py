"""What every test may ask for."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("XIANXUE_CI") == "1"

# No deadlines: a slow machine is not a wrong answer.
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=80,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("debug", deadline=None, max_examples=10, report_multiple_bugs=False)
settings.load_profile(os.environ.get("XIANXUE_HYPOTHESIS", "ci" if IN_CI else "dev"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tenth, but in CI and where it is asked for by name."""
    if IN_CI or "ci" in config.getoption("markexpr").split():
        return
    slow = pytest.mark.skip(reason="slow: runs in CI, and where `-m ci` asks for it")
    for item in items:
        if item.get_closest_marker("ci"):
            item.add_marker(slow)


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line prints the same on every machine: no colour, a fixed width, in Chinese."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("XIANXUE_LANG", "zh")
    # What a test before this one spoke in the same process is not spoken here.
    if language := sys.modules.get("xianxue.desk.cli.language"):
        language.speak_in("zh")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What commands remember stays in a folder of the tests."""
    base = tmp_path_factory.getbasetemp()
    # One for all processes, so that the cards are read once.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(mode=0o700, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield


@pytest.fixture(scope="session")
def example_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county's workspace, made once for all processes: to look at, or to copy."""
    from kit.workspaces import made_once  # noqa: PLC0415 - of those who ask for it only

    base = tmp_path_factory.getbasetemp()
    return made_once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "web")


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def shared_dir() -> Path:
    """The folder of facts and cases beside the project, where there is one."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder `shared` beside the project: its cases are not here to test against")
    return folder


@pytest.fixture
def soffice() -> str:
    """LibreOffice's program; where it is missing the test is skipped, but fails in CI."""
    return _program("soffice", "libreoffice-writer-nogui and libreoffice-calc-nogui")


@pytest.fixture
def pdftotext() -> str:
    """Poppler's program that reads a PDF's text; skipped or failed as for `soffice`."""
    return _program("pdftotext", "poppler-utils")


def _program(name: str, packages: str) -> str:
    found = shutil.which(name)
    if found is None:
        message = f"no {name} on the path; Debian has it in {packages}"
        (pytest.fail if IN_CI else pytest.skip)(message)
    return found
