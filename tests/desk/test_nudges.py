"""Reminders for a group chat, and deadlines as calendars read them."""

from datetime import UTC, date, datetime

from xianxue.desk.report.nudges import Term, calendar, nudge

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


def test_both_kinds_are_named_with_their_number():
    words = nudge("学校年度报表", date(2026, 10, 10), ["雪山小学（虚构）"], ["第一小学（虚构）"])

    assert "》2026年10月10日截止，以下" in words
    assert "以下 1 所还没有报送：雪山小学（虚构）。" in words
    assert "。以下 1 所退回后还没有重报：第一小学（虚构）。" in words
    # The form is named once.
    assert words.count("《") == 1


def test_who_owes_nothing_is_not_named():
    words = nudge("学校年度报表", None, [], ["第一小学（虚构）"])

    assert "没有报送" not in words
    assert "截止" not in words


def test_a_calendar_is_read_as_it_was_meant():
    term = Term("a/b", date(2026, 12, 31), "《报表，一；二》\n截止", "/returns/")
    text = calendar("示例县（虚构）", [term], AT).decode()

    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20261231\r\n" in text
    # The day after: an event of a whole day ends before its end.
    assert "DTEND;VALUE=DATE:20270101\r\n" in text
    assert "\\n截止" in text.replace("\r\n ", "")


def test_no_line_is_longer_than_readers_take_and_no_character_is_torn():
    title = "《" + "学校年度报表" * 20 + "》"
    data = calendar("县", [Term("k", date(2026, 1, 1), title)], AT)

    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert title in data.decode().replace("\r\n ", "")
