"""A new form from its draft to its card in force, and back: by two people, whole or not at all."""

from __future__ import annotations

from unittest import mock

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.cards.approve_form import ApproveForm
from xianxue.desk.actions.cards.ask_form import AskForm
from xianxue.desk.actions.cards.undo_form import UndoForm
from xianxue.desk.forms.designing import Box, Design, Leaf, card_of
from xianxue.desk.forms.drafts import StaleError, design_of
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import FormDraft, JournalLine, Revision
from xianxue.desk.stores.own_cards import OwnCards
from xianxue.desk.workspace import ComplaintsError

DESIGN = Design(
    ident="eyesight",
    term="近视防控表（虚构）",
    leaves=[Leaf(boxes=[Box(term="近视学生数", ident="short")])],
)
OTHER = Design.of({**DESIGN.kept(), "term": "视力表（虚构）"})


def refused(call, *words: object) -> str:
    with pytest.raises(ComplaintsError) as error:
        call(*words)
    return str(error.value)


def drafted(bureau, design: Design = DESIGN) -> FormDraft:
    return bureau.drafts().begin(design, bureau.tick())


def asked(bureau, design: Design = DESIGN) -> FormDraft:
    row = drafted(bureau, design)
    return bureau.do(AskForm, bureau.CLERK)(row.pk, row.version, card_of(design))


def test_a_draft_is_kept_and_nobody_writes_over_anothers(bureau):
    row = drafted(bureau)
    second = Actor("钱七（虚构）", "office_clerk")
    stored = bureau.drafts(second).keep(row.pk, row.version, OTHER, bureau.tick())
    assert design_of(stored) == OTHER
    assert stored.hands == sorted([bureau.CLERK.name, second.name])
    with pytest.raises(StaleError) as error:
        bureau.drafts().keep(row.pk, row.version, DESIGN, bureau.tick())
    assert error.value.row.changed_by == second.name
    # The same text again is no change, from however old a page it comes.
    assert bureau.drafts().keep(row.pk, row.version, OTHER, bureau.tick()).version == stored.version


def test_a_draft_is_its_offices_own(bureau):
    row = FormDraft.objects.get(pk=drafted(bureau).pk)
    FormDraft.objects.filter(pk=row.pk).update(office="planning")
    elsewhere = Actor("钱七（虚构）", "office_clerk", "639800101")
    assert bureau.drafts(elsewhere).seen() == []
    assert "没有这份草稿" in refused(bureau.drafts(elsewhere).discard, row.pk, bureau.tick())
    # Whoever acts for the whole county sees it, and approvers once they are asked.
    assert bureau.drafts().one(row.pk) is not None
    assert bureau.drafts(bureau.LEADER).one(row.pk) is None


def test_an_approved_form_is_in_force_with_its_line(bureau):
    row = asked(bureau)
    assert "等待审批" in refused(bureau.do(AskForm, bureau.CLERK), row.pk, row.version, row.card)

    done = bureau.do(ApproveForm, bureau.LEADER, "同意")(row.pk)

    assert (done.state, done.file) == ("in_force", "local/forms/eyesight.yaml")
    assert bureau.files()[done.file].decode() == row.card
    assert bureau.workspace.settings.overlays == ["local"]
    assert bureau.workspace.shelf.forms["eyesight"].term == DESIGN.term
    assert bureau.told()[-2:] == [("forms.ask", "eyesight"), ("forms.approve", "eyesight")]
    line = JournalLine.objects.order_by("number").last()
    said = sentence(line, bureau.ground)
    assert "启用报表  《近视防控表（虚构）》：文件 local/forms/eyesight.yaml。理由：同意" in said
    assert verify("").issues == []


def test_who_designed_it_does_not_approve_it_in_any_role(bureau):
    row = asked(bureau)
    before = bureau.files()
    same = Actor("赵 六（虚构）", "leader")
    said = refused(bureau.do(ApproveForm, same), row.pk)
    assert "设计报表的人不审批" in said
    assert refused(bureau.do(ApproveForm, bureau.CLERK), row.pk)
    assert bureau.files() == before
    assert bureau.told()[-1] == ("forms.ask", "eyesight")


