"""Who the pupils are is shown with a reason alone, and the journal says that it was."""

import json

from xianxue.desk.models import JournalLine

JUNIOR = "3163980002"


def test_nobody_sees_names_without_a_reason(run, big):
    code, text = run("pupils", big, "--school", JUNIOR)
    assert code == 2
    assert "没有写查看的理由" in text
    assert not JournalLine.objects.filter(deed="exams.pupils").exists()


def test_with_a_reason_they_are_seen_and_it_is_written_down(run, big):
    code, text = run("pupils", big, "--school", JUNIOR, "--why", "核对查分申请", "--json")
    assert code == 0, text
    said = json.loads(text)
    assert len(said) == 60
    assert said[3] == {
        "id": "003",
        "name": "考生3（虚构）",
        "school": JUNIOR,
        "class": "2班",
        "track": None,
        "total": "106",
        "marks": {
            "chinese": {"mark": "63", "why": "mark"},
            "mathematics": {"mark": "43", "why": "mark"},
        },
    }
    (line,) = JournalLine.objects.filter(deed="exams.pupils")
    assert (line.why, line.detail["of_place"]) == ("核对查分申请", JUNIOR)
    assert "考生3" not in str(line.detail)
