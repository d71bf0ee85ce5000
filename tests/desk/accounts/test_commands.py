"""``xianxue accounts``, and whose name a deed at the command line bears (虚构)."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import openpyxl
import pyotp
import pytest
from click.testing import CliRunner

from xianxue.desk.accounts.acting import FILE_VARIABLE, VARIABLE
from xianxue.desk.cli import cli, main
from xianxue.desk.models import Account, JournalLine

SCHOOL = "2163980001"
NEW = "梨花院落-溶溶月色-今宵"


class Terminal:
    """Somebody at the machine of a county."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
        self.folder, self.patch, self.capsys = folder, monkeypatch, capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.folder)])
        said = self.capsys.readouterr()
        assert end.value.code == code, said.out + said.err
        return said.out + said.err

    def typing(self, words: list[str], *typed: str, code: int = 0) -> str:
        """Answer what is asked, unseen."""
        done = CliRunner().invoke(
            cli, [*words, "--workspace", str(self.folder)], input="\n".join(typed) + "\n"
        )
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            assert code == 1, done.output
            return str(done.exception)
        assert done.exit_code == code, done.output
        return done.output

    def hold(self, token: str) -> None:
        self.patch.setenv(VARIABLE, token)


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    """A county of four schools with no accounts."""
    folder = tmp_path / "county"
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    with pytest.raises(SystemExit):
        main(["init", str(folder), "--example", "four_schools"])
    capsys.readouterr()
    return Terminal(folder, monkeypatch, capsys)


ADMIN = ("accounts", "add", "admin", "--name", "管理员甲（虚构）", "--role", "administrator")


@pytest.fixture
def admin(terminal):
    """The first administrator with a token, in the way the how-to says."""
    said = json.loads(terminal(*ADMIN, "--json"))
    temporary = said["created"][0]["password"]
    terminal.typing(["accounts", "password", "admin"], temporary, NEW, NEW)
    asked = CliRunner()
    with pytest.MonkeyPatch.context() as patch:
        # The code is reckoned when it is asked for: from the secret that was just printed.
        patch.setattr(
            "xianxue.desk.cli.accounts.credentials._hidden",
            lambda question: (
                NEW
                if question == "密码"
                else pyotp.TOTP(Account.objects.get(login="admin").totp_secret).now()
            ),
        )
        words = ["accounts", "code", "admin", "--workspace", str(terminal.folder)]
        assert asked.invoke(cli, words).exit_code == 0
        # As if half a minute had passed: a code is good once.
        Account.objects.update(totp_last=0)
        words = ["accounts", "token", "issue", "--as", "admin", "--name", "命令行"]
        done = asked.invoke(cli, [*words, "--workspace", str(terminal.folder)])
        assert done.exit_code == 0, done.output
    token = done.output.strip().splitlines()[-1]
    assert token.startswith("xianxue_")
    terminal.hold(token)
    return terminal


def test_without_accounts_everything_is_as_before(terminal):
    terminal("returns", "window", "school_annual", "--due", "2027-06-30", "--lock", "2027-07-31",
             "--as", "赵六（虚构）")  # fmt: skip
    assert "共 0 个账号" in terminal("accounts", "list")


def test_the_first_account_may_make_more(terminal):
    said = terminal("accounts", "add", "li", "--name", "李四（虚构）", "--role", "school_head",
                    "--of", SCHOOL, code=1)  # fmt: skip
    assert "没有能管理账号的人" in said
    said = terminal(*ADMIN)
    assert "只显示这一次" in said


WINDOW = ("returns", "window", "school_annual", "--due", "2027-06-30", "--lock", "2027-07-31")
TARGET = ("targets", "set", "preschool_gross_enrolment", "98%", "--document", "某文（虚构）")
DEEDS = {
    "window": WINDOW,
    "release": ("returns", "release"),
    "review": ("returns", "review", "--place", SCHOOL),
    "targets": TARGET,
    "expire": ("journal", "expire"),
    "clock": ("journal", "clock", "--why", "走快了"),
    "record": ("places", "record", "renamed", "--code", SCHOOL, "--name", "新名小学（虚构）",
               "--day", "2026-09-01", "--reason", "更名（虚构）"),
    "add": ("accounts", "add", "li", "--name", "李四（虚构）", "--role", "auditor"),
    "disable": ("accounts", "disable", "admin"),
}  # fmt: skip


@pytest.mark.parametrize("deed", list(DEEDS))
def test_with_accounts_a_deed_needs_a_token_and_reading_none(terminal, deed):
    terminal(*ADMIN)
    lines = JournalLine.objects.count()
    named = DEEDS[deed] + (() if "--as" in DEEDS[deed] else ("--as", "管理员甲（虚构）"))
    assert "没有出示令牌" in terminal(*named, code=1)
    assert JournalLine.objects.count() == lines
    terminal("accounts", "list")
    terminal("journal", "verify")
    terminal("returns", "status")


