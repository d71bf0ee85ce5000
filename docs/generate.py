"""Write ``docs/reference`` from the cards and the commands; ``make reference`` calls it.

With a folder as its argument it writes there instead.
"""  # noqa: INP001 - a script

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from pages.asks import asks_page
from pages.commands import commands_page
from pages.coverage import coverage_page
from pages.forms import codes_page, forms_page
from pages.indicators import indicators_page
from pages.lifecycles import lifecycles_page
from pages.official import official_page
from pages.permissions import permissions_page
from pages.policies import policies_page
from pages.rubrics import rubrics_page
from pages.shapes import json_page
from pages.standards import sources_page, standards_page
from pages.words import page

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.catalogue.load import load

FOLDER: Final = Path(__file__).parent / "reference"


def index_page(shelf: Shelf) -> str:
    """What there is, and how much of it."""
    lines = (
        f"- [报表](forms.md)：{len(shelf.forms)} 种，填报项的名称、单位、范围和核对关系。",
        f"- [报送流程](lifecycles.md)：{len(shelf.lifecycles)} 种，状态、步骤、由谁来办。",
        f"- [权限](policies.md)：{len(shelf.policies)} 种，谁可以办什么、管到哪里、双人复核。",
        "- [权限表](permissions.md)：同一张表，中英文对照，连同登录的规定。",
        f"- [公文](official.md)：{len(shelf.genres)} 个文种，各部分、格式、固定用语、天数。",
        f"- [代码表](codes.md)：{len(shelf.codes)} 张。",
        f"- [指标](indicators.md)：{len(shelf.indicators)} 项，公式、单位、依据。",
        f"- [标准](standards.md)：{len(shelf.standards)} 项，数值从哪天起用、依据什么。",
        f"- [评价](rubrics.md)：{len(shelf.rubrics)} 张，评价项、得分办法、等次、否决、依据。",
        f"- [覆盖](coverage.md)：{len(shelf.coverages)} 个股室，年度总结里的每一条由哪一处得出。",
        f"- [依据文件](sources.md)：{len(shelf.sources)} 份，各核对到什么程度。",
        "- [命令](commands.md)：每条命令的用法。",
        "- [JSON](json.md)：每条命令用 `--json` 输出的键。",
        "- [提过的要求](asks.md)：使用者的要求各由哪些测试守着。",
    )
    seen = (
        "核对程度有四种：已核对原文；据转述，未见原文；未核实；本系统自定。",
        "报告用到未核实的数值时，会在文中写明。",
    )
    return page("参考", "\n".join(lines), "\n".join(seen))


def main(folder: Path) -> None:
    """Write the pages; refuse to describe a catalogue with faults."""
    loaded = load()
    if loaded.issues:
        sys.exit("\n".join(issue.message for issue in loaded.issues))
    pages = {
        "README.md": index_page(loaded.shelf),
        "forms.md": forms_page(loaded.shelf),
        "lifecycles.md": lifecycles_page(loaded.shelf),
        "policies.md": policies_page(loaded.shelf),
        "permissions.md": permissions_page(loaded.shelf),
        "official.md": official_page(loaded.shelf),
        "codes.md": codes_page(loaded.shelf),
        "indicators.md": indicators_page(loaded),
        "standards.md": standards_page(loaded.shelf),
        "rubrics.md": rubrics_page(loaded.shelf),
        "coverage.md": coverage_page(loaded.shelf),
        "sources.md": sources_page(loaded.shelf),
        "commands.md": commands_page(),
        "json.md": json_page(),
        "asks.md": asks_page(),
    }
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
