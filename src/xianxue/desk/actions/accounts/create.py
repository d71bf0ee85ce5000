"""Making accounts (建账号), one or a whole list."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.accounts.listed import Listed, who_faults
from xianxue.desk.accounts.passwords import hashed, made
from xianxue.desk.accounts.people import has_accounts
from xianxue.desk.actions.accounts.managing import MANAGE, Managing, posts_told, restamp
from xianxue.desk.actions.accounts.posting import Wish, faults_of, holds_already
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Account, Appointment
from xianxue.desk.workspace import ComplaintsError


class Made(Record):
    """An account that was made, with the password that is told once."""

    login: str
    name: str
    password: str
    role: str
    place: str

    def __repr__(self) -> str:
        """Show the login alone."""
        return f"Made({self.login!r})"


class CreateAccounts(Managing):
    """Make accounts with their appointments: all of a list, or none of it.

    A login that is there already, with the same name, gets the appointments alone.
    """

    def __call__(self, wanted: Sequence[Listed], read: Sequence[Issue] = ()) -> list[Made]:
        """Make them; give those that are new. ComplaintsError with all that is wrong.

        ``read``: what was wrong already when the list was read; all of it is told in one pass.
        """
        made_now: dict[str, Made] = {}
        with writing():
            # Looked at where nobody else writes: two who look before would both find nothing.
            issues = self.faults(wanted, read)
            if issues:
                raise ComplaintsError(issues)
            for one in wanted:
                self._make(one, made_now)
        return list(made_now.values())

    def faults(self, wanted: Sequence[Listed], read: Sequence[Issue] = ()) -> list[Issue]:
        """Say all that is wrong with a list, before anything is written.

        ComplaintsError where whoever asks may not make accounts at all.
        """
        self.ask_leave()
        issues = [*read, *(issue for one in wanted for issue in self._faults(one))]
        issues += self._twice(wanted)
        if not issues and not self.ground.demo and not has_accounts():
            issues += self._first(wanted)
        return issues

    def _make(self, one: Listed, done: dict[str, Made]) -> None:
        account = Account.objects.filter(login=one.login).first()
        new = account is None
        if account is None:
            account = self._new(one, done)
        row = Appointment.objects.create(
            account=account,
            role=one.role,
            place=one.place,
            from_day=one.from_day or self.today,
            until_day=one.until_day,
        )
        detail: dict[str, object] = {"posts": posts_told([row])}
        if new:
            detail |= {"name": account.name, "demo": account.demo}
        self.note(account.login, "create" if new else "appoint", detail)

    def _new(self, one: Listed, done: dict[str, Made]) -> Account:
        password = made()
        account = Account(
            login=one.login,
            name=one.name,
            person=person(one.name),
            password=hashed(password, demo=self.ground.demo),
            must_change=not self.ground.demo,
            demo=self.ground.demo,
            created_at=self.at,
        )
        account.save()
        restamp(account)
        done[one.login] = Made(one.login, one.name, password, one.role, one.place)
        return account

    def _faults(self, one: Listed) -> list[Issue]:
        issues = [_issue(one, *fault) for fault in who_faults(one.login, one.name)]
        issues += [
            _issue(one, fault.part, fault.saw, fault.required, fault.do)
            for fault in faults_of(self.ground, self._wish(one), listed=bool(one.row))
        ]
        known = Account.objects.filter(login=one.login).first()
        same_name = Account.objects.filter(person=person(one.name)).first()
        if known is not None:
            if known.person != person(one.name):
                saw = say("登录名“{login}”已是{name}的", login=one.login, name=known.name)
                issues.append(_issue(one, "login", saw, say("一人一个登录名")))
            elif holds_already(known, self._wish(one)):
                saw = say("{name}已有这项任职", name=known.name)
                issues.append(_issue(one, "role", saw, say("同一角色、单位的任期不重叠")))
            if self.is_own(known):
                saw = say("{name}不能给自己任职", name=known.name)
                issues.append(_issue(one, "login", saw, say("由另一位系统管理员办理")))
        elif same_name is not None:
            saw = say(
                "已有同名的{name}（登录名 {login}）", name=same_name.name, login=same_name.login
            )
            required = say("姓名不重复：日志按姓名认人")
            do = say("同一个人用原来的登录名；同名的另一人在姓名后加注，如“李明（二中）”")
            issues.append(_issue(one, "name", saw, required, do))
        return issues

    def _twice(self, wanted: Sequence[Listed]) -> list[Issue]:
        """Complain of a login with two names, of a name with two logins, of a line said twice."""
        issues: list[Issue] = []
        names: dict[str, str] = {}
        logins: dict[str, str] = {}
        parts: dict[tuple[str, str, str], list[Wish]] = {}
        for one in wanted:
            who, wish = person(one.name), self._wish(one)
            if names.setdefault(one.login, who) != who:
                saw = say("登录名“{login}”前面写的是另一个姓名", login=one.login)
                issues.append(_issue(one, "name", saw, say("一人一个登录名")))
            elif logins.setdefault(who, one.login) != one.login:
                saw = say("{name}前面写的是另一个登录名", name=one.name)
                issues.append(_issue(one, "login", saw, say("一人一个登录名，同名的加注区别")))
            same = parts.setdefault((one.login, one.role, one.place), [])
            if any(_overlap(wish, other) for other in same):
                saw = say("{name}的这项任职写了两次", name=one.name)
                issues.append(_issue(one, "role", saw, say("同一角色、单位的任期不重叠")))
            same.append(wish)
        return issues

    def _first(self, wanted: Sequence[Listed]) -> list[Issue]:
        """The first accounts must hold somebody who can make more: from here on nobody else may."""
        roles = self.ground.policy.granted(MANAGE)
        if any(
            one.role in roles
            and one.until_day is None
            and (one.from_day is None or one.from_day <= self.today)
            for one in wanted
        ):
            return []
        saw = say("这里还没有账号，要建的里面没有能管理账号的人")
        required = say("第一批账号里有一位今天起任、任期未定的{roles}",
                       roles=self.ground.policy.terms(roles))  # fmt: skip
        return [Issue(code="A-FIRST", severity=Severity.MUST_FIX, saw=saw, required=required)]

    def _wish(self, one: Listed) -> Wish:
        return Wish(one.role, one.place, one.from_day or self.today, one.until_day)


def _overlap(one: Wish, other: Wish) -> bool:
    """Whether two wishes for one part share a day."""
    first, second = sorted((one, other), key=lambda wish: wish.from_day)
    return first.until_day is None or first.until_day >= second.from_day


def _issue(one: Listed, part: str, saw: Sentence, required: Sentence, do: str = "") -> Issue:
    return Issue(
        code="A-LIST" if one.row else "A-ACCOUNT",
        severity=Severity.MUST_FIX,
        file=one.file,
        sheet=one.sheet,
        cell=one.cell(part),
        field=part,
        saw=saw,
        required=required,
        do=do,
    )
