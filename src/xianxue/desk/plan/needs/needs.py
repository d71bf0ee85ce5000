"""What a county's foreseen pupils need, beside what returns and the roster say is there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.kinds.plan.norms import NormValue
from xianxue.bureau.plan.forecast.shape import Area, Foreseen
from xianxue.bureau.plan.needs.pupils import (
    AreaNeed,
    RoomsLacking,
    SchoolNeed,
    area_need,
    lacking,
    school_need,
)
from xianxue.bureau.plan.needs.retiring import retiring_years
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.plan.needs.teachers import TeacherYear, recruiting
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record
from xianxue.desk.plan.needs.roster import Member, members, subjects
from xianxue.desk.plan.needs.staff import Buildings, Staff, buildings_of, staff_of, whole_sum
from xianxue.desk.plan.pupils import Foresight
from xianxue.desk.plan.told import whole
from xianxue.desk.returns.holdings import Holdings

_PER_CENT = 100


class StaffNeed(Record, kw_only=True):
    """One stage's staff in the county, year by year."""

    stage: str
    there: int | None
    """In posts by accepted returns; None where one of the schools did not answer."""
    known: int
    """How many of these the roster has, with sex and day of birth."""
    retiring: dict[int, int]
    """Of those that the roster has; what it does not have is not nothing."""
    needed: tuple[int | None, ...]
    years: tuple[TeacherYear, ...]
    """Empty where something it rests on is not known."""
    at_least: bool
    """Whether the roster lacks some: then more may retire than is said."""
    subjects: dict[str, int]
    subjects_retiring: dict[str, dict[int, int]]


class Posts(Record, kw_only=True):
    """Posts by the norm, posts that were granted, and who is there: one school's stage."""

    school: str
    stage: str
    pupils: int | None
    needed: int | None
    staff: Staff
    roster: dict[str, int]
    """Subject to how many the roster has."""

    @property
    def short(self) -> int | None:
        """How many posts lack against the norm; below nothing where there are more."""
        posts = self.staff.posts
        return None if self.needed is None or posts is None else self.needed - posts


class Needs(Record, dict=True):
    """Everything that is needed, on the state of the forecast's period."""

    foresight: Foresight
    norms: NormsHeld

    @cached_property
    def returns(self) -> Sequence[Return]:
        """The accepted returns of the last year counted."""
        period = self.foresight.period
        return Holdings(
            self.foresight.workspace, period, None, period.reference_day
        ).rebased.returns

    @cached_property
    def staff(self) -> dict[tuple[str, str], Staff]:
        """The staff that is there, by school and stage."""
        return staff_of(self.returns)

    @cached_property
    def buildings(self) -> Buildings:
        """The buildings of schools of one stage."""
        return buildings_of(self.returns, self._stages)

    @cached_property
    def roster(self) -> list[Member]:
        """Everybody the roster of persons has."""
        return members(self.foresight.workspace, self.norms.retiring())

    @cached_property
    def _by(self) -> dict[tuple[str, str, int], Foreseen]:
        return {(one.area, one.stage, one.year): one for one in self.foresight.foreseen}

    @cached_property
    def _stages(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for area, stage, _ in self._by:
            if stage not in found.setdefault(area, []):
                found[area].append(stage)
        return found

    def stages(self) -> list[str]:
        """Give the stages, in the order of the card."""
        return list(dict.fromkeys(one.stage for one in self.foresight.steps))

    def years(self) -> list[int]:
        """Give the years foreseen."""
        return sorted({year for _, _, year in self._by})

    def school(self, school: str, stage: str, year: int) -> SchoolNeed:
        """Give what one school's stage needs in a year."""
        one = self._by.get((school, stage, year))
        grades = None
        if one is not None and one.middle is not None:
            grades = {grade: whole(many) or 0 for grade, many in one.grades.items()}
        return school_need(self.norms, stage, school, grades)

    def area(self, area: str, stage: str, year: int) -> AreaNeed:
        """Give what the schools of an area need together."""
        schools = [one.code for one in self.foresight.known.within[area]]
        having = [one for one in schools if stage in self._stages.get(one, ())]
        return area_need(self.norms, stage, [self.school(one, stage, year) for one in having])

    def lacking(self, school: str, stage: str, year: int) -> RoomsLacking:
        """Give the rooms that a school lacks, and what they cost where a price is said."""
        price = self.norms.one("building_price", stage)
        return lacking(
            self.school(school, stage, year).building,
            self.buildings.get(school),
            None if price is None else Fraction(price.value),
        )

    def staff_need(self, stage: str) -> StaffNeed:
        """Give how the county's staff of a stage goes on: who retires, leaves, has to be found."""
        county, years = self.foresight.known.areas[0].code, self.years()
        there = whole_sum(one.in_post for (_, of), one in self.staff.items() if of == stage)
        mine = [one for one in self.roster if one.stage == stage and one.in_post]
        dated = [one for one in mine if one.retires is not None]
        wanted = tuple(self.area(county, stage, year).staff for year in years)
        goes = _retiring(dated, years)
        leaves = self.norms.one("attrition", stage)
        known = [one for one in wanted if one is not None]
        found: Sequence[TeacherYear] = ()
        if there is not None and leaves is not None and dated and len(known) == len(wanted):
            share = Fraction(leaves.value) / _PER_CENT
            found = recruiting(there, known, list(goes.values()), share)
        names = subjects(mine)
        return StaffNeed(
            stage=stage,
            there=there,
            known=len(dated),
            retiring=goes,
            needed=wanted,
            years=tuple(found),
            at_least=there is not None and len(dated) < there,
            subjects=names,
            subjects_retiring={
                name: _retiring([one for one in dated if one.subject == name], years)
                for name in names
            },
        )

    def posts(self) -> list[Posts]:
        """Give posts against the norm and who is there, school by school and stage by stage."""
        last = self.foresight.known.last
        found: list[Posts] = []
        for leaf in self.foresight.known.leaves:
            for stage in self._stages.get(leaf.code, ()):
                staff = self.staff.get((leaf.code, stage))
                if staff is None:
                    staff = Staff(there=None, posts=None, in_post=None, subjects={})
                pupils = self._counted(leaf, stage, last)
                grades = None if pupils is None else {stage: pupils}
                mine = [one for one in self.roster if (one.place, one.stage) == (leaf.code, stage)]
                found.append(
                    Posts(
                        school=leaf.code,
                        stage=stage,
                        pupils=pupils,
                        needed=school_need(self.norms, stage, leaf.code, grades).staff,
                        staff=staff,
                        roster=subjects(mine),
                    )
                )
        return found

    def _counted(self, leaf: Area, stage: str, year: int) -> int | None:
        grades = [one.grade for one in self.foresight.steps if one.stage == stage]
        own = [self.foresight.known.sums[leaf.code, grade] for grade in grades]
        return whole_sum(by.get(year) for by in own if by)

    def because(self) -> list[NormValue]:
        """Give the values that this rests on, each once."""
        norms = ("class_size", "pupils_per_staff", "attrition", "building", "building_price")
        found: list[NormValue] = []
        for stage in self.stages():
            for norm in norms:
                found += [one for one in self.norms.values(norm, stage) if one not in found]
        return found


def _retiring(staff: Sequence[Member], years: Sequence[int]) -> dict[int, int]:
    return retiring_years([one.retires for one in staff if one.retires is not None], years)
