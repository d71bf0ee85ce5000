"""Verdicts on the standards worked out again from the second opinion's values, in plain Python.

Written from the cards' own words; it shares nothing with ``bureau/assessment`` but the tables of
units and what is in force on a day. What is unknown is tried out: a joint verdict is sure where it
comes out alike whatever the unknown criteria would be.
"""

from fractions import Fraction
from itertools import product

from xianxue.bureau.kinds.card import Bound
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.units import UNITS

MET, NOT_MET, UNKNOWN = "met", "not_met", "undetermined"


class SecondVerdicts:
    """The verdicts of one standard: by case, overall, and of what there is nothing to judge."""

    def __init__(self, opinion, standard):
        self.opinion, self.shelf, self.on = opinion, opinion.shelf, opinion.on
        self.standard = opinion.shelf.standards[standard]
        named = self.standard.population
        self.population = self.shelf.populations[named] if named else None
        self.left = set()
        self.of_case, self.near = {}, {}
        for criterion in (*self.standard.criteria, *self.standard.spread):
            for place, stage in self.cases(criterion):
                self.judge(criterion, place, stage)
        self.joined = [self.join(one) for one in in_force(self.standard.combine, self.on)]
        self.overall = self.together()

    def schools(self):
        return [place for place in self.opinion.places() if place.level == "school"]

    def counts(self, school):
        """Whether a school counts: True, False, or None where nobody knows."""
        if self.population is None:
            return True
        answers = {True}
        for exclusion in in_force(self.population.exclude, self.on):
            if school.attributes(self.opinion.day).school_type in exclusion.school_types:
                answers.add(self.kept_by(exclusion, school))
        return False if False in answers else None if None in answers else True

    def kept_by(self, exclusion, school):
        if exclusion.pupils_below is None:
            return False
        sheet, _, field = self.population.pupils.partition(".")
        stages = set(school.stages(self.opinion.day)) & set(self.population.stages)
        sums = {stage: [] for stage in stages}
        for line in self.opinion.lines:
            if line.place is school and line.sheet == sheet and line.stage in stages:
                sums[line.stage].append(line.cells.get(field))
        whole = [sum(each) for each in sums.values() if all(isinstance(one, int) for one in each)]
        if sum(whole) >= exclusion.pupils_below:
            return True
        return False if len(whole) == len(sums) else None

    def stages(self, criterion):
        allowed = self.population.stages if self.population else list(Stage)
        figured = self.shelf.indicator(criterion.indicator).stages
        return [stage for stage in allowed if not figured or stage in figured]

    def cases(self, criterion):
        county, day = self.opinion.register.county, self.opinion.day
        there = [school for school in self.schools() if self.counts(school) is not False]
        present = {stage for school in there for stage in school.stages(day)}
        if not self.schools():
            present = set(Stage)
        stages = self.stages(criterion)
        if criterion.per == "county":
            return [(county, None)]
        if criterion.per == "county_stage":
            return [(county, stage) for stage in stages if stage in present]
        if criterion.per == "school":
            return [(school, None) for school in there if set(school.stages(day)) & set(stages)]
        return [(school, one) for school in there for one in school.stages(day) if one in stages]

    def asks(self, where, place):
        """Whether a place fulfils conditions: True, False, or None where an answer is missing."""
        doubt = False
        for name, condition in where.items():
            sheet, _, field = name.partition(".")
            if field:
                lines = [
                    one for one in self.opinion.lines if one.place is place and one.sheet == sheet
                ]
                known = lines[0].cells.get(field) if lines else None
            else:
                attributes = place.attributes(self.opinion.day)
                known = getattr(attributes, name, None)
            if isinstance(known, Missing) and known.hides_a_number:
                doubt = True
            elif known is None or isinstance(known, Missing) or not holds(condition, known):
                return False
        return None if doubt else True

    def judge(self, criterion, place, stage):
        asked = self.asks(criterion.where, place)
        possible, sure = [], False
        for value in in_force(criterion.values, self.on):
            if value.stage is None or value.stage is stage:
                fits = self.asks(value.when, place)
                possible += [Fraction(value.value)] if fits is not False else []
                sure = fits is True
                if sure:
                    break
        if asked is False or not possible:
            return
        card = self.shelf.indicator(criterion.indicator)
        value = self.opinion.value(card.indicator, place, stage)
        key = (place.code, stage, criterion.criterion)
        if value == "—" and self.nothing(card, place, stage):
            self.left.add((place.code, stage))
            return
        self.of_case[key] = UNKNOWN
        if isinstance(value, str):
            return
        answers = {keeps(criterion.rule, value, line) for line in possible}
        if asked and sure and len(answers) == 1 and self.known_to_count(place):
            self.of_case[key] = MET if answers == {True} else NOT_MET
            self.near[key] = [criterion.rule, value, possible[-1]]

    def known_to_count(self, place):
        return place.level != "school" or self.counts(place) is True

    def nothing(self, card, place, stage):
        """Whether a value that is not there has nothing to be made of, and nobody owes it."""
        divided, left = self.opinion.divided_by, self.opinion.left
        base = self.shelf.indicators[card.spread_of] if card.spread_of else card
        if left or (isinstance(divided, Fraction) and divided < 0):
            return False
        # Of a spread, what is divided by is there: all ratios are 0, with no mean to be apart from.
        if card.kind == "share" or (isinstance(divided, Fraction) and divided > 0):
            return True
        if not self.anybody_asked(base, place, stage):
            return place.level != "school"
        return base.denominator is not None and all(map(self.counts_things, base.denominator.sum))

    def counts_things(self, said):
        """Whether a term is a number of people or rows, of which there may be none."""
        term = Term(field=said) if isinstance(said, str) else said
        return not term.field or UNITS[self.shelf.field(term.field)[1].unit].dimension == "people"

    def anybody_asked(self, card, area, stage):
        """Whether some place within an area is asked for some part, and counts."""
        opinion = self.opinion
        for place in [area] if area.level == "school" else opinion.within_area(area):
            staged = place.level == "school" and stage is not None
            if staged and stage not in place.stages(opinion.day):
                continue
            if staged and not opinion.counts(card, place, stage):
                continue
            for part in (card.of, card.numerator, card.denominator):
                if part is not None and opinion.asked_of(part, card, place, stage):
                    return True
        return False

    def join(self, combination):
        """Try out every way in which the unknown criteria of each case could come out."""
        found = {}
        cases = dict.fromkeys(key[:2] for key in self.of_case if key[2] in combination.of)
        for case in cases:
            ways = []
            for name in combination.of:
                verdict = self.of_case.get((*case, name))
                if verdict == UNKNOWN:
                    ways.append(["met", "near", "far"])
                elif verdict == NOT_MET:
                    rule, value, line = self.near[(*case, name)]
                    share = Fraction(combination.others_reach)
                    eased = line * share if rule == "at_least" else line / share
                    ways.append(["near" if keeps(rule, value, eased) else "far"])
                elif verdict == MET:
                    ways.append(["met"])
            allowed = len(combination.of) - combination.need
            outcomes = {
                "far" not in one and sum(each != "met" for each in one) <= allowed
                for one in product(*ways)
            }
            found[(*case, combination.criterion)] = (
                UNKNOWN if len(outcomes) > 1 else MET if outcomes == {True} else NOT_MET
            )
        return found

    def together(self):
        combined = {name for one in in_force(self.standard.combine, self.on) for name in one.of}
        verdicts = [verdict for key, verdict in self.of_case.items() if key[2] not in combined]
        verdicts += [verdict for found in self.joined for verdict in found.values()]
        if NOT_MET in verdicts:
            return NOT_MET
        return MET if verdicts and UNKNOWN not in verdicts else UNKNOWN

    @property
    def every(self):
        return self.of_case | {key: one for found in self.joined for key, one in found.items()}


def holds(condition, known):
    """Whether what is known fits a condition of a card."""
    if isinstance(condition, Bound):
        sides = [
            (condition.at_least, lambda a, b: a >= b),
            (condition.at_most, lambda a, b: a <= b),
            (condition.more_than, lambda a, b: a > b),
            (condition.less_than, lambda a, b: a < b),
        ]
        return all(side is None or compare(known, Fraction(side)) for side, compare in sides)
    if isinstance(condition, bool):
        return bool(known) is condition
    return str(known) in ([condition] if isinstance(condition, str) else condition)


def keeps(rule, value, line):
    """Whether a value keeps to a line; a root is compared by its square."""
    if isinstance(value, Root):
        value, line = value.square, line * line
    if rule == "at_least":
        return value >= line
    return value <= line if rule == "at_most" else value < line
