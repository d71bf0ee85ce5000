"""Asks for every page of a workspace in this process and prints how often each asked the database.

A program of its own: setting pages up changes what the whole process stands on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver
from PIL import Image

from xianxue.web.site import setting_up

KNOWN = {
    "form": "school_annual",
    "period": "2025-2026",
    "number": "1",
    "outline": "annual_summary",
    "standard": "balance_resources",
    "indicator": "pupils_all",
    "section": "基本情况",
    "sheet": "basic",
    "field": "school_type",
    "kind": "indicator",
    "name": "pupils_all",
    "ledger": "hazards",
}
SCHOOL = "2163990006"
BEGUN = {
    "releases/verify/": ("leader", "/releases/verify", {}),
    "journal/verify/": ("auditor", "/journal/verify", {}),
    "audit/": ("office_clerk", "/audit/new", {"text": "全县共有学校66所。"}),
    "works/": ("administrator", "/admin/backup/make", {}),
}
"""What makes the thing of which a page's address has the key, by how the address begins."""

TRIES = 3
"""How often a page is asked that asks too much: the first times may read what is then kept, and
reading a restricted ledger is told in the journal, after which what is kept is renewed."""


def main(root: Path, most: int, alike: int) -> None:
    """Ask for every page as everybody; one that asks more than it may is asked again."""
    setting_up(root)
    from xianxue.web.rooms import urlpatterns  # noqa: PLC0415 - needs Django set up first

    with (root / "accounts.tsv").open(encoding="utf-8") as file:
        people = {one["role"]: one for one in csv.DictReader(file, delimiter="\t")}
    clients = {role: signed_in(one) for role, one in people.items()}
    keys = begun(clients)
    entry, proof = registered(clients["office_clerk"])
    examined = examination(clients["office_clerk"])
    conducted = appraisal(clients["office_clerk"])
    for role, one in people.items():
        client = clients[role]
        known = {
            **KNOWN,
            "place": one["place"] if one["place"].isdigit() else SCHOOL,
            "login": one["login"],
        }
        for route in pages(urlpatterns, ""):
            own = {"number": entry, "digest": proof, "kind": "rectification"}
            own = own if route.startswith("ledgers/") else {}
            own = examined if route.startswith("exams/") else own
            own = {**own, **BALLOT} if route.startswith("ballots/") else own
            own = {**own, **APPRAISAL} if route.startswith("appraisal/") else own
            own = conducted if "<str:period>/run/" in route else own
            own = {**own, "kind": "year"} if route.startswith("plan/written/") else own
            known["key"] = next(
                (key for start, key in keys.items() if route.startswith(start)),
                f"pupils_all/{known['place']}/all/2025-2026",
            )
            path = "/" + re.sub(
                r"<(?:\w+:)?(\w+)>", lambda part, of={**known, **own}: of.get(part[1], "1"), route
            )
            # What is printed has all rows.
            page = f"{path}?as=print"
            asked, commonest, status = counted(client, page)
            for _ in range(TRIES - 1):
                if asked <= most and commonest <= alike:
                    break
                asked, commonest, status = counted(client, page)
            sys.stdout.write(f"{asked}\t{commonest}\t{role} {page} {route} {status}\n")


def counted(client: Client, page: str) -> tuple[int, int, int]:
    """Ask for a page; give how many questions it asked, how often the commonest, and its status."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    alike = Counter(re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in asked)
    return len(asked), max(alike.values(), default=0), answer.status_code


APPRAISAL = {"rubric": "safe_campus", "period": "2026", "item": "drills"}
APPRAISAL |= {"card": "senior_teacher", "number": "2025-0001"}
"""A rubric that judges every school, and conditions that somebody of the example county asks for."""
BALLOT = {"card": "cadre_appraisal", "period": "2025", "number": "1", "group": "staff"}
"""A ballot that the example county has held."""


def registered(office: Client) -> tuple[str, str]:
    """Register an entry of a ledger with a photograph; give its number and digest."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(drawn, "JPEG")
    photo = drawn.getvalue()
    said = {"place": SCHOOL, "v-what": "灯不亮（虚构）", "v-found_on": "2026-01-05"}
    said |= {"v-found_by": "self", "v-domain": "fire", "v-grade": "general"}
    file = SimpleUploadedFile("灯.jpg", photo)
    answer = office.post("/ledgers/hazards/new/record", {**said, "files": file})
    assert answer.status_code == 303, answer.content.decode()
    number = answer["Location"].rstrip("/").rpartition("/")[2]
    return number, hashlib.sha256(photo).hexdigest()


def examination(office: Client) -> dict[str, str]:
    """Find the example county's examination, and a school, a class and a group that have sheets."""
    listed = office.get("/exams/").content.decode()
    found = re.search(r'href="/exams/(\w+)/([\d-]+)/([^/"]+)/"', listed)
    assert found
    page = office.get(found[0][6:-1]).content.decode()
    school = re.search(r'/school/(\d+)/"', page)
    assert school
    exam, period, name = found.groups()
    union = re.search(r'/group/([^/"]+)/"', page)
    listed = office.get(f"{found[0][6:-1]}school/{school[1]}/").content.decode()
    in_class = re.search(r'/class/([^/"]+)/"', listed)
    assert union
    assert in_class
    own = {"place": school[1], "in_class": in_class[1], "union": union[1], "number": "0"}
    return {"exam": exam, "period": period, "name": name, **own}


def appraisal(office: Client) -> dict[str, str]:
    """Find an appraisal that goes on, with an item that an office reports, and one of its lines."""
    known = {"rubric": "private_school_inspection", "period": "2026"}
    known |= {"kind": "adjust", "seat": "评委1", "step": "close"}
    at = "/appraisal/private_school_inspection/2026/run/numbers/"
    item = re.search(rf'href="{at}(\w+)/"', office.get(at).content.decode())
    assert item
    line = re.search(r'/run/back/(\d+)/"', office.get(f"{at}{item[1]}/").content.decode())
    assert line
    return {**known, "item": item[1], "number": line[1]}


def signed_in(one: Any) -> Client:
    client = Client(HTTP_HOST="localhost")
    said = {"login": one["login"], "password": one["password"]}
    assert client.post("/login/in", said).status_code == 303
    return client


def begun(clients: dict[str, Client]) -> dict[str, str]:
    """Make a release, a report and what has a key; give the keys."""
    released = clients["leader"].post("/releases/freeze/done", {"why": "试发（虚构）"})
    assert released.status_code == 303
    keys = {}
    for start, (role, path, said) in BEGUN.items():
        answer = clients[role].post(path, said)
        assert answer.status_code == 303, path
        keys[start] = answer["Location"].partition("?")[0].strip("/").rpartition("/")[2]
    return keys


def pages(patterns: Sequence[Any], at: str) -> Iterator[str]:
    """Give the addresses of all pages that are read."""
    for each in patterns:
        route = at + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from pages(each.url_patterns, route)
        elif not getattr(each.callback, "writes", True):
            yield route


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