def test_a_deed_bears_the_name_and_the_part_of_the_tokens_owner(admin):
    passwords = admin.folder / "new.tsv"
    admin("accounts", "add", "zhao", "--name", "赵六（虚构）", "--role", "office_clerk",
          "--as", "admin", "--passwords", str(passwords))  # fmt: skip
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    line = JournalLine.objects.order_by("number").last()
    assert (line.actor, line.detail["role"]) == ("管理员甲（虚构）", "administrator")
    # A name that is not the token's, a role that the owner has not: neither helps.
    assert "令牌是管理员甲（虚构）的" in admin(*WINDOW, "--as", "赵六（虚构）", code=1)
    said = admin(*WINDOW, "--as", "admin", "--role", "leader", code=1)
    assert "系统管理员管理员甲（虚构）不能办理" in said


def test_a_token_in_a_file_does_as_well(admin):
    file = admin.folder / "token"
    file.write_text(os.environ[VARIABLE] + "\n", encoding="utf-8")
    admin.patch.delenv(VARIABLE)
    admin.patch.setenv(FILE_VARIABLE, str(file))
    admin("accounts", "add", "sun", "--name", "孙七（虚构）", "--role", "auditor", "--as", "admin")


def workbook(path: Path, *rows) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["账号名单（虚构）"])
    book.active.append(["姓名", "登录名", "角色", "单位代码", "起", "止"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_list_is_imported_and_its_passwords_are_its_owners_alone(admin, tmp_path):
    file = workbook(
        tmp_path / "名单.xlsx",
        ["李四（虚构）", "LiSi", "校长", SCHOOL, 46266, None],
        ["李四（虚构）", "lisi", "school_clerk", int(SCHOOL), "2026-09-01", "2027年8月31日"],
        ["钱八（虚构）", "qianba", "审计人员", None, None, None],
    )
    out = tmp_path / "passwords.tsv"
    admin("accounts", "import", str(file), "--passwords", str(out), "--as", "admin")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    head, *lines = out.read_text("utf-8").splitlines()
    assert head == "登录名\t临时密码\t姓名"
    assert [line.split("\t")[::2] for line in lines] == [
        ["lisi", "李四（虚构）"],
        ["qianba", "钱八（虚构）"],
    ]
    found = json.loads(admin("accounts", "list", "--find", "李", "--on", "2026-10-01", "--json"))
    assert [(p["role"], p["place"], p["until"]) for p in found[0]["appointments"]] == [
        ("school_head", SCHOOL, None),
        ("school_clerk", SCHOOL, "2027-08-31"),
    ]


def test_everything_wrong_with_a_list_is_told_in_one_pass_with_its_cell(admin, tmp_path):
    file = workbook(
        tmp_path / "名单.xlsx",
        ["李四（虚构）", "李四", "校长", SCHOOL, "明天", None],
        [None, "wang", "国王", "1", None, None],
        ["管理员甲（虚构）", "admin2", "审计人员", None, None, None],
    )
    out = tmp_path / "passwords.tsv"
    words = ("accounts", "import", str(file), "--passwords", str(out), "--as", "admin")
    said = json.loads(admin(*words, "--json", code=1))
    assert sorted(issue["cell"] for issue in said) == ["A4", "A5", "B3", "C4", "E3"]
    assert not out.exists()
    assert Account.objects.count() == 1


def test_handing_over_and_disabling(admin):
    for login, name in (("li", "李四（虚构）"), ("wang", "王五（虚构）")):
        admin("accounts", "add", login, "--name", name, "--role", "school_clerk",
              "--of", SCHOOL, "--as", "admin")  # fmt: skip
    assert "未移交" in admin("accounts", "disable", "li", "--as", "admin", code=1)
    said = admin("accounts", "hand-over", "li", "--to", "wang", "--as", "admin")
    assert "移交 1 项任职" in said
    admin("accounts", "disable", "li", "--as", "admin")
    assert "已停用" in admin("accounts", "list")
    admin("accounts", "reset", "wang", "--as", "admin")
    admin("accounts", "enable", "li", "--as", "admin")
    assert "日志完好" in admin("journal", "verify")
    assert "移交  账号“li”" in admin("journal", "show")


def test_tokens_and_sessions_are_listed_and_ended(admin):
    (told,) = json.loads(admin("accounts", "token", "list", "--json"))
    assert (told["login"], told["deeds"], told["revoked"]) == ("admin", [], False)
    assert json.loads(admin("accounts", "sessions", "list", "--json")) == []
    admin("accounts", "token", "revoke", str(told["id"]), "--as", "admin")
    assert "令牌已作废" in admin(*WINDOW, "--as", "admin", code=1)


def test_a_wrong_password_gets_no_token(terminal):
    terminal(*ADMIN)
    words = ["accounts", "token", "issue", "--as", "admin", "--name", "x"]
    assert "登录名或密码不对" in terminal.typing(words, "falsch", code=1)
