"""The addresses of administration."""

from __future__ import annotations

from typing import Final

from xianxue.web.admin import (
    adding,
    backup,
    card,
    catalogue,
    change,
    examples,
    flow,
    matrix,
    people,
    person,
    person_deeds,
    restoring,
    sending,
)
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "admin",
    ("", people.list_people, "admin"),
    ("new", adding.new, "new"),
    ("new/add", adding.add, "add"),
    ("told/<str:key>/", adding.told, "told"),
    ("import", adding.importing, "import"),
    ("import/template", adding.template, "template"),
    ("import/check", adding.check, "check"),
    ("import/take", adding.take, "take"),
    ("people/<str:login>/", person.person, "person"),
    ("people/<str:login>/appoint", person_deeds.appoint, "appoint"),
    ("people/<str:login>/end", person_deeds.end, "end"),
    ("people/<str:login>/act-for", person_deeds.act_for, "act_for"),
    ("people/<str:login>/hand-over", person_deeds.hand_over, "hand_over"),
    ("people/<str:login>/disable", person_deeds.disable, "disable"),
    ("people/<str:login>/enable", person_deeds.enable, "enable"),
    ("people/<str:login>/reset", person_deeds.reset, "reset"),
    ("people/<str:login>/sessions/end", person_deeds.end_sessions, "end_sessions"),
    ("people/<str:login>/tokens/revoke", person_deeds.revoke_token, "revoke_token"),
    ("people/<str:login>/code/drop", person_deeds.drop_code, "drop_code"),
    ("permissions", matrix.rights, "matrix"),
    ("data-flow", flow.flow, "flow"),
    ("sending", sending.sending, "sending"),
    ("catalogue/", catalogue.catalogue, "catalogue"),
    ("catalogue/<str:kind>/<str:name>/", card.card, "card"),
    ("catalogue/<str:kind>/<str:name>/change", change.change, "change"),
    ("catalogue/<str:kind>/<str:name>/change/preview", change.preview, "preview_change"),
    ("catalogue/<str:kind>/<str:name>/change/save", change.save, "save_change"),
    ("catalogue/<str:kind>/<str:name>/examples", examples.examples, "examples"),
    ("catalogue/<str:kind>/<str:name>/examples/book", examples.book, "example_book"),
    ("catalogue/<str:kind>/<str:name>/examples/judge", examples.judge, "judge_examples"),
    ("changes/<str:name>/undo", change.undo, "undo_change"),
    ("backup", backup.backups, "backup"),
    ("backup/make", backup.make, "make_backup"),
    ("backup/<str:name>/restore", restoring.restore, "restore"),
    ("backup/<str:name>/restore/now", restoring.restore_now, "restore_now"),
    ("backup/<str:name>", backup.take, "take_backup"),
)
