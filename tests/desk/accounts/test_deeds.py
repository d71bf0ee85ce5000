"""What may be done to accounts, by whom, and what the journal says of it (虚构)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pyotp
import pytest
from django.db.models import ProtectedError

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.people import one_person, people
from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.sessions import session_of
from xianxue.desk.accounts.tokens import token_of
from xianxue.desk.actions.accounts.appoint import ActFor, Appoint, EndAppointment
from xianxue.desk.actions.accounts.belongings import belongings_of
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.actions.accounts.disable import Disable, Enable
from xianxue.desk.actions.accounts.hand_over import HandOver
from xianxue.desk.actions.accounts.keys import IssueToken, RevokeSession, RevokeToken
from xianxue.desk.actions.accounts.passwords import ChangePassword, ResetPassword
from xianxue.desk.actions.accounts.posting import Wish
from xianxue.desk.actions.accounts.rescue import Rescue
from xianxue.desk.actions.accounts.second_factor import ConfirmCode, DropCode, EnrolCode
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import (
    Account,
    Appointment,
    Draft,
    JournalLine,
    Notice,
    SectionDraft,
    Token,
)
from xianxue.desk.workspace import ComplaintsError

DAY = date(2026, 3, 2)
NEW = "梨花院落-溶溶月色-今宵"


@pytest.fixture
def peopled(bureau):
    """A bureau with its first five people."""
    bureau.open_up()
    return bureau


def refused(deed, *given, **named):
    """The codes of the complaints; nothing has changed."""
    before = [list(model.objects.values()) for model in (Account, Appointment, Token, JournalLine)]
    with pytest.raises(ComplaintsError) as error:
        deed(*given, **named)
    after = [list(model.objects.values()) for model in (Account, Appointment, Token, JournalLine)]
    assert before == after
    return [issue.code for issue in error.value.issues]


# ── making ─────────────────────────────────────────────────────────────────


def test_a_made_password_opens_once_and_has_to_be_changed(bureau):
    passwords = bureau.create(bureau.line("admin", "administrator"))
    present = bureau.sign_in("admin", passwords["admin"]).present
    assert (present.must_change, present.must_enrol) == (True, True)


def test_the_first_accounts_hold_somebody_who_can_make_more(bureau):
    assert refused(bureau.do(CreateAccounts), [bureau.line("li", "school_clerk", bureau.EAST)]) == [
        "A-FIRST"
    ]
    temporary = bureau.line("admin", "administrator", until_day=DAY + timedelta(days=30))
    assert refused(bureau.do(CreateAccounts), [temporary]) == ["A-FIRST"]


@pytest.mark.parametrize("role", ["school_clerk", "office_clerk", "leader", "auditor"])
def test_only_an_administrator_manages_accounts(peopled, role):
    deed = peopled.do(CreateAccounts, Actor("某人（虚构）", role, peopled.EAST))
    assert refused(deed, [peopled.line("sun", "auditor")]) == ["F-ROLE"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"login": "L"}, "login"),
        ({"login": "李明"}, "login"),
        ({"name": " "}, "name"),
        ({"name": "管理员 甲（虚构）"}, "name"),  # as the journal tells people apart, the same
        ({"login": "li"}, "login"),
        ({"role": "king"}, "role"),
        ({"place": "2163999999"}, "place"),
        ({"place": ""}, "place"),
        ({"role": "leader"}, "place"),  # for the whole county, not for one school
        ({"until_day": date(2026, 1, 1)}, "until"),
    ],
)
def test_whatever_is_wrong_with_one_line_is_named(peopled, change, part):
    said = {"login": "sun", "role": "school_clerk", "place": peopled.EAST, "name": "孙七（虚构）"}
    with pytest.raises(ComplaintsError) as error:
        peopled.do(CreateAccounts)([peopled.line(**said | change)])
    assert [issue.field for issue in error.value.issues] == [part]


def test_a_list_is_taken_whole_or_not_at_all(peopled):
    good = peopled.line("sun", "auditor")
    bad = peopled.line("qian", "king")
    assert refused(peopled.do(CreateAccounts), [good, bad]) == ["A-ACCOUNT"]


def test_several_lines_of_one_login_are_several_parts(peopled):
    peopled.create(
        peopled.line("sun", "school_clerk", peopled.WEST),
        peopled.line("sun", "school_head", peopled.WEST),
    )
    assert [post.role for post in one_person("sun", DAY).posts] == ["school_clerk", "school_head"]
    again = peopled.line("sun", "school_clerk", peopled.WEST)
    assert refused(peopled.do(CreateAccounts), [again]) == ["A-ACCOUNT"]


def test_two_people_of_one_name_in_one_list_are_told(peopled):
    lines = [
        peopled.line("sun1", "auditor", name="孙七（虚构）"),
        peopled.line("sun2", "auditor", name="孙七 （虚构）"),
        peopled.line("sun1", "leader", name="钱八（虚构）"),
    ]
    assert refused(peopled.do(CreateAccounts), lines) == ["A-ACCOUNT"] * 2


# ── parts ──────────────────────────────────────────────────────────────────


def test_nobody_gives_themselves_a_part(peopled):
    wish = Wish("leader", "", DAY)
    assert refused(peopled.do(Appoint), "admin", wish) == ["A-SELF"]
    assert refused(peopled.do(HandOver), "zhou", "admin", DAY) == ["A-SELF"]
    assert refused(peopled.do(ActFor), "zhou", "admin", DAY, DAY) == ["A-SELF"]


def test_an_appointment_that_ends_is_over_the_day_after(peopled):
    (post,) = one_person("li").posts
    peopled.do(EndAppointment)(post.id, DAY)
    assert [one.login for one in people(DAY, place=peopled.EAST) if one.posts] == ["li", "wang"]
    assert one_person("li", DAY).posts
    assert not one_person("li", DAY + timedelta(days=1)).posts


def test_a_session_ends_with_the_part_it_is_in(peopled):
    password = peopled.do(ResetPassword)("li")
    key = peopled.sign_in("li", password).key
    peopled.do(EndAppointment)(one_person("li").posts[0].id, DAY - timedelta(days=1))
    assert session_of(peopled.gate, key, peopled.tick()).post is None


def test_the_last_who_may_manage_accounts_stays(peopled):
    (post,) = one_person("admin").posts
    assert refused(peopled.do(EndAppointment), post.id, DAY) == ["A-LAST"]
    peopled.create(peopled.line("admin2", "administrator"))
    peopled.do(EndAppointment)(post.id, DAY)


def test_who_acts_for_another_has_their_parts_for_some_days(peopled):
    first, last = DAY + timedelta(days=1), DAY + timedelta(days=5)
    peopled.do(ActFor)("zhou", "zhao", first, last)
    acting = [post for post in one_person("zhao").posts if post.acting_for]
    assert [(post.role, post.acting_for, post.in_force(first)) for post in acting] == [
        ("leader", "zhou（虚构）", True)
    ]
    assert not acting[0].in_force(DAY)
    assert not acting[0].in_force(last + timedelta(days=1))
    # What is held in another's stead is not passed on once more.
    peopled.create(peopled.line("sun", "auditor"))
    peopled.do(ActFor)("zhao", "sun", first, last)
    assert {post.role for post in one_person("sun").posts} == {"auditor", "office_clerk"}


def test_a_handover_passes_every_part_and_leaves_the_old_name(peopled):
    peopled.do(Appoint)("li", Wish("school_head", peopled.WEST, DAY, DAY + timedelta(days=90)))
    day = DAY + timedelta(days=10)
    passed = peopled.do(HandOver)("li", "wang", day)
    assert len(passed.ended) == len(passed.given) == 2
    assert [one.role for one in one_person("li", day - timedelta(days=1)).posts] == [
        "school_clerk",
        "school_head",
    ]
    assert one_person("li", day).posts == ()
    got = [(post.role, post.place, post.until_day) for post in one_person("wang", day).posts]
    assert got == [
        ("school_head", peopled.EAST, None),
        ("school_clerk", peopled.EAST, None),
        ("school_head", peopled.WEST, DAY + timedelta(days=90)),
    ]
    assert one_person("li").name == "li（虚构）"
    assert verify().issues == []


def test_a_part_that_has_not_begun_is_handed_over_too(peopled):
    begins = DAY + timedelta(days=30)
    peopled.do(Appoint)("li", Wish("school_head", peopled.WEST, begins))
    peopled.do(HandOver)("li", "wang", DAY)
    assert one_person("li", begins).posts == ()
    assert ("school_head", peopled.WEST) in {
        (post.role, post.place) for post in one_person("wang", begins).posts
    }


def drafted(who, place):
    return Draft.objects.create(
        who=who, form="f", period="2025-2026", place=place, changed_at="2026-03-01T00:00Z"
    )


def test_what_was_begun_passes_on_and_nothing_is_overwritten(peopled):
    for who, place in (("li（虚构）", "1"), ("li（虚构）", "2"), ("wang（虚构）", "2")):
        drafted(who, place)
    told = {"subject": "x", "kind": "y", "words": {}, "at": "2026-03-01T00:00Z"}
    Notice.objects.create(to_name="li（虚构）", **told)
    Notice.objects.create(to_name="li（虚构）", settled_at="2026-03-01T00:00Z", **told)
    passed = peopled.do(HandOver)("li", "wang", DAY)
    assert (passed.begun.drafts, passed.begun.notices, passed.begun.left) == (1, 1, 1)
    whose = Draft.objects.order_by("id").values_list("who", "place")
    assert list(whose) == [("wang（虚构）", "1"), ("li（虚构）", "2"), ("wang（虚构）", "2")]
    # What was left behind still has to go somewhere before the account is closed.
    assert refused(peopled.do(Disable), "li") == ["A-DUTIES"]
    peopled.do(HandOver)("li", "zhou", DAY)
    peopled.do(Disable)("li")


def test_what_was_written_of_a_report_passes_on_too(peopled):
    for who, section in (("li（虚构）", "一"), ("li（虚构）", "二"), ("wang（虚构）", "二")):
        SectionDraft.objects.create(
            outline="o",
            period="2025-2026",
            section=section,
            who=who,
            text=f"{who}写的",
            at="2026-03-01T00:00Z",
        )
    assert belongings_of("li（虚构）") == 2
    passed = peopled.do(HandOver)("li", "wang", DAY)
    assert (passed.begun.drafts, passed.begun.left) == (1, 1)
    assert set(SectionDraft.objects.values_list("who", "section", "text")) == {
        ("wang（虚构）", "一", "li（虚构）写的"),
        ("li（虚构）", "二", "li（虚构）写的"),
        ("wang（虚构）", "二", "wang（虚构）写的"),
    }


def test_who_acts_for_somebody_who_leaves_acts_no_longer(peopled):
    last = DAY + timedelta(days=10)
    peopled.create(peopled.line("sun", "auditor"))
    peopled.do(ActFor)("zhao", "zhou", DAY, last)
    leaves = DAY + timedelta(days=3)
    peopled.do(HandOver)("zhao", "sun", leaves)
    acts = [
        ("office_clerk" in {post.role for post in one_person("zhou", day).posts})
        for day in (leaves - timedelta(days=1), leaves, last)
    ]
    assert acts == [True, False, False]
    assert "office_clerk" in {post.role for post in one_person("sun", leaves).posts}
    assert verify().issues == [], "the line of the handover tells of both"


def test_the_lines_of_somebody_who_has_gone_stay_theirs(peopled):
    peopled.do(ResetPassword, peopled.ADMIN)("li")
    made = [(line.number, line.digest, line.actor, line.subject) for line in all_lines()]
    peopled.do(HandOver)("li", "wang", DAY)
    peopled.do(Disable)("li")
    after = [(line.number, line.digest, line.actor, line.subject) for line in all_lines()]
    assert after[: len(made)] == made
    assert one_person("li").name == "li（虚构）", "the name is still told beside the lines"
    with pytest.raises(ProtectedError):
        Account.objects.get(login="li").delete()


def all_lines():
    return JournalLine.objects.order_by("number")


def test_drafts_stay_with_their_owner_until_the_day_of_the_handover(peopled):
    drafted("li（虚构）", "1")
    peopled.do(HandOver)("li", "wang", DAY + timedelta(days=10))
    assert Draft.objects.get().who == "li（虚构）"
    peopled.pass_time(days=10)
    assert peopled.do(HandOver)("li", "wang", DAY + timedelta(days=10)).begun.drafts == 1


# ── in and out of use ──────────────────────────────────────────────────────


def test_who_has_duties_is_not_disabled_before_they_are_handed_over(peopled):
    assert refused(peopled.do(Disable), "li") == ["A-DUTIES"]
    peopled.do(HandOver)("li", "wang", DAY)
    peopled.do(Disable)("li")
    assert one_person("li").disabled_at is not None
    assert refused(peopled.do(Appoint), "li", Wish("school_clerk", peopled.EAST, DAY)) == [
        "A-DISABLED"
    ]
    peopled.do(Enable)("li")
    assert one_person("li").disabled_at is None
    assert verify().issues == []


def test_a_reset_throws_out_whoever_has_the_old_password(peopled):
    password = peopled.do(ResetPassword)("li")
    key = peopled.sign_in("li", password).key
    me = peopled.as_person("li")
    new = NEW
    peopled.do(ChangePassword, me)("li", password, new, session_of_key(peopled, key))
    token = peopled.do(IssueToken, me)("li", "脚本")
    assert not isinstance(token_of(peopled.gate, token, peopled.at), list)
    peopled.do(ResetPassword)("li")
    assert session_of(peopled.gate, key, peopled.at).code == "A-SESSION"
    assert token_of(peopled.gate, token, peopled.at).code == "A-TOKEN"
    assert peopled.sign_in("li", new).code == "A-LOGIN"


def session_of_key(bureau, key):
    return session_of(bureau.gate, key, bureau.at).session


def test_one_changes_ones_own_password_and_stays_signed_in_only_here(peopled):
    password = peopled.do(ResetPassword)("li")
    here, there = (peopled.sign_in("li", password).key for _ in range(2))
    me, new = peopled.as_person("li"), NEW
    peopled.do(ChangePassword, me)("li", password, new, session_of_key(peopled, here))
    assert not session_of(peopled.gate, here, peopled.at).must_change
    assert session_of(peopled.gate, there, peopled.at).code == "A-SESSION"
    assert isinstance(peopled.sign_in("li", new), SignedIn)


@pytest.mark.parametrize(
    "bad",
    ["kurz123", "12345678901", "password123", "li（虚构）2026", "1234567890", "a" * 201],
)
def test_a_password_that_will_not_do_is_refused(peopled, bad):
    password = peopled.do(ResetPassword)("li")
    me = peopled.as_person("li")
    assert refused(peopled.do(ChangePassword, me), "li", password, bad) == ["A-PASSWORD"]
    assert refused(peopled.do(ChangePassword, me), "li", password, password) == ["A-PASSWORD"]


def test_nobody_changes_anothers_password_or_tries_out_the_old_one(peopled):
    password = peopled.do(ResetPassword)("li")
    good = NEW
    assert refused(peopled.do(ChangePassword), "li", password, good) == ["A-OWN"]
    me = peopled.as_person("li")
    codes = [refused(peopled.do(ChangePassword, me), "li", "falsch", good) for _ in range(6)]
    assert codes[0] == ["A-LOGIN"]
    assert codes[-1] == ["A-LOCKED"]


def test_codes_are_set_up_by_their_owner_and_proved_first(peopled):
    me = peopled.as_person("zhao")
    assert refused(peopled.do(EnrolCode), "zhao") == ["A-OWN"]
    secret = peopled.do(EnrolCode, me)("zhao")
    assert refused(peopled.do(ConfirmCode, me), "zhao", "000000") == ["A-CODE"]
    confirm = peopled.do(ConfirmCode, me)
    confirm("zhao", pyotp.TOTP(secret).at(peopled.at))
    assert one_person("zhao").has_code
    assert refused(peopled.do(EnrolCode, me), "zhao") == ["A-CODE"]
    # A lost phone: the administrator takes it off, and it is asked for again.
    peopled.do(DropCode)("zhao")
    assert not one_person("zhao").has_code
    assert refused(peopled.do(DropCode, peopled.as_person("li")), "zhao") == ["F-ROLE"]


def test_an_administrator_is_rescued_at_the_machine_and_nobody_else(peopled):
    operator = Actor("本机操作员", "", where="here")
    assert refused(peopled.do(Rescue, operator, "手机丢了"), "zhao") == ["A-RESCUE"]
    assert refused(peopled.do(Rescue, operator), "admin") == ["A-RESCUE"]
    me = peopled.as_person("admin")
    secret = peopled.do(EnrolCode, me)("admin")
    confirm = peopled.do(ConfirmCode, me)
    confirm("admin", pyotp.TOTP(secret).at(peopled.at))
    password = peopled.do(Rescue, operator, "手机丢了")("admin")
    assert peopled.sign_in("admin", password).present.must_enrol
    line = JournalLine.objects.order_by("number").last()
    assert (line.deed, line.actor, line.why) == ("accounts.rescue", "本机操作员", "手机丢了")


# ── keys ───────────────────────────────────────────────────────────────────


def test_sessions_are_ended_by_their_owner_or_the_administrator_alone(peopled):
    password = peopled.do(ResetPassword)("li")
    key = peopled.sign_in("li", password).key
    session = session_of_key(peopled, key)
    assert refused(peopled.do(RevokeSession, peopled.as_person("wang")), session) == ["F-ROLE"]
    peopled.do(RevokeSession, peopled.as_person("li"))(session)
    assert session_of(peopled.gate, key, peopled.at).code == "A-SESSION"


def able(bureau, login):
    """Let somebody have a token: past the first change of their password."""
    Account.objects.filter(login=login).update(must_change=False)
    return bureau.as_person(login)


def test_a_token_acts_as_its_owner_within_its_deeds_until_it_is_over(peopled):
    me = able(peopled, "li")
    token = peopled.do(IssueToken, me)("li", "报数脚本", ["returns.submit"], 10)
    actor = token_of(peopled.gate, token, peopled.at).actor("here")
    assert (actor.name, actor.role, actor.place) == (me.name, "school_clerk", peopled.EAST)
    assert actor.only == {"returns.submit"}
    assert token_of(peopled.gate, token + "x", peopled.at).code == "A-TOKEN"
    peopled.pass_time(days=10)
    assert token_of(peopled.gate, token, peopled.at).code == "A-TOKEN"


def test_tokens_are_ones_own_to_take_and_anybodys_boss_to_revoke(peopled):
    me = able(peopled, "li")
    assert refused(peopled.do(IssueToken), "li", "冒名") == ["A-OWN"]
    assert refused(peopled.do(IssueToken, me), "li", "脚本", ["returns.eat"]) == ["A-TOKEN"]
    assert refused(peopled.do(IssueToken, me), "li", "脚本", (), 181) == ["A-TOKEN"]
    token = peopled.do(IssueToken, me)("li", "脚本")
    peopled.do(RevokeToken)(Token.objects.get().pk)
    assert token_of(peopled.gate, token, peopled.at).code == "A-TOKEN"


def test_a_token_is_no_way_round_what_signing_in_asks_for(peopled):
    me = peopled.as_person("zhao")
    token = peopled.do(IssueToken, me)("zhao", "脚本")
    assert token_of(peopled.gate, token, peopled.at).code == "A-TOKEN"  # temporary password
    able(peopled, "zhao")
    assert token_of(peopled.gate, token, peopled.at).code == "A-TOKEN"  # no second factor
    secret = peopled.do(EnrolCode, me)("zhao")
    confirm = peopled.do(ConfirmCode, me)
    confirm("zhao", pyotp.TOTP(secret).at(peopled.at))
    assert token_of(peopled.gate, token, peopled.at).actor("here").role == "office_clerk"


def test_who_has_several_parts_says_in_which_they_act(peopled):
    peopled.do(Appoint)("li", Wish("school_head", peopled.EAST, DAY))
    held = token_of(
        peopled.gate, peopled.do(IssueToken, able(peopled, "li"))("li", "x"), peopled.at
    )
    assert held.actor("here").code == "A-POSTS"
    assert held.actor("here", "school_head").role == "school_head"
    assert held.actor("here", "leader").code == "A-POSTS"


# ── what is left behind ────────────────────────────────────────────────────


def test_no_line_and_no_row_holds_a_password_a_secret_or_a_token(peopled):
    password = peopled.do(ResetPassword)("li")
    key = peopled.sign_in("li", password).key
    me, new = peopled.as_person("li"), NEW
    peopled.do(ChangePassword, me)("li", password, new)
    token = peopled.do(IssueToken, me)("li", "脚本")
    secret = peopled.do(EnrolCode, me)("li")
    lines = json.dumps(list(JournalLine.objects.values("detail", "why", "subject", "deed")))
    rows = repr([list(model.objects.values()) for model in (Account, Token)])
    for hidden in (password, new, key, token):
        assert hidden not in lines + rows
    assert secret not in lines


def test_every_line_is_told_in_words(peopled):
    peopled.do(ActFor)("zhou", "zhao", DAY, DAY + timedelta(days=5))
    peopled.do(HandOver)("li", "wang", DAY)
    peopled.do(Disable)("li")
    told = [sentence(line, peopled.ground) for line in JournalLine.objects.order_by("number")]
    assert told[1].split("  ", 2)[2] == (
        "管理员甲（虚构）（系统管理员，10.0.0.9）  建账号  账号“li”："
        "li（虚构）；学校填报员（东村小学），2026-03-02至任期未定"
    )
    assert told[-3].endswith("代理  账号“zhao”：分管领导，2026-03-02至2026-03-07，代理 zhou")
    assert "移交给wang（虚构），自2026-03-02起；学校填报员（东村小学）" in told[-2]
    assert told[-1].endswith("停用账号  账号“li”")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Appointment.objects.filter(account__login="li").update(until_day=date(2027, 1, 1)),
        lambda: Account.objects.filter(login="li").update(disabled_at=DAY.isoformat() + "T00:00Z"),
        lambda: Appointment.objects.create(
            account=Account.objects.get(login="li"), role="leader", from_day=DAY
        ),
    ],
    ids=["longer", "disabled", "another"],
)
def test_a_part_that_no_line_tells_of_is_found(peopled, change):
    assert verify().issues == []
    change()
    assert {issue.code for issue in verify().issues} == {"J-TABLE"}


def test_acting_asked_for_twice_is_one_part(peopled):
    """Two people press at once, or one presses in two windows."""
    first, last = DAY, DAY + timedelta(days=5)
    one = peopled.do(ActFor)("zhou", "zhao", first, last)
    again = peopled.do(ActFor)("zhou", "zhao", first, last)

    assert [row.pk for row in again] == [row.pk for row in one]
    assert verify().issues == []
