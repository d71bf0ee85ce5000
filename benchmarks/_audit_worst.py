"""The worst texts that could be thought of: each is read at two lengths, so that a bend shows."""

import gc
import time

KINDS = {
    "numbers only": "12 345 6789 0.5 ",
    "numbers in a list": "12人、15人、",
    "years only": "2024年、",
    "分别-lists": "甲、乙、丙学生分别为12人、15人、18人,分别增长2%、3%、4%,",
    "占-chains": "占教师120人的12%,占学生150人的15%,",
    "one long clause": "共12人其中",
    "其中": "其中12人,",
    "nested brackets": "12人(",
    "brackets closed": "(12人(15人)),",
    "parts and totals": "小学12人,初中15人,合计27人;",
    "rates": "学生120人,合格100人,合格率83.3%。",
    "growth": "由12人增加到15人,增加3人,增长25%;",
    "table": "3|4|5|12%\n",
    "repeats": "教师86人。86名教师全部参加。",
    "counts": "三个方面:一是甲;二是乙;三是丙。",
    "百分之": "百分之",
    "Chinese numerals": "二十八万三千人、",
    "prose": "会议强调要认真贯彻落实有关部署,扎实推进各项工作,确保取得实效。",
}
SIZES = (100_000, 1_000_000)
"""Bytes of UTF-8."""


def text(kind, size):
    """Repeat a piece until it is so long, without an end of a line."""
    piece = KINDS[kind]
    return piece * max(1, size // len(piece.encode()))


def rows(audit):
    """Give the lines of the table; ``audit`` takes a text."""
    yield "| text | " + " | ".join(f"MB/s at {size:,} bytes" for size in SIZES) + " | bend |"
    yield "|---|" + "---:|" * (len(SIZES) + 1)
    for kind in KINDS:
        speeds = []
        for size in SIZES:
            given = text(kind, size)
            gc.collect()
            began = time.process_time()
            audit(given)
            speeds.append(len(given.encode()) / 1e6 / (time.process_time() - began))
        bend = speeds[0] / speeds[-1]
        yield f"| {kind} | " + " | ".join(f"{one:.2f}" for one in speeds) + f" | {bend:.2f} |"