def test_what_is_sent_back_can_be_worked_on_and_asked_again(bureau):
    row = asked(bureau)
    assert "没有写理由" in refused(bureau.do(ApproveForm, bureau.LEADER).send_back, row.pk)
    assert "不能再改" in refused(bureau.drafts().keep, row.pk, row.version, OTHER, bureau.tick())
    back = bureau.do(ApproveForm, bureau.LEADER, "名称再短些").send_back(row.pk)
    assert (back.state, back.remark) == ("sent_back", "名称再短些")
    again = bureau.drafts().keep(row.pk, back.version, OTHER, bureau.tick())
    # What is asked for is what was looked at.
    ask = bureau.do(AskForm, bureau.CLERK)
    assert "刚刚改过" in refused(ask, row.pk, back.version, card_of(DESIGN))
    assert ask(row.pk, again.version, card_of(OTHER)).state == "asked"
    assert bureau.do(AskForm, bureau.CLERK).recall(row.pk).state == "draft"


def test_a_card_with_faults_is_neither_asked_for_nor_approved(bureau):
    used = Design.of({**DESIGN.kept(), "ident": "students"})
    row = drafted(bureau, used)
    ask = bureau.do(AskForm, bureau.CLERK)
    assert "已经用过" in refused(ask, row.pk, row.version, card_of(used))
    first, second = asked(bureau), asked(bureau, OTHER)
    bureau.do(ApproveForm, bureau.LEADER)(first.pk)
    before = bureau.files()
    # Two offices asked for the same id: the second comes too late.
    assert "已经用过" in refused(bureau.do(ApproveForm, bureau.LEADER), second.pk)
    assert bureau.files() == before
    assert FormDraft.objects.get(pk=second.pk).state == "asked"


def test_what_breaks_off_leaves_nothing_behind(bureau):
    row = asked(bureau)
    before = bureau.files()
    put = OwnCards.put

    def full(self: OwnCards, place: str, text: str) -> None:
        put(self, place, text)
        raise OSError(28, "no space left")

    with mock.patch.object(OwnCards, "put", full), pytest.raises(OSError, match="no space"):
        bureau.do(ApproveForm, bureau.LEADER)(row.pk)
    assert bureau.files() == before
    assert FormDraft.objects.get(pk=row.pk).state == "asked"
    assert bureau.told()[-1] == ("forms.ask", "eyesight")


def test_it_is_taken_back_until_the_first_return_has_come(bureau):
    row = asked(bureau)
    bureau.do(ApproveForm, bureau.LEADER)(row.pk)
    undo = bureau.do(UndoForm, bureau.LEADER, "先不收了")
    assert "没有写理由" in refused(bureau.do(UndoForm, bureau.LEADER), row.pk)

    back = undo(row.pk)

    assert (back.state, back.file) == ("taken_back", "")
    assert "eyesight" not in bureau.workspace.shelf.forms
    assert verify("").issues == []
    # It is a draft again, and goes the same way once more.
    ask = bureau.do(AskForm, bureau.CLERK)
    again = ask(row.pk, back.version, row.card)
    assert bureau.do(ApproveForm, bureau.LEADER)(again.pk).state == "in_force"


def test_it_stays_once_a_return_has_come(bureau):
    row = asked(bureau)
    bureau.do(ApproveForm, bureau.LEADER)(row.pk)
    Revision.objects.create(
        form="eyesight", period="2025-2026", place="2198000001", number=1,
        batch="", content="", file="a.xlsx", digest="",
    )  # fmt: skip
    assert "已经有 1 份报来了" in refused(bureau.do(UndoForm, bureau.LEADER, "先不收了"), row.pk)
    assert "eyesight" in bureau.workspace.shelf.forms


def test_it_stays_while_another_card_of_the_county_rests_on_it(bureau):
    row = asked(bureau)
    bureau.do(ApproveForm, bureau.LEADER)(row.pk)
    (bureau.root / "local" / "more.yaml").write_text(
        """
change: more_eyes
term: 加一栏（虚构）
form: eyesight
sheet: eyesight
fields:
  - {field: glasses, term: 戴镜学生数, type: integer, unit: person}
source: {document: xianxue-own, seen: own}
""",
        encoding="utf-8",
    )
    assert "eyesight" in refused(bureau.do(UndoForm, bureau.LEADER, "先不收了"), row.pk)
    assert "eyesight" in bureau.workspace.shelf.forms


def test_a_row_altered_beside_the_journal_is_found(bureau):
    row = asked(bureau)
    bureau.do(ApproveForm, bureau.LEADER)(row.pk)
    FormDraft.objects.filter(pk=row.pk).update(card="form: other\n")
    assert any("启用的报表" in one.message for one in verify("").issues)
