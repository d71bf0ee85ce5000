"""The addresses of the office's side of this room."""

from __future__ import annotations

from typing import Final

from xianxue.web.returns import office, reminders, review
from xianxue.web.returns.round import form_round

ROUND: Final = "<str:form>/<str:period>/"
OFFICE: Final = (
    ("deadlines.ics", reminders.terms, "terms"),
    (ROUND, form_round, "round"),
    (f"{ROUND}reminders", reminders.reminders, "reminders"),
    (f"{ROUND}reminder.docx", reminders.reminder_paper, "reminder_paper"),
    (f"{ROUND}all/<str:name>", office.many_all, "many_all"),
    (f"{ROUND}chosen/<str:name>", office.many_chosen, "many_chosen"),
    (f"{ROUND}window", office.window, "window"),
    (f"{ROUND}<str:place>/review", review.review, "review"),
    (f"{ROUND}<str:place>/remark", review.remark, "remark"),
    (f"{ROUND}<str:place>/step", office.step, "step"),
    (f"{ROUND}<str:place>/extend", office.extend, "extend"),
)
