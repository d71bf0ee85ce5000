"""The command line speaks the reader's language; Chinese where nobody says."""

import json
import re

import click
import pytest

from xianxue.desk.cli import cli, main
from xianxue.desk.cli.language import language_of

VALUES = (
    *("全省", "全市"),
    *("本机操作员", "本机监票人", "本机发票人", "本机股室业务员", "本机分管领导"),
    *("本机学校填报员", "本机校长", "本机系统管理员"),
    *("学校代码", "类别", "张数"),
    "不低于",
    "不高于",
    "万元",
    "学生!C4",
    "虚教发〔2026〕5号",
    # The heads of a list of accounts, as they are typed.
    "登录名, 姓名, 角色, 单位代码, 起, 止",
)
"""What is typed or recorded in Chinese in every language."""


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a line; gives its exit code and what it wrote to both streams."""
    monkeypatch.delenv("XIANXUE_LANG", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def running(*words):
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return running


@pytest.mark.parametrize(
    ("args", "environ", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "fr_FR.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "XIANXUE_LANG": "en"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "XIANXUE_LANG": "zh"}, "zh"),
        (["--lang", "en"], {"XIANXUE_LANG": "zh"}, "en"),
        (["returns", "status", "--lang=zh"], {"XIANXUE_LANG": "en"}, "zh"),
        (["--lang"], {}, "zh"),
        (["--lang", "xx"], {"XIANXUE_LANG": "en"}, "zh"),
        (["returns", "check", "--", "--lang", "en"], {}, "zh"),
        (["--lang", "zh", "returns", "--lang", "en"], {}, "en"),
    ],
)
def test_the_language_is_found(args, environ, language):
    """The line, then XIANXUE_LANG, then the machine, in POSIX's order; else Chinese."""
    assert language_of(args, environ) == language


@pytest.mark.parametrize(
    "words", [("--lang", "en", "returns", "--help"), ("returns", "--help", "--lang", "en")]
)
def test_lang_may_stand_anywhere(run, words):
    code, out, _ = run(*words)

    assert code == 0
    assert out.startswith("Usage: xianxue returns [OPTIONS] COMMAND [ARGS]...\n")
    assert "  Returns, from the template to the release.\n" in out
    assert "Following up:\n  status" in out


def test_help_is_chinese_by_itself(run):
    code, out, _ = run("returns", "status", "--help")

    assert code == 0
    assert out == (
        "用法: xianxue returns status [选项]\n\n"
        "  各校报送情况\n\n"
        "选项:\n"
        "  --workspace 目录  工作目录（默认：向上最近的含 xianxue.toml 的目录）\n"
        "  --period 文字     时期，如 2025-2026（默认：工作目录的设置）\n"
        "  --json            输出 JSON\n"
        "  --lang [zh|en]    用哪种语言（默认：XIANXUE_LANG，否则看本机；都没有说明时用中文）\n"
        "  -h, --help        显示本页帮助。\n"
    )


def test_help_is_one_language_at_a_time(run):
    """Every command's help in English has no Chinese in it but defaults, which are values."""

    def lines(command, words):
        yield words
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from lines(command.get_command(context, name), [*words, name])

    for words in lines(cli, []):
        code, out, _ = run(*words, "--help", "--lang", "en")
        assert code == 0
        for value in VALUES:
            out = out.replace(value, "")
        left = "".join(sign for sign in out if "一" <= sign <= "鿿")
        assert (words, left) == (words, "")


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (
            ["returns", "chek"],
            "错误：没有命令“chek”。 是不是 'check'？\n",
            "Error: No such command 'chek'. Did you mean 'check'?\n",
        ),
        (
            ["returns", "status", "--jsn"],
            "错误：没有选项“--jsn”。 是不是 '--json'？\n",
            "Error: No such option '--jsn'. Did you mean '--json'?\n",
        ),
        (
            ["returns", "check"],
            "错误：缺少参数 '文件...'.\n",
            "Error: Missing argument 'FILES...'.\n",
        ),
        (
            ["returns", "check", "没有的.xlsx"],
            "错误：'文件...' 的值不对：“没有的.xlsx”不存在。\n",
            "Error: Invalid value for 'FILES...': File '没有的.xlsx' does not exist.\n",
        ),
        (
            ["returns", "status", "--period"],
            "错误：选项“--period”后面要写一个值。\n",
            "Error: Option '--period' requires an argument.\n",
        ),
        (
            # Nobody in an office writes %Y-%m-%d.
            ["targets", "list", "--on", "2025/1/1"],
            "错误：'--on' 的值不对：“2025/1/1”不是日期，写作 2025-09-30。\n",
            "Error: Invalid value for '--on': '2025/1/1' is no date; write 2025-09-30.\n",
        ),
        (
            ["release", "diff", "1"],
            "错误：缺少参数 '后一号'.\n",
            "Error: Missing argument 'AFTER'.\n",
        ),
        (
            ["--lang", "fr", "returns"],
            "错误：'--lang' 的值不对：“fr”不在可选的值里：'zh', 'en'。\n",
            None,
        ),
    ],
)
def test_a_wrong_line_is_told_in_the_readers_language(run, words, chinese, english):
    code, _, err = run(*words)

    assert code == 2
    assert err.endswith(chinese)
    if english is not None:
        code, _, err = (
            run(*words, "--lang=en") if words[-1] != "--period" else run("--lang=en", *words)
        )
        assert code == 2
        assert err.endswith(english)


def test_what_a_command_takes_is_named_in_the_readers_language(run):
    """An English name in a Chinese line is looked up nowhere; click's own for a day least of all."""
    for words in (
        ["places", "list"],
        ["places", "record"],
        ["release", "diff"],
        ["report", "write"],
        ["returns", "scans"],
        ["targets", "set"],
        ["catalogue", "diff"],
    ):
        _, chinese, _ = run(*words, "--help")
        usage = chinese.splitlines()[0].replace(" ".join(words), "")
        assert not re.findall("[A-Z]{3,}", usage), usage
        assert "%Y" not in chinese
        assert "%Y" not in run(*words, "--help", "--lang", "en")[1]


def test_json_keys_and_codes_stay(run, tmp_path):
    """Only what people read follows the language."""
    file = tmp_path / "甲.xlsx"
    file.write_bytes(b"")
    _, chinese, _ = run("returns", "check", str(file), "--json")
    _, english, _ = run("returns", "check", str(file), "--json", "--lang", "en")
    (own,), (other,) = json.loads(chinese), json.loads(english)

    assert list(own) == list(other)
    same = ("code", "severity", "file", "sheet", "cell", "place", "form", "field")
    assert [own[key] for key in same] == [other[key] for key in same]


def test_a_complaint_is_told_in_whole_english_sentences(run, tmp_path):
    """Where, what, what is required, what to do: one space between sentences."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"")
    code, out, _ = run("returns", "check", str(file), "--lang", "en")

    assert code == 1
    assert out == (
        "[must fix] a.xlsx: the file is empty (0 bytes); required: an .xlsx workbook. "
        "Export or copy it again and hand that in.\n"
        "must fix: 1\n"
        "Next: correct the workbook, save, and check it again.\n"
    )
