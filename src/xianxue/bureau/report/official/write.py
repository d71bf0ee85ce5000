"""An official document as an ordinary .docx: head, text, foot, each as the cards have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from xianxue.bureau.kinds.genre import Genre
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.report import footers, styles
from xianxue.bureau.report.body import Body
from xianxue.bureau.report.layout import Layout, twips
from xianxue.bureau.report.official import foot, looks
from xianxue.bureau.report.official.boxes import boxes
from xianxue.bureau.report.official.head import double_rule, first_header, head
from xianxue.bureau.report.official.paper import Paper, Setting
from xianxue.bureau.report.ooxml import Element, R, document_of, name, w
from xianxue.bureau.report.tagmap import tag_map
from xianxue.bureau.report.text import Paragraph, Picture, Text
from xianxue.bureau.report.word import Ends, Properties, drawn_in, write_file


def setting_of(shelf: Shelf, genre: Genre, profile: str) -> Setting:
    """Find how a kind of document is set."""
    return Setting(genre, shelf.paper_formats[genre.format], shelf.profiles[profile])


def render_paper(paper: Paper, setting: Setting, text: Text | None = None) -> bytes:
    """Make the file. The same paper and cards give the same bytes.

    ``text``: what the paper was made of, whose claims the file carries as a report does.
    """
    says = Properties(
        title=paper.title.replace("\n", ""),
        subject=setting.genre.genre,
        creator=paper.issuer,
        on=paper.on,
    )
    profile = setting.profile
    pictures = [block.png for block in paper.blocks if isinstance(block, Picture)]

    def main(related: Mapping[str, str]) -> Element:
        return _document(paper, setting, related)

    return write_file(
        main,
        _ends(paper, setting),
        says,
        styles.styles(profile, looks.looks(paper, setting)),
        styles.font_table(profile),
        None if text is None else tag_map(text),
        pictures,
    )


def paper_of(
    text: Text,
    setting: Setting,
    closing: str = "",
    attendance: Mapping[str, tuple[str, ...]] | None = None,
) -> Paper:
    """Make a composed text an official document; ``closing`` names the use of its last phrase."""
    phrases = {one.use: one.text for one in setting.genre.closings}
    noted = setting.genre.has("remark")
    first = (Paragraph((text.subtitle,)),) if text.subtitle and not noted else ()
    return Paper(
        title=text.title,
        issuer=text.signature,
        on=text.on,
        addressee=text.addressee,
        blocks=(*first, *text.blocks),
        attendance=attendance or {},
        closing=phrases.get(closing, ""),
        # That numbers are provisional is said in any document; here it is the note at its foot.
        remark=text.subtitle.strip("（）") if noted else "",
    )


@dataclass
class _Sheets(Body):
    """The body of an official document; its first page may have a header and footer of its own."""

    setting: Setting | None = None
    first: dict[str, str] = field(default_factory=dict[str, str])
    """``header`` and ``footer`` of the first page to the ids of their relationships."""
    begun: bool = False
    """Whether a section has been closed already: only the first begins with the first page."""

    def section(self, *, landscape: bool) -> Element:
        """Make the properties of a section; those of the first know the first page."""
        made = super().section(landscape=landscape)
        if self.setting is None or not self.setting.format.foot_rule:
            return made
        margins = made.find(name("pgMar"))
        if margins is None:
            return made
        lower = _spacer(self.setting)
        kept = {etree.QName(one).localname: value for one, value in margins.attrib.items()}
        kept["footer"] = str(int(kept["footer"]) - lower)
        if not self.begun:
            kept["header"] = str(twips(self.setting.format.mark_top))
            # Word wants references in front of everything else in a section.
            for place, relation in reversed(self.first.items()):
                reference = w(f"{place}Reference", type="first")
                reference.set(f"{{{R}}}id", relation)
                made.insert(0, reference)
            # In front of docGrid, which has to be last.
            made.insert(len(made) - 1, w("titlePg"))
        made.replace(margins, w("pgMar", **kept))
        self.begun = True
        return made


def _document(paper: Paper, setting: Setting, related: Mapping[str, str]) -> Element:
    numbers = {name: related[f"footer_{name}"] for name in ("default", "even")}
    first = {
        place: related[f"{place}_first"]
        for place in ("header", "footer")
        if f"{place}_first" in related
    }
    drawn = drawn_in(related)
    body = _Sheets(Layout(setting.profile), numbers, drawn, setting=setting, first=first)
    head(body, paper, setting)
    body.blocks(paper.blocks)
    if paper.closing:
        body.paragraph((paper.closing,))
    if setting.genre.has("boxes"):
        boxes(body, setting.genre.boxes, paper.boxes)
    if setting.genre.has("attachments"):
        foot.attachments_named(body, paper)
    foot.attended(body, paper, setting)
    foot.signed(body, paper, setting)
    foot.remarked(body, paper, setting)
    foot.receipted(body, paper, setting)
    if setting.genre.has("attachments"):
        foot.attached(body, paper)
    foot.imprinted(body, paper, setting)
    return document_of([*body.made, body.section(landscape=False)])


def _ends(paper: Paper, setting: Setting) -> list[Ends]:
    """Make headers and footers: page numbers, and what a letter's first page has of its own."""
    layout = Layout(setting.profile)
    body = Body(layout, {})
    made: list[Ends] = []
    for kind, element in footers.footers(layout).items():
        if setting.format.foot_rule:
            space = w("spacing", line=_spacer(setting), lineRule="exact")
            element.append(w("p", w("pPr", w("pStyle", val=looks.RULE), space)))
        made.append(Ends(kind=kind, place="footer", element=element))
    if setting.format.foot_rule:
        lines = w("ftr", double_rule(body, setting, above=False))
        made.append(Ends(kind="first", place="footer", element=lines))
    if setting.format.mark_stands == "page" and setting.genre.has("mark"):
        top = first_header(body, paper, setting)
        made.append(Ends(kind="first", place="header", element=top))
    return made


def _spacer(setting: Setting) -> int:
    """How much lower than the page number the line at a letter's foot stands, in twips."""
    return Layout(setting.profile).footer - twips(setting.format.foot_rule)
