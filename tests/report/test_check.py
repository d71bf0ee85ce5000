"""An outline that names what nobody declared is found before anybody writes with it."""

import pytest

from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.indicator import Choice
from xianxue.bureau.kinds.outline import Column, TableBlock
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.report import grammar
from xianxue.bureau.report.check import claims_in, faults_in


@pytest.fixture
def outline(small):
    """An outline of the small county with one block, made of the given parts."""

    def make(**parts):
        return small.outline(small.text(**parts))

    return make


def test_an_outline_lists_its_claims_with_their_places(outline, small):
    made = outline(text="{county}有学生{pupils/primary}，{balance.arts#met}所达标")
    assert claims_in(made, small.shelf) == [
        (".blocks[0].text", "pupils", Stage.PRIMARY),
        (".blocks[0].text", "balance.arts", None),
    ]


def test_the_small_countys_outline_is_sound(small):
    assert faults_in(small.outline(), small.shelf) == []


@pytest.mark.parametrize(
    ("template", "required"),
    [
        ("{pupils:subject=math}", "指标“在校生数”没有按“subject”细分，去掉细分或换一个指标"),
        ("{people}", "写已有的指标、“标准.评估项”、“台账.计数”或文稿用词"),
        ("{stage}", "写已有的指标、“标准.评估项”、“台账.计数”或文稿用词"),
        ("{pupils#limit}", "“#”后面写 denominator、expected、missing、numerator、reported"),
        ("{pupils/preschool}", "指标“在校生数”没有分“学前”统计，去掉学段或换一个指标"),
        ("{other.arts}", "“.”前面写已有的标准"),
        ("{balance.people}", "“.”后面写标准“虚构均衡标准”中的评估项"),
        ("{balance.arts#others_reach}", "“#”后面写 "),
        ("{balance.joint#limit}", "“#”后面写 "),
        ("{pupils", "按文稿模板的写法"),
        ("学生{pupils}]", "按文稿模板的写法"),
        ("{在校生}", "按文稿模板的写法"),
        ("{pupils/infants}", "按文稿模板的写法"),
    ],
)
def test_what_cannot_be_written_is_found_with_its_place(template, required, outline, small):
    [fault] = faults_in(outline(text=template), small.shelf)
    assert fault.path == ".blocks[0].text"
    assert fault.required.startswith(required)


def test_a_tables_own_words_are_known_in_its_cells_only(outline, small):
    columns = [Column(term="学段", value="{stage}"), Column(term="学校", value="{school}")]
    made = outline(table=TableBlock(term="表", rows="stages", columns=columns))
    assert [fault.path for fault in faults_in(made, small.shelf)] == [
        ".blocks[0].table.columns[1].value"
    ]


def test_items_and_totals_are_templates_too(outline, small):
    table = TableBlock(
        term="表",
        rows="items",
        columns=[Column(term="数", value="{number}")],
        items=[{"number": "{pupils}"}, {"number": "{people}"}],
        total=["{peoples}"],
    )
    assert [fault.path for fault in faults_in(outline(table=table), small.shelf)] == [
        ".blocks[0].table.items[1].number",
        ".blocks[0].table.total[0]",
    ]


def test_a_choice_is_as_good_as_an_indicator(outline, small):
    card = {"choice": "rate", "term": "率", "options": ["consolidation"]}
    source = {"document": "own", "seen": "own"}
    small.shelf.choices["rate"] = card_of(card | {"source": source}, Choice)
    assert faults_in(outline(text="{rate}"), small.shelf) == []


def test_the_grammars_own_table_names_every_word_and_facet():
    facets = grammar.FIGURE_FACETS | grammar.CRITERION_FACETS | grammar.COMBINATION_FACETS
    for facet in facets - {""}:
        assert facet in grammar.__doc__, facet
