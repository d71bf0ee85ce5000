"""Files of an appraisal that go out: the 迎检 package, and the circular that a card proposes."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.appraisal.doing import PACK
from xianxue.desk.actions.appraisal.packing import PackEvidence
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.packing.passing import passing
from xianxue.desk.report.appraisal_circular import circular as written
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.appraisal.about import RESULTS, asked_of, registered
from xianxue.web.appraisal.hall import Hall
from xianxue.web.appraisal.mine import Mine
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import deed, of_county, page
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell


def of_packed(visit: Visit, place: str, **_address: str) -> Subject:
    """Say that a package is about who is judged; about the county where no register has them."""
    return visit.subject(PACK, registered(visit, place))


@deed(PACK, of_county(PACK))
def package(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Give the package of all who are judged; who took it stands in the journal."""
    hall = Hall(request.visit, rubric, period)
    return _packed(request, rubric, period, "", say("迎检材料：{title}", title=hall.title))


@deed(PACK, of_packed)
def own_package(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Give the package of one who is judged."""
    mine = Mine(request.visit, asked_of(request.visit, rubric, period), place)
    name = say("{name}迎检材料：{title}", name=mine.name, title=mine.title)
    return _packed(request, rubric, period, place, name)


def _packed(request: Asked, rubric: str, period: str, place: str, name: Sentence) -> HttpResponse:
    visit = request.visit
    desk = Desk(workspace=visit.standing.workspace(), asked=asked_of(visit, rubric, period))
    doing = PackEvidence(visit.standing.ground(), visit.actor, visit.at)
    file = passing(desk, doing, place)
    answer: HttpResponse = FileResponse(  # pyright: ignore[reportAssignmentType]  # a streamed answer
        file, as_attachment=True, filename=f"{tell(name)}.zip", content_type="application/zip"
    )
    return answer


@page(RESULTS, of_county(RESULTS))
def circular(request: Asked, rubric: str, period: str, consequence: str) -> HttpResponse:
    """Give the circular as it stands today: the draft while anybody named is undecided."""
    visit = request.visit
    hall = Hall(visit, rubric, period)
    desk = Desk(workspace=visit.standing.workspace(), asked=hall.asked)
    proposed = [
        one
        for one in hall.views.proposals(hall.asked)
        if one.card.consequence == consequence and not one.overtaken
    ]
    try:
        made = written(desk, clock.day_of(visit.at), consequence)
    except MisusedError as error:
        raise MissingError(say("没有要写的通报：没有提出，或者没有采纳。")) from error
    name = say("{term}（{title}）", term=proposed[0].term, title=hall.asked.rubric.term)
    if any(one.standing == "proposed" for one in proposed):
        name = say("{name}征求意见稿", name=name)
    return download(made.document, f"{tell(name)}.docx")
