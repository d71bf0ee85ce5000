"""What is worth a remark, and the rates that cannot be above a hundred; texts invented (虚构)."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit

REVIEW = "{}年教育工作总结\n{}年新建学校两所。{}年招聘教师。{}年秋季开学平稳。"


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("入学率由85.2%提高到87.5%，提高2.3%。", "2.3%", "remark"),
        ("初中升学率从91.0%上升到94.5%，上升3.5%。", "3.5%", "remark"),
        ("优秀率45%，比上年的40%提高5%。", "5%", "remark"),
        # 40 to 45 is 12.5 % more, and 5 points: both are rightly told so.
        ("优秀率45%，比上年的40%提高12.5%。", "12.5%", "silent"),
        ("入学率由85.2%提高到87.5%，提高2.3个百分点。", "2.3个百分点", "consistent"),
        ("2022-2022学年第一学期。", "2022", "remark"),
        ("2021—2023学年度。", "2023", "remark"),
        ("2021—2022学年度。", "2022", "silent"),
        ("2021年至2025年规划。", "2025年", "silent"),
        (REVIEW.format(2026, 2025, 2025, 2025), "2026年", "remark"),
        (REVIEW.format(2025, 2025, 2025, 2025), "2025年", "silent"),
        (REVIEW.format(2026, 2025, 2025, 2026), "2026年", "silent"),
        # A report is given in the year after, a plan before.
        (REVIEW.format(2026, 2025, 2025, 2025).replace("总结", "报告"), "2026年", "silent"),
        ("初中三年巩固率102.3%。", "102.3%", "inconsistent"),
        ("群众满意度达到108%。", "108%", "inconsistent"),
        ("学前三年毛入学率102.3%。", "102.3%", "silent"),
        ("小学巩固率99.8%。", "99.8%", "silent"),
        ("全年收入完成率102.3%。", "102.3%", "silent"),
    ],
)
def test_remarks(lexicon, text, figure, verdict):
    found = {one.stated.text: one.verdict for one in audit(text, lexicon).findings}
    assert found.get(figure, "silent") == verdict
    assert not {*found} - {figure}
