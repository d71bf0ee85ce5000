"""The page of asks: what people asked of other such programs, and the tests that hold it here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pages.words import page, table

ROOT: Final = Path(__file__).parents[2]
SAID: Final = """别的报表、台账、表格软件的使用者提过的要求和抱怨，归成可以检验的句子。
每一句后面是守着它的测试；名字里带编号的由程序自动列出，测试改名、删掉，这一页就对不上。
还没有房间的（时钟、证据、考试、调查）不在这里，等房间建起来再列。"""

SENTENCES: Final[dict[str, dict[str, str]]] = {
    "填表": {
        "G1": "表格软件在末尾带的换行不算一行；格子里的换行也不算。",
        "G2": "显示成四舍五入的，贴原数；看不到原数的说出来；`####` 和 `1.2E+17` 不贴。",
        "G3": "块前面的空格子占着自己的列。",
        "G4": "带千分位、全角、货币号的数按一张表读；括号、百分号、逗号小数不猜，要求改。",
        "G5": "有合并格或者比表大的，先看会动哪些格，按一个键才贴。",
        "G6": "拼音、五笔没有上屏以前，不存、不查、不搜、不跳格；上屏的是完整的词。",
        "G7": "自动算的和不用填的格贴不进去，跳过几格写明。",
        "G8": "贴 500 格是一步，撤销一次就回去。",
        "G9": "填表不分页；报送查每一行。",
        "G10": "回车、Tab、方向键、F2、Esc、Ctrl+Z/Y 都能用，在“?”下面列着。",
    },
    "文件": {
        "F1": "长号码、代码、前面的零、班名原样进出；丢了位数的数和变成日期的班名是差错。",
        "F2": "日期怎么写都是同一天；数字格里的序号还是数；与时区、钟点无关。",
        "F3": "合并的数据格不猜属于谁，逐格指出。",
        "F4": "全角空格、不间断空格、零宽字符、全角数字都认，原样留底。",
        "F5": "没有算出结果的公式指出是哪一格，不当空，不当零。",
        "F6": "空行、只有格式的行不算行。",
        "F7": "导入先试：新增、不变各多少，差错逐条，什么都不写。",
        "F8": "导出就是当前条件下的全部行，次序不变，文件里写着条件和行数。",
        "F9": "同一个人同一个查询同时只做一份导出，再点的等那一份。",
        "F10": "文件是普通地址，文件名两种写法；在微信里说明怎么到外面打开。",
    },
    "草稿": {
        "D1": "登录过期、关了页面，填的都在，别人看不到。",
        "D2": "一件事发几遍只办一次，每次答复相同。",
        "D3": "两个页面改得不一样，都留着，选了才定。",
        "D4": "没有改动不说“未保存”，没有存好不说“已存”。",
        "D5": "草稿问一次就丢，一天以内找得回。",
    },
    "数": {
        "N1": "带单位的数都点得开，列出的行按同一个算式正好是它。",
        "N2": "合计的比率按定义算，不是比率的和或平均。",
        "N3": "条件写在地址里，后退、刷新、新窗口、转发看到的一样。",
        "N4": "数旁写着截至哪天、哪次发布或暂行、报了多少。",
        "N5": "发布了的报告数不再动；有新发布时列出哪些会变。",
        "N6": "打印：A4、白底、每页有表头、一行不少、不遮不截。",
        "N7": "找学校按名称、代码、拼音、首字母都行。",
        "N8": "Chromium 92 能走完主要的事；更旧的说明白，不白屏。",
    },
    "期限": {
        "C5": "催报合成一份，一份表一行，不欠的不点名。",
        "C6": "期限按北京时间，到 24 点为止。",
    },
}
"""Each sentence in short, by its number."""
HELD: Final[dict[str, tuple[str, ...]]] = {
    "F3": ("tests/returns/test_refusals.py::test_merged_cells_over_data",),
    "F5": (
        "tests/returns/test_refusals.py::test_a_formula_without_a_result_is_one_complaint_beside_the_others",
    ),
    "F6": ("tests/returns/test_reading.py::test_trailing_and_empty_rows_of_a_list_are_nothing",),
    "F7": (
        "tests/desk/test_places_import.py::test_a_trial_writes_nothing",
        "tests/desk/test_places_import.py::test_the_same_list_again_changes_nothing",
    ),
    "D1": (
        "tests/web/returns/test_session_over.py::test_every_typed_cell_is_there_after_coming_in_again_in_the_page",
        "tests/web/returns/test_session_over.py::test_another_person_on_the_same_machine_is_given_nothing",
        "tests/desk/drafts/test_kept.py::test_a_draft_is_its_owners_alone",
    ),
    "F10": (
        "tests/web/test_files_out.py::test_in_wechat_a_file_is_a_page_that_says_how_to_get_it",
    ),
    "D3": ("tests/desk/drafts/test_kept.py::test_an_old_tab_that_saves_last_overwrites_nothing",),
    "D5": ("tests/desk/drafts/test_kept.py::test_after_a_day_it_is_gone",),
    "G8": ("tests/desk/drafts/test_kept.py::test_a_paste_of_500_cells_is_one_step",),
    "N1": (
        "tests/web/indicators/test_descent.py::test_the_rows_of_a_number_of_every_card_come_to_it_by_its_own_formula",
    ),
    "N5": (
        "tests/web/report/test_pages.py::test_an_issued_report_is_the_file_that_was_issued_for_ever",
        "tests/desk/test_audit_against.py::test_a_report_is_stale_once_a_school_has_corrected_its_return",
    ),
    "N8": (
        "tests/web/returns/test_journey.py::test_a_spoiled_workbook_is_put_right_and_handed_in",
        "tests/web/test_every_page.py::test_a_page_works_in_the_oldest_browser",
    ),
    "C5": ("tests/desk/test_nudges.py::test_who_owes_nothing_is_not_named",),
    "C6": ("tests/desk/actions/test_deadlines.py::test_the_lock_day_itself_is_still_open",),
}
"""Tests without the number in their name that hold a sentence too."""
BUGS: Final[dict[str, tuple[str, ...]]] = {
    "末尾换行、格子里的换行、引号和制表符": (
        "tests/web/returns/test_grid.py::test_g1_a_trailing_line_feed_is_no_row",
        "tests/web/returns/test_grid.py::test_g1_a_line_feed_inside_a_cell_is_no_row",
    ),
    "贴到不能填的格子上": (
        "tests/web/returns/test_grid.py::test_g7_a_paste_over_what_is_worked_out_says_how_many_it_skipped",
    ),
    "输入法没有上屏就发请求": (
        "tests/web/returns/test_grid.py::test_g6_composing_moves_and_saves_nothing",
        "tests/web/returns/test_grid.py::test_g6_no_search_goes_out_while_a_word_is_composed",
    ),
    "15 位以后丢位": (
        "tests/returns/reading/test_spreadsheet_habits.py::test_f1_a_number_beyond_fifteen_digits_has_lost_some",
    ),
    "1904 日期系统、1900-02-29、带钟点的序号": (
        "tests/returns/reading/test_spreadsheet_habits.py::test_f2_a_workbook_that_counts_from_1904_tells_the_same_day",
        "tests/returns/reading/test_spreadsheet_habits.py::test_f2_the_day_that_never_was_is_asked_about",
    ),
    "导出的文件里以 =、+、-、@ 开头的": (
        "tests/web/test_lists.py::test_f8_a_file_holds_texts_as_texts_and_nothing_to_be_run",
    ),
    "名称里的数字按字符排": ("tests/web/test_lists.py::test_names_are_sorted_by_their_numbers",),
    "列表变短了，页码还在后面": (
        "tests/web/test_every_list.py::test_a_page_beyond_the_last_is_the_last",
    ),
    "全选是这一页还是全部筛选的": (
        "tests/web/returns/test_select_all.py::test_all_means_all_of_the_filter_and_the_button_says_how_many",
        "tests/web/returns/test_select_all.py::test_ticked_are_those_that_were_ticked_and_nothing_ticked_is_refused",
    ),
    "一边审核一边又报来了": (
        "tests/web/returns/test_select_all.py::test_what_has_come_anew_since_the_list_was_opened_is_left_and_told",
        "tests/desk/actions/test_steps.py::test_steps_with_many_ask_what_was_looked_at",
    ),
    "两个窗口填一张表，旧窗口后存": (
        "tests/desk/drafts/test_kept.py::test_an_old_tab_that_saves_last_overwrites_nothing",
    ),
    "办完后退、刷新又发一次": (
        "tests/web/test_once.py::test_d2_reloading_after_a_deed_sends_nothing_again",
    ),
    "填到一半登录过期": (
        "tests/web/returns/test_session_over.py::test_every_typed_cell_is_there_after_coming_in_again_in_the_page",
    ),
    "服务器用世界时，零点到八点办的": (
        "tests/desk/test_day_in_beijing.py::test_c6_what_is_entered_before_eight_is_of_that_day",
    ),
    "同名的学校": (
        "tests/desk/actions/test_together.py::test_schools_of_one_name_are_told_apart",
        "tests/targets/test_reading.py::test_what_is_unclear_is_complained_about",
    ),
    "同名的学生、一人两行": (
        "tests/exams/test_reading.py::test_the_same_number_twice_and_namesakes_are_told_apart",
    ),
    "走势里有撤并的学校": (
        "tests/desk/test_places_commands.py::test_a_merged_school_in_a_trend_is_told_on_both_bases",
    ),
    "机器的钟不对": (
        "tests/desk/test_way_commands.py::test_a_clock_that_ran_ahead_is_answered_for",
    ),
    "班名变成日期、文字型的数字": (
        "tests/returns/reading/test_spreadsheet_habits.py::test_a_class_whose_name_became_a_day_is_told",
    ),
    "`#N/A`、`#DIV/0!` 这样的错误值": (
        "tests/returns/reading/test_spreadsheet_habits.py::test_a_cell_with_an_error_is_an_issue_and_no_text",
    ),
    "改了扩展名的文件、网页存成的表、加了密码的": (
        "tests/returns/files/test_refusal.py::test_what_a_file_is_instead",
        "tests/returns/files/test_refusal.py::test_old_files_with_and_without_a_password",
    ),
    "GB18030、UTF-16 的文本": (
        "tests/documents/test_reading.py::test_a_text_file_is_read_in_the_encodings_of_offices",
    ),
    "生僻字和名字里的间隔号": (
        "tests/web/test_lists.py::test_f10_a_name_of_a_file_is_one_on_every_system",
        "tests/web/test_lists.py::test_f8_a_file_holds_texts_as_texts_and_nothing_to_be_run",
    ),
    "办完了的事还在通知里": (
        "tests/desk/standing/test_digest.py::test_what_has_been_done_meanwhile_is_not_on_it",
    ),
    "截止日在休息日、调休": (
        "tests/ledgers/test_days.py::test_a_last_day_on_a_rest_day_moves_only_where_the_card_says_so",
        "tests/ledgers/test_days.py::test_five_working_days_over_the_national_holiday",
    ),
    "分母是零、只有一所学校、没有人答": (
        "tests/desk/test_shares.py::test_of_nobody_a_count_is_nought_and_a_ratio_nothing",
        "tests/exams/test_statistics.py::test_nobody_one_and_all_alike_are_said_in_words",
    ),
    "0.5、2.5 的舍入，带负号的零": (
        "tests/values/test_rounding.py::test_half_up_is_what_decimal_calls_half_up",
        "tests/desk/exams/test_written.py::test_no_nought_has_a_sign",
    ),
    "并列正好在名额、分数线上": (
        "tests/exams/test_items.py::test_all_equals_at_a_cut_are_in_or_none",
        "tests/exams/test_statistics.py::test_the_best_three_with_all_equals_or_none",
    ),
    "打印和手机上表头压住行、页面横着滚": (
        "tests/web/test_every_list.py::test_n6_a_print_has_every_row_and_its_head_on_every_page",
        "tests/web/test_every_page.py::test_a_page_is_clean_for_the_last_who_is_led_there",
    ),
    "照片是 HEIC、空文件，方向不对": (
        "tests/web/ledgers/test_pages.py::test_an_apple_photograph_and_an_empty_file_are_refused_by_name",
        "tests/web/ledgers/test_pages.py::test_e3_photographs_are_upright_and_say_nothing_of_where",
    ),
    "人走了、改了名、在两个股室": (
        "tests/desk/accounts/test_deeds.py::test_the_lines_of_somebody_who_has_gone_stay_theirs",
        "tests/desk/accounts/test_sessions.py::test_who_sits_in_two_offices_does_the_work_of_the_one_they_have_chosen",
    ),
    "29—31 日起的月份、闰年": ("tests/ledgers/test_days.py::test_by_hand",),
    "约出来的各部分加不成总数": (
        "tests/audit/test_exact_bounds.py::test_numbers_rounded_from_what_adds_up_are_never_wrong",
    ),
    "1366×768 的屏幕放大到 200%": (
        "tests/web/test_every_page.py::test_a_page_works_in_the_oldest_browser",
    ),
    "很大的照片、改名成照片的程序": (
        "tests/desk/ledgers/test_pictures.py::test_a_photograph_of_48_megapixels_is_shown_as_large_as_it_is_asked_for",
        "tests/desk/ledgers/test_pictures.py::test_what_is_no_photograph_is_none_whatever_it_is_called",
    ),
    "按遮住的栏筛选，筛出来就知道了": (
        "tests/web/ledgers/test_pages.py::test_what_is_covered_is_not_found_by_searching_for_it",
    ),
}
"""Faults that other such programs are known for, with the tests that would find them here."""
_TEST = re.compile(r"^def (test_((?:[gfdnc]\d+_)+)\w+)", re.MULTILINE)


def asks_page() -> str:
    """Write each sentence with the tests that hold it; refuse one that none holds."""
    found = _numbered()
    for number, tests in HELD.items():
        for test in tests:
            found.setdefault(number, []).append(_there(test))
    known = {number for group in SENTENCES.values() for number in group}
    if known != set(found):
        raise LookupError(known ^ set(found))
    parts = [SAID]
    for title, group in SENTENCES.items():
        parts.append(f"## {title}")
        rows = [(number, said, _told(found[number])) for number, said in group.items()]
        parts.append(table(("编号", "句子", "测试"), rows))
    rows = [(fault, _told([_there(test) for test in tests])) for fault, tests in BUGS.items()]
    parts += ["## 别的软件常见的差错", table(("差错", "在这里会发现它的测试"), rows)]
    return page("提过的要求", *parts)


def _there(test: str) -> tuple[str, str]:
    path, _, name = test.partition("::")
    if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"):
        raise LookupError(test)
    return path, name


def _numbered() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in _TEST.findall(path.read_text(encoding="utf-8")):
            for number in numbers.strip("_").split("_"):
                at = path.relative_to(ROOT).as_posix()
                found.setdefault(number.upper(), []).append((at, name))
    return found


def _told(tests: list[tuple[str, str]]) -> str:
    files = dict.fromkeys(path for path, _ in tests)
    return "<br>".join(
        f"`{path}` " + "、".join(f"`{name}`" for at, name in tests if at == path) for path in files
    )
