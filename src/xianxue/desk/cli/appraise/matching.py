"""``xianxue appraise match``: teachers and posts that rank each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from xianxue.bureau.appraisal.choosing.elsewhere import Elsewhere, elsewhere
from xianxue.bureau.appraisal.choosing.lots import numbers
from xianxue.bureau.appraisal.choosing.matching import Market, Matching, match, unstable
from xianxue.bureau.appraisal.choosing.passed_over import PassedOver, passed_over
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.market.asked import read_market
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import echo_paragraph, json_option, print_json, print_table
from xianxue.desk.cli.spoken import GivenFile, command, option

_ANSWERS: Final = {
    "strict": say("换任何一种稳定的配法，也安排不上：没有并列时，各种稳定配法里落选的都是同一批人"),
    "excluded": say("并列怎么抽签，也安排不上：每个志愿都有足够多的人必定排在前面"),
    "searched": say("并列怎么抽签，也安排不上：各种抽法都试过"),
    "found": say("并列换一种抽法，有可能安排上"),
    "open": say("并列太多，试不完各种抽法：换一种抽法能不能安排上，不能断定"),
}


@command("match")
@click.argument("file", type=GivenFile())
@option("--seed", default="", help="抽签的种子：事先公布、谁也定不了的数，如某日开奖号码")
@option("--why", is_flag=True, help="JSON 里也写明抽签号，以及未安排的被哪些岗位略过、为什么")
@json_option
def match_file(file: Path, *, seed: str, why: bool, as_json: bool) -> None:
    """双向选择：教师志愿配岗位名单，对教师最有利的稳定配法"""
    market = read_market(file)
    found = match(market, seed)
    answers = elsewhere(market, found)
    reasons = passed_over(market, found, found.unplaced)
    if as_json:
        told = _told(found, answers)
        print_json(told | _reasons(market, found, answers, reasons) if why else told)
        return
    _print(market, found)
    for teacher in found.unplaced:
        _print_unplaced(teacher, answers[teacher], reasons[teacher])


def _told(found: Matching, answers: Mapping[str, Elsewhere]) -> dict[str, Any]:
    return {
        "matching": [{"teacher": teacher, "post": post} for teacher, post in found.placed.items()],
        "unplaced": [
            {"teacher": teacher, "in_any_stable": one.possible} for teacher, one in answers.items()
        ],
    }


def _reasons(
    market: Market,
    found: Matching,
    answers: Mapping[str, Elsewhere],
    reasons: Mapping[str, list[PassedOver]],
) -> dict[str, Any]:
    lots = numbers(found.seed, (*market.teachers, *market.posts)) if found.tied else {}
    return {
        "stable": not unstable(market, found.placed),
        "seed": found.seed,
        "lots": [{"name": name, "number": number} for name, number in lots.items()],
        "passed_over": [
            {
                "teacher": teacher,
                "proof": answers[teacher].proof,
                "posts": [
                    {"post": one.post, "why": one.why, "rank": one.rank, "last_rank": one.last,
                     "quota": one.quota, "because": one.told}
                    for one in posts
                ],
            }
            for teacher, posts in reasons.items()
        ],
    }  # fmt: skip


def _print(market: Market, found: Matching) -> None:
    rows = [(teacher, post or "—") for teacher, post in found.placed.items()]
    print_table(say("双向选择结果"), (say("教师"), say("岗位")), rows)
    got = Counter(found.placed.values())
    posts = [
        (name, str(post.quota), str(got[name]), str(post.quota - got[name]))
        for name, post in market.posts.items()
    ]
    print_table(say("岗位"), (say("岗位"), say("名额"), say("已安排"), say("还剩")), posts)
    total, out = len(found.placed), len(found.unplaced)
    echo(say("教师 {n} 名：安排 {m} 名，未安排 {k} 名。", n=total, m=total - out, k=out))
    if not unstable(market, found.placed):
        echo_paragraph(
            say(
                "已核对：没有哪名教师和哪个岗位彼此都更愿意要对方；在各种这样的配法里对教师最有利。"
            )
        )
    if found.tied:
        _print_lots(market, found)


def _print_lots(market: Market, found: Matching) -> None:
    if found.seed:
        echo_paragraph(
            say(
                "名单里有并列，按种子“{seed}”抽签：种子、换行、姓名连起来的 SHA-256，小的在前。",
                seed=found.seed,
            )
        )
    else:
        echo_paragraph(
            say("名单里有并列，抽签没有写种子：请先公布种子，再用 --seed 重新配一次，以那次为准。")
        )
    lots = numbers(found.seed, (*market.teachers, *market.posts))
    rows = [(str(number), name) for name, number in lots.items()]
    print_table(say("抽签号"), (say("号"), say("姓名或岗位")), rows)


def _print_unplaced(teacher: str, answer: Elsewhere, reasons: list[PassedOver]) -> None:
    echo("")
    if not reasons:
        echo(say("{teacher}：没有填志愿，未安排。", teacher=teacher))
        return
    echo(say("{teacher}：未安排。", teacher=teacher))
    for one in reasons:
        echo_paragraph(_line(one))
    echo_paragraph(say("{answer}。", answer=_ANSWERS[answer.proof]))


def _line(one: PassedOver) -> Sentence:
    return say("- {post}：{why}。", post=one.post, why=one.told)
