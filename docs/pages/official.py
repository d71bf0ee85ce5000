"""The page of official documents: formats, kinds, and the notices written from the returns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pages.said import Words
from pages.words import page, table
from xianxue.bureau.kinds.genre import Genre, NoticeCard, PaperFormat, Part
from xianxue.bureau.kinds.shelf import Shelf

PARTS: Final[dict[Part, str]] = {
    "mark": "发文机关标志",
    "number": "发文字号",
    "signer": "签发人",
    "title": "标题",
    "addressee": "主送机关",
    "body": "正文",
    "boxes": "栏目",
    "attendance": "名单",
    "attachments": "附件",
    "signature": "署名",
    "date": "成文日期",
    "seal": "印章",
    "remark": "附注",
    "receipt": "送达回执",
    "copies": "抄送",
    "imprint": "印发机关和日期",
}
DIRECTIONS: Final = {"down": "下行", "level": "平行", "up": "上行", "inner": "内部"}
USES: Final = {"usual": "一般", "asks": "请求时", "answers": "答复时", "draft": "征求意见时"}
ABOUT: Final = """页面、字体、行数字数由工作目录的 `profile` 定；版头、版记由格式定，
各部分由文种定。天数自成文日期的次日起算。
怎样写成，见[催报、审核意见、通报](../how-to/write-notices.zh-CN.md)。"""


def official_page(shelf: Shelf) -> str:
    """Every kind of document, every format, every notice."""
    words = OfficialWords(shelf)
    return page("公文", ABOUT, *words.sections())


class OfficialWords(Words):
    """Official documents in Chinese."""

    def sections(self) -> Iterator[str]:
        """Write the page, part by part."""
        yield "## 文种"
        yield from map(self.genre, self.shelf.genres.values())
        yield "## 格式"
        yield from map(self.format, self.shelf.paper_formats.values())
        yield "## 由报送情况写成的公文"
        yield from map(self.notice, self.shelf.notices.values())

    def genre(self, card: Genre) -> str:
        """Write a kind of document."""
        form = self.shelf.paper_formats[card.format]
        said = [
            f"### {card.term}",
            f"`{card.genre}`，{DIRECTIONS[card.direction]}，{form.term}。",
            f"发文机关：{card.issuer.format(county='某县')}。",
            f"各部分：{'、'.join(PARTS[part] for part in card.parts)}。",
        ]
        if card.opening:
            said.append(f"引出下文：“{card.opening}”")
        said += [f"结语（{USES.get(one.use, one.use)}）：“{one.text}”" for one in card.closings]
        if card.attendance:
            said.append(f"名单：{'、'.join(card.attendance)}。")
        if card.boxes:
            said.append(f"栏目：{'、'.join(box.term for box in card.boxes)}。")
        said.append(f"依据：{self.cited(card.source)}。")
        return "\n\n".join((said[0], "\n".join(said[1:])))

    def format(self, card: PaperFormat) -> str:
        """Write a format: what of it is measured."""
        measures = [
            ("标志上边缘（毫米）", card.mark_top if card.mark else ""),
            ("标志最大字号（磅）", card.mark_size if card.mark else ""),
            ("红线长（毫米）", card.rule_length or ""),
            ("红线与上一行的距离（毫米）", card.rule_gap or ""),
            ("首页下红线距纸边（毫米）", card.foot_rule or ""),
            ("标题上空行", card.title_gap or ""),
            ("盖章时署名上空行", card.seal_gap or ""),
            ("版记首末线宽（毫米）", card.foot_heavy or ""),
            ("版记中间线宽（毫米）", card.foot_light or ""),
        ]
        rows = [(name, str(value)) for name, value in measures if value != ""]
        said = f"### {card.term}\n\n`{card.format}`。依据：{self.cited(card.source)}。"
        return said + "\n\n" + table(("项目", "数值"), rows) if rows else said

    def notice(self, card: NoticeCard) -> str:
        """Write a notice: its kind, and the days on its card."""
        said = [f"`{card.notice}`，文种：{self.shelf.genres[card.genre].term}。"]
        if card.reply is not None:
            said.append(
                f"异议：{card.reply.days} 日内，{card.reply.how}提出；"
                f"{self.cited(card.reply.source)}。"
            )
        if card.repair_days:
            said.append(f"改正：{card.repair_days} 日内。")
        said.append(f"依据：{self.cited(card.source)}。")
        return f"### {card.term}\n\n" + "\n".join(said)
