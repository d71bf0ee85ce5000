"""The people of a demo workspace: one practice account a role, their passwords made anew each time.

They protect nothing: everybody who can read the folder can read them. What keeps them from opening
anything else stands in ``desk/accounts/people.py`` (``good_here``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_table
from xianxue.desk.stores import clock, machine
from xianxue.desk.stores.secret_files import for_owner_alone
from xianxue.desk.workspace import Workspace

FILE: Final = "accounts.tsv"
_HEAD: Final = ("login", "password", "name", "role", "place")
_CENTRAL: Final = "中心"
"""What the central school of a township has in its name; the register has no attribute for it."""


class Practising(Record):
    """One person who tries out the demo."""

    login: str
    role: str
    name: str
    place: str = ""


class Told(Record):
    """A practice account as it is told at the end: with its password."""

    person: Practising
    password: str
    where: str
    """What people call the place; empty for the whole county."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Give its line of the file."""
        one = self.person
        return one.login, self.password, one.name, one.role, one.place


def people_of(
    register: Register, on: date, districts: Mapping[str, frozenset[str]]
) -> list[Practising]:
    """Give one person a role: a school's clerk and head, the central school of its township.

    An inspector is of the 督学责任区 with that school; there is none where there are no districts.

    People who signed while the demo was made are others, so that nobody meets their own deeds.
    """
    school, central = _schools(register, on)
    own = next((code for code, schools in districts.items() if school in schools), None)
    inspectors = [Practising("inspector", "inspector", "责任督学乙（虚构）", own)] if own else []
    return [
        Practising("clerk", "school_clerk", "填报员乙（虚构）", school),
        Practising("head", "school_head", "校长乙（虚构）", school),
        Practising("central", "central_school", "中心校审核员乙（虚构）", central),
        *inspectors,
        Practising("office", "office_clerk", "业务员乙（虚构）"),
        Practising("leader", "leader", "分管领导乙（虚构）"),
        Practising("auditor", "auditor", "审计员乙（虚构）"),
        Practising("admin", "administrator", "管理员乙（虚构）"),
    ]


def own_school(register: Register, on: date) -> str:
    """Give the school whose clerk and head are among the people."""
    return _schools(register, on)[0]


def _schools(register: Register, on: date) -> tuple[str, str]:
    """Choose a school and the central school of its township; the township where it has none."""
    schools = [one for one in register if one.level == "school" and one.open_on(on)]
    central = next((one for one in schools if _CENTRAL in one.name), None)
    if central is not None:
        beside = list(_beside(register, schools, central))
        return (beside[0] if beside else central).code, central.code
    for one in schools:
        if township := register.township_of(one):
            return one.code, township
    return schools[0].code, schools[0].code


def _beside(register: Register, schools: list[Place], central: Place) -> Iterator[Place]:
    township = register.township_of(central)
    for one in schools:
        if one is not central and township and register.township_of(one) == township:
            yield one


def make_accounts(workspace: Workspace) -> list[Told]:
    """Make the practice accounts of a demo workspace anew, and write their passwords beside it."""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(workspace)
    from xianxue.desk.accounts.listed import Listed  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.accounts.people import one_person  # noqa: PLC0415 - as above
    from xianxue.desk.actions.accounts.create import CreateAccounts  # noqa: PLC0415 - as above
    from xianxue.desk.actions.accounts.passwords import ResetPassword  # noqa: PLC0415 - as above

    maker = Actor("示范（虚构）", "administrator", where=machine.here())
    at = clock.now()
    wanted = people_of(ground.register, clock.day_of(at), ground.authority.districts)
    # A database server keeps them although the folder's store has been cleared.
    known = {one.login for one in wanted if one_person(one.login) is not None}
    made = CreateAccounts(ground, maker, at)(
        [
            Listed(login=one.login, name=one.name, role=one.role, place=one.place)
            for one in wanted
            if one.login not in known
        ]
    )
    passwords = {one.login: one.password for one in made}
    passwords |= {login: ResetPassword(ground, maker, at)(login) for login in known}
    name_of = ground.authority.own_name
    told = [Told(one, passwords[one.login], name_of(one.place)) for one in wanted]
    file = workspace.root / FILE
    file.unlink(missing_ok=True)
    with for_owner_alone(file) as write:
        for cells in (_HEAD, *(one.cells for one in told)):
            write("\t".join(cells) + "\n")
    return told


def tell_accounts(workspace: Workspace, told: list[Told]) -> None:
    """Print the accounts this once, and how to open the workbench with them."""
    names = {role.role: role.term for role in next(iter(workspace.shelf.policies.values())).roles}
    rows = [
        (
            one.person.login,
            one.password,
            one.person.name,
            names[one.person.role],
            one.where or say("全县"),
        )
        for one in told
    ]
    columns = (say("登录名"), say("密码"), say("姓名"), say("角色"), say("单位"))
    print_table(say("演示账号，只在这个示范县里有用"), columns, rows)
    echo(
        say(
            "密码也写在 {file}（只有本人能读），每次重做示范县都换新的。",
            file=workspace.root / FILE,
        )
    )
    echo(say("打开工作台：xianxue serve --workspace {folder}", folder=workspace.root))
