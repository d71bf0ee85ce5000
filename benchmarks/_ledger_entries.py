"""Invented entries of any ledger (虚构): walked at random by the card's own way, without its needs.

A walk takes only steps that the card has; what each fills in is made up of the fields' kinds. The
same dice give the same entries.
"""

from datetime import date, timedelta

from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.records.entry import Entry, Happened

START = date(2024, 1, 1)
OFTEN, MOSTLY = 0.5, 0.97
AMOUNTS = [0, 1, 2, 5, 12, 48, 300, 125_050]
NUMBERS = {"yes_no": [0, 1], "year": range(2020, 2027), "integer": AMOUNTS, "measure": AMOUNTS}
WORDS = ["灯不亮", "护栏松动", "漏水", "已答复", "待研究", "某某（虚构）"]


class Maker:
    """Makes entries up."""

    def __init__(self, shelf, places, dice, today):
        """Take the cards, the places' codes, the dice, and the day until which things happened."""
        self.shelf, self.places, self.dice, self.today = shelf, places, dice, today

    def value(self, field, day):
        """Make up a value, as entries hold it."""
        dice, kind = self.dice, field.type
        if kind == "code":
            codes = self.shelf.codes.get(field.codes)
            return dice.choice(codes.entries).code if codes and codes.entries else "1"
        if kind == "date":
            return (day + timedelta(days=dice.randint(-60, 120 if field.ahead else 0))).isoformat()
        if kind in NUMBERS:
            return dice.choice(NUMBERS[kind])
        if field.holds == "place":
            return dice.choice(self.places)
        return f"{dice.choice(WORDS)}{dice.randint(1, 400)}"

    def filled(self, card, names, always, day):
        """Fill fields in, those that are not always asked every other time."""
        return {
            field.field: self.value(field, day)
            for field in card.fields
            if field.field in names and (field.field in always or self.dice.random() < OFTEN)
        }

    def entry(self, card, number, most=5):
        """Walk one entry at random until some day."""
        dice = self.dice
        day = START + timedelta(days=dice.randint(0, (self.today - START).days))
        first = [field for field in card.fields if not field.history]
        asked = {field.field for field in first if field.required and dice.random() < MOSTLY}
        fields = self.filled(card, {one.field for one in first}, asked, day)
        state = card.lifecycle.start
        who = "登记员（虚构）"
        history = [Happened(step=RECORD, on=day, origin="", to=state, actor=who, fields=fields)]
        for _ in range(dice.randint(0, most)):
            steps = [step for step in card.steps if state in step.origins]
            day += timedelta(days=dice.choice([0, 1, 3, 7, 20, 45]))
            if not steps or day > self.today:
                break
            step = dice.choice(steps)
            fields = self.filled(card, {*step.asks, *step.may}, set(step.asks), day)
            history.append(
                Happened(
                    step=step.step,
                    on=day,
                    origin=state,
                    to=step.to,
                    actor=f"经办{dice.randint(1, 9)}（虚构）",
                    fields=fields,
                )
            )
            state = step.to
        place = dice.choice(self.places)
        return Entry(ledger=card.ledger, number=number, place=place, history=tuple(history))
