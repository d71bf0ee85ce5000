"""What the words before a percentage claim: 占…的, a rate with a name of its own, a completion."""

from __future__ import annotations

import re
from typing import Final, Literal

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import Record

Shape = Literal["share", "rate", "completion", "aside"]
_PORTION: Final = re.compile(r"(?:所占)?(?:的?比重|的?比例|的?份额|占比|的?比率|百分比)(?:最?高)?$")
OF_NO_NAME: Final = frozenset({"", "占比", "比例", "比重", "所占比例", "所占比重"})
"""Words before a share that say of no whole."""
_SIDES: Final = "方水地路平表里界外场局全上下书版当对层正反侧"
"""Before 面 these name a side or a ground; behind other words 面 is how many of all: 轮岗面."""
_NO_DEED: Final = "程象工目体设"
"""工程进度 and 形象进度 are seen on the site, and are no share of what is spent."""
_OUGHT: Final = r"(?<![适响供反相对])应(?![急用届对聘该变])"
"""应 that says how many there should be: not 适应, 应届."""


_SHARE_SAID: Final = re.compile("占(?!地(?!区))")
"""占地 is of land, 占地区生产总值 of what a place makes."""


_DONE: Final = re.compile("([\u4e00-\u9fff]{2,4})完成(?:了|率)?")
"""Before a percentage: 签约完成96%."""


class Claim(Record):
    """What is claimed of a percentage."""

    shape: Shape
    subject: str = ""
    """What has the share, where its own clause says it."""
    base: str = ""
    """What it is a share of, where that is said."""


class Words:
    """The words that make and unmake claims."""

    def __init__(self, lexicon: Lexicon) -> None:
        adverb = lexicon.any_of("adverb")
        self.tail = re.compile(f"{adverb}+$")
        degree = f"(?:率|(?<={lexicon.any_of('degree')})度|(?<![{_SIDES}])面)"
        self.rate = re.compile(rf"([\u4e00-\u9fff]{{1,12}}?){degree}{adverb}*$")
        self.generic = re.compile(lexicon.any_of("any_deed"))
        self.other_rate = re.compile(f"(?:^|[^有缴收]){lexicon.any_of('no_share')}$")
        self.opinion = re.compile(lexicon.any_of("opinion"))
        self.plan_base = re.compile(lexicon.any_of("plan_word", "plan_base"))
        self.told_should = re.compile(f"{_OUGHT}|{lexicon.any_of('told_should')}")
        self.told_did = re.compile(lexicon.any_of("told_did"))
        self.hoped = re.compile(f"{lexicon.any_of('hoped')}|目标(?!完成|达成|实现).{{0,6}}率")
        planned = lexicon.any_of("plan_word")
        self.planned = re.compile(planned)
        self.completed = re.compile(
            rf"(?:完成|占|为|达到?|实现)[^,占]{{0,12}}{planned}(?:总?数|总?额|总?量|总?价|安排|面积)?的?{adverb}?$"
            rf"|(?:{lexicon.any_of('completion_rate')}|(?<![{_NO_DEED}])进度){adverb}*$"
        )
        self.did_so = re.compile(lexicon.any_of("completion_rate", "told_did", "spent"))
        self.plan_kind = re.compile(lexicon.any_of("plan_kind"))
        self.should = re.compile(f"{_OUGHT}|{lexicon.any_of('should', 'told_should')}")
        self.did = re.compile(lexicon.any_of("did"))
        self.together = re.compile(lexicon.any_of("together"))
        self.of_all = re.compile(
            f"^(?:{lexicon.any_of('of_all')}|(?:这一|这个|该|上述|以上).{{0,6}})$"
        )
        self.scope = re.compile(lexicon.any_of("whole_scope"))
        self.rest = re.compile(f"{lexicon.any_of('rest')}的?")
        self.lack = re.compile(lexicon.any_of("lack"))
        self.deed = re.compile(f"^{lexicon.any_of('deed')}")
        self.track = re.compile(lexicon.any_of("class_track"))
        self.stage = re.compile(lexicon.any_of("class_stage"))

        self._grade = re.compile(f"{lexicon.any_of('grade')}$")
        self.beyond = re.compile(lexicon.any_of("more_than", "less_than"))
        every = ("sector_first", "sector_second", "sector_third")
        self._sectors = [re.compile(lexicon.any_of(role)) for role in every]
        self.sectors = re.compile(rf"{lexicon.any_of('sectors')}|产业")
        self.between = re.compile(lexicon.any_of("something_between"))
        self._ranks = [some.split("/") for some in sorted(lexicon.role("rank_order"))]
        self._steps = [some.split("/") for some in sorted(lexicon.role("step_order"))]

    def follows(self, name: str, part: str, base: str) -> bool:
        """Whether those of a rate come from those of a base, step by step: 录取 and 报到."""
        for order in self._steps:
            first, then, told = (
                max((at for at, word in enumerate(order) if word in text), default=-1)
                for text in (base, part, name)
            )
            if 0 <= first < then == told:
                return True
        return False

    def rank(self, label: str) -> tuple[int, int] | tuple[()]:
        """Give the order of ranks that a name is of, and its place in it; nothing without one."""
        for at, order in enumerate(self._ranks):
            for place, word in enumerate(order):
                if word in label:
                    return at, place
        return ()

    def sector(self, name: str) -> int:
        """Give which of the three sectors a name is of, counted from 0; -1 for none."""
        found = [at for at, words in enumerate(self._sectors) if words.search(name)]
        return found[0] if len(found) == 1 else -1

    def graded(self, label: str, verb: str) -> bool:
        """Whether a number is of one grade of what a rate is of: 基本满意, or 满意 itself."""
        before = label.removesuffix(verb)
        return before != label and (not before or bool(self._grade.search(before)))

    def only_should(self, lead: str) -> bool:
        """Whether a number is told as what should be, and not as what was done."""
        return bool(self.told_should.search(lead)) and not self.told_did.search(lead)

    def claim(self, one: Quantity) -> Claim | None:
        """Read what the words before a percentage claim."""
        lead, own = one.lead, one.own
        plan = self.completed.search(lead)
        if plan:
            return Claim("completion", base=plan[0])
        rest = self.rest.fullmatch(lead)
        if rest or (own in OF_NO_NAME and own):
            return Claim("share", subject=rest[0] if rest else "")
        if _SHARE_SAID.search(lead):
            base = self.tail.sub("", lead.rpartition("占")[2])
            subject = own.partition("占")[0].removesuffix("所")
            if subject == own and base:
                subject = ""
            return Claim("share", subject, _PORTION.sub("", "占" + base)[1:].strip("的"))
        portion = _PORTION.search(own)
        if portion:
            return Claim("share", subject=own[: portion.start()].strip("的"))
        found = self.rate.search(lead) or _DONE.fullmatch(lead)
        if found and not self.other_rate.search(found[1]):
            return Claim("rate", found[1])
        return Claim("aside") if not own else None
