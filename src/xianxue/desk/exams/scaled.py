"""An examination that is loaded, its marks laid over schemes of 等级赋分."""

from __future__ import annotations

from xianxue.bureau.exams.marked import scaled_by
from xianxue.bureau.exams.reading.tabs import bare
from xianxue.bureau.exams.scaling import Scale
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.exams.heights import words_of
from xianxue.desk.exams.sittings import Standing, files_of, held_card
from xianxue.desk.exams.written import terms_of
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.exams.files import MARKS
from xianxue.desk.workspace import MisusedError, Workspace


def scales_of(
    workspace: Workspace, standing: Standing, subject: str = "", scheme: Scheme | None = None
) -> dict[str, Scale]:
    """Scale one subject, or all that the card scales; by a scheme, or by the card's.

    MisusedError where nothing of it is scaled, or the subject was not examined.
    """
    card, schemes = held_card(workspace, standing), workspace.shelf.schemes
    codes = [one.subject for one in card.subjects]
    if subject:
        names = words_of(codes, workspace.shelf.codes["exam_subjects"])
        code = names.get(bare(subject), "")
        if not code:
            terms = terms_of(workspace.shelf, ["exam_subjects"])
            known = joined("、", (terms[one] for one in codes))
            message = say("这次考试没有科目“{name}”；有：{known}", name=subject, known=known)
            raise MisusedError(message)
        codes = [code]
    asked = {
        one.subject: scheme or schemes[one.scheme]
        for one in card.subjects
        if one.subject in codes and (one.scheme or (scheme is not None and subject))
    }
    if not asked:
        message = say("这类考试的卡片没有写赋分：用 --scheme 写明办法，--subject 写明科目")
        raise MisusedError(message)
    lines = POLARS.opened(files_of(workspace).opened(MARKS, standing.marks.marks))
    return {code: scaled_by(POLARS, lines, code, one) for code, one in asked.items()}
