"""What docs/how-to/deploy.md has people write is what the server takes: its units and its proxy."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
from kit.workspaces import run

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "deploy.md"
FILE = re.compile(r"`(/etc/[\w./-]+)`[^\n]*:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROOT, PROGRAM = "/srv/xianxue/county", "/opt/xianxue/bin/xianxue"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The files of the page, by the last part of their names."""
    return {Path(name).name: body for name, body in FILE.findall(PAGE.read_text(encoding="utf-8"))}


def unit(text: str) -> ConfigParser:
    """A unit of systemd."""
    parser = ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read_string(text)
    return parser


def served(text: str) -> list[str]:
    """The words of the command that a unit starts."""
    return shlex.split(unit(text)["Service"]["ExecStart"])


def test_the_page_has_all_its_files(files):
    assert set(files) == {
        "xianxue.service",
        "xianxue",
        "Caddyfile",
        "xianxue-backup.service",
        "xianxue-backup.timer",
    }


def test_systemd_takes_the_units(files, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze")
    for name in ("xianxue.service", "xianxue-backup.service", "xianxue-backup.timer"):
        # Neither the program nor its user is on this machine.
        text = files[name].replace(PROGRAM, "/bin/true").replace("xianxue\n", "root\n")
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.glob("xianxue*"))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "xianxue" in line]
    assert ours == []


def test_the_service_behind_the_proxy_lets_people_in(files, workspace, tmp_path, started):
    words = served(files["xianxue.service"])
    assert words[:2] == [PROGRAM, "serve"]
    options = dict(zip(words[2:-3:2], words[3:-3:2], strict=True))
    assert options == {"--workspace": ROOT, "--host": "127.0.0.1", "--port": "8000"}
    proxy = files["xianxue"]
    address = f"{options['--host']}:{options['--port']}"
    assert f"server {address};" in proxy
    assert f"reverse_proxy {address}" in files["Caddyfile"]

    server = started(workspace, tmp_path, *words[-3:], begin=subprocess.Popen)
    known = {"$http_host": "work.example.net", "$remote_addr": "192.0.2.7"}
    handed_on = {
        name: known[value] for name, value in re.findall(r"proxy_set_header (\S+) (\S+);", proxy)
    }
    account = server.account("office_clerk")
    form = {"login": account["login"], "password": account["password"]}
    origin = {"Origin": "https://work.example.net"}
    visitor = server.visitor()
    assert visitor.post("/login/in", form, of="/login", **handed_on, **origin).status == 303
    seen = run(tmp_path, "accounts", "sessions", "list", "--workspace", str(workspace))
    assert "192.0.2.7" in seen


def test_the_nightly_backup_is_one_that_can_be_restored(files, workspace, tmp_path):
    command = served(files["xianxue-backup.service"])
    assert command[:2] == ["/bin/sh", "-c"]
    # %% is how systemd writes a percent sign.
    line = command[2].replace("%%", "%").removeprefix("exec ").replace(ROOT, str(workspace))
    made = subprocess.run(
        ["/bin/sh", "-c", f"echo {line.replace('/var/backups/xianxue', str(tmp_path))}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert made[0] == PROGRAM
    assert re.fullmatch(r"county-\d{8}-\d{4}\.zip", Path(made[-1]).name)
    run(tmp_path, *made[1:])
    run(tmp_path, "restore", made[-1], "--check")
