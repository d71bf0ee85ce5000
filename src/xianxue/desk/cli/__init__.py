"""The command line: one file for each room, the same words as the rooms.

Commands are imported when they are called, so that ``xianxue returns check`` does not pay for
the engine or the database.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import TooLargeError
from xianxue.bureau.values.visible import hidden_in, visible
from xianxue.desk.cli.click_words import teach_click, word
from xianxue.desk.cli.language import echo, language_of, speak_in, tell
from xianxue.desk.cli.output import print_issues
from xianxue.desk.cli.spoken import Group, Option
from xianxue.desk.database.system_faults import in_words
from xianxue.desk.stores.given.given_files import NotAFileError
from xianxue.desk.workspace import ComplaintsError, MisusedError

_COMMANDS: Final = {
    "demo": ("demo", say("造一个示范县并走完全程")),
    "init": ("init", say("新建工作目录")),
    "places": ("places.group", say("学校：名册、变动、口径")),
    "returns": ("returns.group", say("报表：模板、校验、收取")),
    "release": ("releases.group", say("发布：冻结、比较、核对")),
    "indicators": ("indicators.group", say("指标：计算、解释")),
    "assess": ("assess", say("对照标准判定")),
    "ledgers": ("ledgers.group", say("台账：登记、办理、期限、销号")),
    "exams": ("exams.group", say("考试：赋分、比较、增值")),
    "ballots": ("ballots.group", say("测评与调查：算样本量、分配名额")),
    "appraise": ("appraise.group", say("评价与考核：打分、定等次，双向选择、资格条件")),
    "plan": ("plan.group", say("规划：学生数预测、教师均衡、学校布局")),
    "targets": ("targets", say("年度目标：下达、对照、预计")),
    "year": ("year.group", say("学年：开新学年、撤回")),
    "report": ("report", say("撰写公文")),
    "audit": ("audit.command", say("审核：核对文稿里的数字")),
    "history": ("history.group", say("历史数据：从旧报告里读出往年的数")),
    "accounts": ("accounts.group", say("账号：登录、任职、移交、令牌")),
    "journal": ("journal", say("日志：查看、验证")),
    "backup": ("backup", say("备份整个工作目录")),
    "restore": ("backup", say("从备份恢复")),
    "catalogue": ("catalogue", say("规则卡片：核对、代码表")),
    "serve": ("serve", say("打开工作台（网页）")),
}
"""Command to module and help; the help stands here so that listing imports nothing."""


teach_click()


class Rooms(Group):
    """A group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the river."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"xianxue.desk.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing anything."""
        del ctx
        with formatter.section(word("Commands")):
            formatter.write_dl([(name, tell(text)) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xianxue", prog_name="xianxue", cls=Option, help="显示版本号。")
def cli() -> None:
    """县学：从学校报的数，到局里能签发的报告"""


_YOUNG: Final = 200_000
"""Objects a command makes beyond those it let go, before Python looks for circles among them.

A command ends soon, and what it makes goes away by itself; looking 70 times as often, as Python
does, took a twentieth of its time.
"""


_NAMES: Final = frozenset({"--as", "--clerk", "--head", "--name", "--of", "--place", "--to"})
"""Options whose value is a name or a code."""


def _refuse_hidden(typed: list[str]) -> None:
    """Refuse what cannot be seen in anything that is typed: names and reasons are kept for good.

    A reason may have several lines, a name may not: it would begin a line of its own in lists.
    """
    before = ""
    for argument in typed:
        named = before in _NAMES or argument.partition("=")[0] in _NAMES
        if found := hidden_in(argument, lines=not named):
            message = say(
                "命令里有看不见的字符 {found}，在“{text}”里：请重新输入，不要从别处粘贴",
                found=found,
                text=visible(argument).replace("\n", "\\n"),
            )
            raise MisusedError(message)
        before = argument


def main(argv: list[str] | None = None) -> None:
    """Run a command; exit 0 clean, 1 issues found, 2 misused."""
    if argv is None:
        # This process is the command's own.
        gc.set_threshold(_YOUNG, 10, 10)
    try:
        code = _run(argv)
        # Here, where it is heard: Python writes out what is left only when it ends.
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of what is printed has read enough (`| head`); nothing is left to be told.
        # Python writes out what is left when it ends, and would complain of the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    if argv is None:
        _leave()
    sys.exit(code)


def _leave() -> None:
    """Close the database; whatever else is left goes with the process.

    Python would look through all of it for circles before it ends, twice: with the cards, the
    engine and the database loaded that took longer than to read a workbook.
    """
    if "django.db" in sys.modules:
        from xianxue.desk.database.opening import close_database  # noqa: PLC0415 - as Django

        close_database()
    gc.freeze()


def _run(argv: list[str] | None) -> int:
    """Run a command, and tell whatever went wrong in words; give the exit code."""
    # Before anything is parsed: what is wrong with the line is told in the reader's language too.
    typed = sys.argv[1:] if argv is None else argv
    code = 2
    speak_in(language_of(typed, os.environ))
    try:
        _refuse_hidden(typed)
        result: Any = cli.main(argv, prog_name="xianxue", standalone_mode=False)
    except click.ClickException as error:
        error.show()
    except click.Abort:
        echo(say("已中断，未完成的部分不影响已有数据；可以重新运行。"), err=True)
    except (MisusedError, NotAFileError, TooLargeError) as error:
        echo(say("错误：{what}", what=error.args[0]), err=True)
    except ComplaintsError as error:
        # The line may not have come as far as being parsed; a program still expects JSON.
        as_json = "--json" in (argv if argv is not None else sys.argv)
        print_issues(error.issues, as_json=as_json)
        code = 1
    except BrokenPipeError:
        raise
    except OSError as error:
        said = say("错误：{what}。这一步没有办成，已有的数据没有动。", what=in_words(error))
        echo(said, err=True)
    except Exception as error:
        # Django's errors are known by their home, for most commands never import it.
        if type(error).__module__ != "django.db.utils":
            raise
        from xianxue.desk.database.lost import told  # noqa: PLC0415 - as above

        echo(told(error), err=True)
    else:
        code = result if isinstance(result, int) else 0
    return code
