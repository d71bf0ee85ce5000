"""A second opinion: figures counted again from returns, in plain Python and with fractions.

Written from the cards' own words (kinds/indicator.py, standard.py, codes.py) and not from the
engine; it shares no code with it but the conditions of ``kinds.conditions`` and what a form asks.
It is slow and says nothing of coverage's order; it is right if it is read and believed.
"""

from dataclasses import dataclass
from fractions import Fraction

from xianxue.bureau.kinds.asked import asked, stage_of_row
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.units import UNITS

HIDDEN = "hidden"
"""There is a number, and nobody knows it."""
VOID = "void"
"""The clerk says that it does not apply: of a ratio some of it, of a sum all. None: nobody is asked."""
ATTRIBUTES = ("school_type", "sponsor", "urban_rural", "boarding")


def number(amount):
    """What is not there adds nothing."""
    return amount if isinstance(amount, Fraction) else Fraction(0)


@dataclass
class Line:
    """One row of one sheet of one place."""

    place: object
    sheet: str
    row: str
    stage: object
    cells: dict


class SecondOpinion:
    def __init__(self, county, on):
        self.shelf, self.register = county.shelf, county.register
        self.day, self.on = county.period.reference_day, on
        self.returns = {(one.form, one.place): one for one in county.returns}
        self.lines = [line for place in self.places() for line in self.lines_of(place)]
        nobody = SecondOpinion.nothing_filed
        self.asked = [line for place in self.places() for line in self.lines_of(place, nobody)]
        self.left = set()
        """Who said, of the last value asked for, that it does not apply to them."""
        self.divided_by = None
        """What the last value was divided by: a number, HIDDEN, VOID or None."""

    def places(self):
        return [*self.register.schools(self.day), self.register.county]

    @staticmethod
    def nothing_filed(form, place):
        """What has come of a place, for lines that say only what is asked of it."""

    def filed(self, form, place):
        return self.returns.get((form, place))

    def lines_of(self, place, filed_by=None):
        for form in self.shelf.forms.values():
            if (form.filed_by == "county") != (place.level == "county"):
                continue
            filed = (filed_by or self.filed)(form.form, place.code)
            for one in asked(form, place, self.day, self.shelf.codes):
                if filed is not None:
                    for row in filed.tables.get(one.sheet.sheet, ()):
                        cells = {name: cell.value for name, cell in row.cells.items()}
                        self.hold_to_answers(one.sheet, cells)
                        told = cells.get(one.sheet.stage_by) if one.sheet.stage_by else row.code
                        stage = stage_of_row(one.sheet, str(told), self.shelf.codes)
                        yield Line(place, one.sheet.sheet, row.code, stage, cells)
                    continue
                for row in one.rows:
                    blank = {field.field: Missing.NOT_ANSWERED for field in row.fields}
                    stages = [row.stage]
                    if one.sheet.stage_by:
                        stages = place.stages(self.day)
                    for stage in stages:
                        yield Line(place, one.sheet.sheet, row.code, stage, {**blank, "": HIDDEN})

    def hold_to_answers(self, sheet, cells):
        """不适用 is no answer while a school is open with which the question applies."""
        for field in sheet.fields:
            if field.applies_with and cells.get(field.field) is Missing.NOT_APPLICABLE:
                ((name, wanted),) = field.applies_with.items()
                wanted = [wanted] if isinstance(wanted, str) else wanted
                if any(self.answer(school, name) in wanted for school in self.schools()):
                    cells[field.field] = Missing.NOT_ANSWERED

    def schools(self):
        return [place for place in self.places() if place.level == "school"]

    def answer(self, school, name):
        """What the register or a school's own return says under a name."""
        sheet, _, field = name.partition(".")
        if not field:
            return getattr(school.attributes(self.day), name)
        filed = self.returns.get(("school_annual", school.code))
        rows = filed.tables.get(sheet, ()) if filed else ()
        return rows[0].cells[field].value if rows else None

    # One value a place has: a number, HIDDEN, or None where there is nothing.

    def holds(self, line, where, card):
        """True, False, HIDDEN where an answer that is not there decides, VOID where 不适用 does."""
        result = True
        for name, condition in where.items():
            known = self.fact(line, name)
            if isinstance(known, Missing) and known.hides_a_number:
                if not self.may_hold(line, name, condition):
                    return False
                result = HIDDEN
            elif known is Missing.NOT_APPLICABLE:
                result = VOID if result is True else result
            elif (
                known is None
                or isinstance(known, Missing)
                or not self.fulfils(line, name, condition, known, card)
            ):
                return False
        return result

    def may_hold(self, line, name, condition):
        """A line of the primary stage cannot be one of a kindergarten's classes."""
        found = self.shelf.sheet(line.sheet)
        if found is None or found[1].stage_by != name:
            return True
        codes = [condition] if isinstance(condition, str) else condition
        stages = {stage_of_row(found[1], code, self.shelf.codes) for code in codes}
        return line.stage in stages

    def fact(self, line, name):
        if name == "stage":
            return line.stage.value if line.stage else None
        if name == "row":
            return line.row
        if name in ATTRIBUTES:
            attributes = line.place.attributes(self.day)
            return getattr(attributes, name) if attributes else None
        return line.cells.get(name)

    def fulfils(self, line, name, condition, known, card):
        if isinstance(condition, bool):
            return bool(known) is condition
        if isinstance(condition, str):
            return str(known) == condition
        if isinstance(condition, list):
            return str(known) in condition
        field = self.shelf.field(f"{line.sheet}.{name}")[1]
        value = Fraction(known, UNITS[field.unit].step)
        return self.within(value, condition, card, line.stage)

    def within(self, value, bound, card, stage):
        def limit(said):
            if isinstance(said, int):
                return Fraction(said)
            dated = value_in_force(card.lines[said], self.on, stage)
            return Fraction(dated.value) if dated else None

        sides = [
            (bound.at_least, lambda a, b: a >= b),
            (bound.at_most, lambda a, b: a <= b),
            (bound.more_than, lambda a, b: a > b),
            (bound.less_than, lambda a, b: a < b),
        ]
        for said, compare in sides:
            if said is not None:
                other = limit(said)
                if other is None or not compare(value, other):
                    return False
        return True

    def part(self, sums, card, place, stage, shared=False):  # noqa: C901, PLR0912 - one long look at one row after another
        """Add up one part for one place: an amount, HIDDEN, VOID or None."""
        total, hidden, void, given, there = Fraction(0), False, False, False, False
        for said in sums.sum:
            term = Term(field=said) if isinstance(said, str) else said
            sheet, _, field = (term.field or term.count).partition(".")
            if sheet == "places":
                if place.level == "school":
                    line = Line(place, "places", "", None, {})
                    total += int(self.holds(line, term.where, card) is True)
                    given = True
                continue
            for line in self.lines:
                if line.place is not place or line.sheet != sheet:
                    continue
                if stage is not None and not shared and line.stage is not stage:
                    continue
                # A row of another stage or kind of school is not one that comes to nothing here.
                there = there or self.holds(line, self.known_at_once(term), card) is True
                holds = self.holds(line, term.where, card)
                if holds is False:
                    continue
                if holds is VOID:
                    void = True
                elif holds is HIDDEN:
                    hidden = True
                elif not field:
                    hidden = hidden or "" in line.cells
                    total += Fraction(term.times) * ("" not in line.cells)
                    given = True
                else:
                    value = line.cells.get(field)
                    if isinstance(value, int):
                        unit = UNITS[self.shelf.field(term.field)[1].unit]
                        total += Fraction(value, unit.step) * Fraction(term.times)
                        given = True
                    elif isinstance(value, Missing):
                        hidden = hidden or value.hides_a_number
                        void = void or value is Missing.NOT_APPLICABLE
        if hidden:
            return HIDDEN
        if void:
            self.left.add(place.code)
        if void and (card.kind == "ratio" or not given):
            return VOID
        return total if given or there else None

    def counts(self, card, place, stage):
        """Whether a school-stage belongs to the card's population: True, False, or HIDDEN."""
        if not card.population:
            return True
        population = self.shelf.populations[card.population]
        if stage not in population.stages:
            return False
        answer = True
        for exclusion in in_force(population.exclude, self.on):
            if place.attributes(self.day).school_type not in exclusion.school_types:
                continue
            if exclusion.pupils_below is None:
                return False
            sheet, _, field = population.pupils.partition(".")
            values = [
                line.cells.get(field)
                for line in self.lines
                if line.place is place and line.sheet == sheet and line.stage in population.stages
            ]
            known = sum(value for value in values if isinstance(value, int))
            if known >= exclusion.pupils_below:
                continue
            # 不适用 is no zero: who writes it is not small.
            if any(isinstance(value, Missing) for value in values):
                answer = HIDDEN
            else:
                return False
        return answer

    def ratio_of(self, card, place, stage):  # noqa: PLR0911 - case by case, as the card says it
        """What a school-stage has by itself: (numerator, denominator, share, pupils)."""
        if stage is not None and stage not in place.stages(self.day):
            return None, None, None, None
        pupils = self.part(card.denominator, card, place, stage)
        if not card.split:
            total = self.part(card.numerator, card, place, stage)
            return total, pupils, total, pupils
        total = self.part(card.numerator, card, place, None, shared=True)
        split = in_force(self.shelf.splits[card.split].values, self.on)
        mine = place.attributes(self.day).school_type
        weights = next((one.weights for one in split if one.school_type == mine), {})
        sheets = {str(said).partition(".")[0] for said in card.denominator.sum}
        sharing = {
            line.stage for line in self.lines if line.place is place and line.sheet in sheets
        }
        if not weights and len(sharing) == 1:
            return total, pupils, total, pupils
        if set(weights) < sharing:
            return HIDDEN, HIDDEN, HIDDEN, HIDDEN
        every = {one: self.part(card.denominator, card, place, one) for one in weights}
        if HIDDEN in every.values() or total is HIDDEN:
            return HIDDEN, HIDDEN, HIDDEN, HIDDEN
        if VOID in {total, *every.values()}:
            return VOID, VOID, VOID, VOID
        whole = sum(Fraction(weights[one]) * number(every[one]) for one in weights)
        if not pupils:
            return total, pupils, None, pupils
        own = total * Fraction(weights[stage])
        return own, whole, own * pupils / whole, pupils

    def within_area(self, area):
        return [
            place
            for place in self.places()
            if area.level == "county"
            or place is area
            or (place.level == "school" and self.register.lies_in(place, area.code))
        ]

    # The answer: a value, "未定" or "—".

    def value(self, name, area, stage):  # noqa: C901, PLR0911 - case by case, as the kinds are listed
        card = self.shelf.indicators[name]
        self.left, self.divided_by = set(), None
        places = [area] if area.level == "school" else self.within_area(area)
        if card.kind == "spread":
            return self.spread(self.shelf.indicators[card.spread_of], places, stage)
        if card.kind == "share":
            return self.share(card, places)
        members = []
        for place in places:
            if place.level == "school" and stage is not None:
                counts = stage in place.stages(self.day) and self.counts(card, place, stage)
                if counts is HIDDEN:
                    return "未定"
                if not counts:
                    continue
            members.append(place)
        if card.kind != "ratio":
            amounts = [self.part(card.of, card, place, stage) for place in members]
            total = self.added(amounts)
            if card.kind == "count" and total is not HIDDEN:
                return number(total)
            asked_for = any(self.is_asked(card, place, stage) for place in members)
            return self.said(total) if asked_for else "—"
        found = [self.ratio_of(card, place, stage) for place in members]
        one_school = area.level == "school" and found
        pairs = [one[:2] if one_school else one[2:] for one in found]
        if any(HIDDEN in pair for pair in pairs):
            return "未定"
        # Who says that a part does not apply leaves both; where schools have one of them and the
        # county the other, there is no leaving.
        if self.is_mixed(card) and self.left:
            return "未定"
        pairs = [pair for pair in pairs if VOID not in pair]
        numerator, denominator = (self.added([pair[side] for pair in pairs]) for side in (0, 1))
        self.divided_by = denominator
        if number(denominator) <= 0:
            return "—"
        return number(numerator) / denominator * UNITS[card.unit].per

    def is_mixed(self, card):
        """Whether both schools and the county itself give numbers for a ratio."""
        said = [*card.numerator.sum, *card.denominator.sum]
        terms = [Term(field=one) if isinstance(one, str) else one for one in said]
        tables = [self.shelf.table((term.field or term.count).partition(".")[0]) for term in terms]
        return len({table is not None and table.by_county for table in tables}) > 1

    @staticmethod
    def said(total):
        if total is HIDDEN:
            return "未定"
        return "—" if total is VOID or total is None else total

    @staticmethod
    def added(amounts):
        if HIDDEN in amounts:
            return HIDDEN
        given = [amount for amount in amounts if isinstance(amount, Fraction)]
        if given:
            return sum(given, Fraction(0))
        return VOID if VOID in amounts else None

    def is_asked(self, card, place, stage):
        """Whether anything known of a place's rows lets it have a part at all."""
        return self.asked_of(card.of, card, place, stage)

    def asked_of(self, part, card, place, stage):
        """Whether a place is asked for anything in one part of a card."""
        for said in part.sum:
            term = Term(field=said) if isinstance(said, str) else said
            known = self.known_at_once(term)
            sheet = (term.field or term.count).partition(".")[0]
            for line in self.asked:
                mine = line.place is place and line.sheet == sheet
                if mine and stage in {None, line.stage} and self.holds(line, known, card):
                    return True
        return False

    @staticmethod
    def known_at_once(term):
        """The conditions that need no answer of the place."""
        at_once = {*ATTRIBUTES, "stage", "row"}
        return {name: one for name, one in term.where.items() if name in at_once}

    def spread(self, card, places, stage):
        pupils = total = squares = Fraction(0)
        for place in places:
            counts = self.counts(card, place, stage) if place.level == "school" else False
            if counts is False or stage not in place.stages(self.day):
                continue
            numerator, denominator, _, mine = self.ratio_of(card, place, stage)
            if HIDDEN in {counts, numerator, denominator}:
                return "未定"
            if VOID not in {numerator, denominator} and number(denominator) > 0:
                ratio = number(numerator) / denominator
                pupils += mine
                total += mine * ratio
                squares += mine * ratio**2
        self.divided_by = pupils
        if not total:
            return "—"
        mean = total / pupils
        variance = squares / pupils - mean**2
        return Root(variance / mean**2)

    def share(self, card, places):
        base = self.shelf.indicators[card.share_of.indicator]
        looked = met = 0
        hidden = False
        for place in places:
            if place.level != "school":
                continue
            among = True
            for name, condition in card.share_of.where.items():
                sheet, _, field = name.partition(".")
                line = next(
                    (one for one in self.lines if one.place is place and one.sheet == sheet),
                    Line(place, sheet, "", None, {}),
                )
                holds = self.holds(line, {field or sheet: condition}, card)
                # Whom it is about cannot be said not to apply: then nobody knows.
                among = (
                    False
                    if holds is False or among is False
                    else (HIDDEN if {HIDDEN, VOID} & {holds, among} else True)
                )
            if among is False:
                continue
            numerator = self.part(base.numerator, base, place, None)
            denominator = self.part(base.denominator, base, place, None)
            if HIDDEN in {numerator, denominator}:
                hidden = True
            elif number(denominator) > 0 and VOID not in {numerator, denominator}:
                hidden = hidden or among is HIDDEN
                value = number(numerator) / denominator * UNITS[base.unit].per
                looked += 1
                met += self.within(value, card.share_of.meets, card, None)
        self.divided_by = Fraction(looked)
        if hidden:
            return "未定"
        return Fraction(met, looked) * 100 if looked else "—"
