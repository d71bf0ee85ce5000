"""Invented examinations (虚构): a card with everything on it, and frames of marks drawn by chance."""

import random

import polars as pl

from xianxue.bureau.exams.columns import Why, layout
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.exams.examination import Examination

TYPES = {"Int64": pl.Int64, "Int32": pl.Int32, "Int8": pl.Int8, "String": pl.String}
SOURCE = {"document": "scaled-scores", "seen": "relayed"}


def level(value, day="2020-01-01"):
    return {"from": day, "value": value, "source": "scaled-scores", "seen": "relayed"}


CARD = card_of(
    {
        "exam": "mock",
        "term": "模拟考",
        "stage": "upper_secondary",
        "subjects": [
            {"subject": "chinese", "full": "150"},
            {"subject": "physics", "full": "100", "tracks": ["p"]},
            {"subject": "history", "full": "100", "tracks": ["h"]},
            {
                "subject": "chemistry",
                "full": "100",
                "chosen": True,
                "scheme": "standard_3_1_2",
            },
            {"subject": "art", "full": "300", "counts": False, "chosen": True},
        ],
        "tracks": [{"track": "p"}, {"track": "h"}],
        "marks": [
            {"mark": "excellent", "term": "优秀", "at_least": [level("85")]},
            {"mark": "passed", "term": "及格", "at_least": [level("60")]},
            {"mark": "low", "term": "低分", "below": [level("40")]},
        ],
        "lines": [{"line": "first"}, {"line": "arts", "tracks": ["h"], "second": "art"}],
        "near": 5,
        "first": [3],
        "smallest": 5,
        "source": SOURCE,
    },
    Examination,
)
SUBJECTS = [one.subject for one in CARD.subjects]
HEIGHTS = [
    Height(line="first", track="p", total=25000, effective={"chinese": 9000, "chemistry": 7000}),
    Height(line="first", track="h", total=24000, effective={"chinese": 8500}),
    Height(line="arts", track="h", total=15000, second="art", second_mark=18000),
]


def frame(rows, card=CARD):
    """A frame of marks of rows that name what differs: no word of a subject is a blank."""
    columns = layout(card)
    lines = []
    for number, row in enumerate(rows, start=1):
        line = {"row": number, "school": "a", "class": "1", "track": "", **row}
        for subject in (one.subject for one in card.subjects):
            mark = line.pop(subject, Why.BLANK)
            missing = isinstance(mark, Why)
            line[f"m.{subject}"] = None if missing else mark
            line[f"w.{subject}"] = int(mark) if missing else 0
        lines.append(line)
    schema = {name: TYPES[kind] for name, kind in columns.items()}
    return pl.DataFrame(lines, schema=schema, orient="row")


def drawn(seed, many):
    """Pupils of three schools, some of whom lack marks for each of the reasons."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    return frame([pupil(chance) for _ in range(many)])


def pupil(chance):
    track = chance.choice("ph")

    def mark(full):
        reasons = (Why.ABSENT, Why.EXEMPT, Why.VOID, Why.BLANK)
        return chance.choice(reasons) if chance.random() < 0.04 else chance.randrange(full + 1) * 50

    return {
        "school": chance.choice("abc"),
        "class": chance.choice("12"),
        "track": track,
        "chinese": mark(300),
        "physics": mark(200) if track == "p" else Why.OTHER_TRACK,
        "history": mark(200) if track == "h" else Why.OTHER_TRACK,
        "chemistry": mark(200) if chance.random() < 0.7 else Why.NOT_CHOSEN,
        "art": mark(600) if chance.random() < 0.3 else Why.NOT_CHOSEN,
    }
