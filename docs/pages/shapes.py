"""What every command prints with ``--json``: the keys, and what each says.

A path names a key: ``findings[].place`` is the key ``place`` of each thing in the list
``findings``, ``[]`` the list that is printed itself. ``?`` marks a key that stands only where
there is something to say; ``[]=issue`` a list of complaints, which are alike everywhere.
``tests/docs/test_json.py`` runs each command and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pages.words import page, table

ISSUE: Final = (
    "code severity file sheet cell place form field saw required citation do message cause"
    " cause_of measures"
)
"""The keys of a complaint, wherever it stands."""

FREE: Final = frozenset({"[].detail", "coverage", "[].coverage", "expired"})
"""Keys of what these hold are not fixed: forms, or whatever a deed has changed."""

SHAPES: Final[dict[str, str]] = {
    "assess": """
        [].standard [].term [].source standard term period on verdict findings spread not_counted
        doubts release findings[].place findings[].stage findings[].criterion findings[].term
        findings[].value findings[].shown findings[].rule findings[].threshold findings[].verdict
        findings[].lacking findings[].missing findings[].rests_on findings[].citation
        findings[].way? findings[].lacking.quantity findings[].lacking.unit
        findings[].lacking.noun findings[].lacking.surplus findings[].way[].criterion
        findings[].way[].line findings[].way[].left_below findings[].way[].quantity
        findings[].way[].unit findings[].way[].noun findings[].way[].surplus spread[].criterion
        spread[].stage spread[].value spread[].limit spread[].verdict spread[].place
        spread[].missing spread[].citation not_counted[].place not_counted[].stage
        not_counted[].reason findings[].local? findings[].local.term findings[].local.loosens
        findings[].local.citation spread[].local? spread[].local.term spread[].local.loosens
        spread[].local.citation local? local[].term local[].loosens local[].citation
    """,
    "audit": """
        file characters numbers findings against findings[].verdict findings[].kind
        findings[].quote findings[].start findings[].end findings[].stated findings[].terms
        findings[].computed findings[].suggestion findings[].message findings[].stated.text
        findings[].stated.value findings[].stated.unit findings[].stated.start
        findings[].stated.end findings[].terms[].text findings[].terms[].value
        findings[].terms[].unit findings[].terms[].start findings[].terms[].end
        findings[].computed.low findings[].computed.high against.workspace against.period
        against.release against.numbers against.numbers[].state against.numbers[].how
        against.numbers[].text against.numbers[].start against.numbers[].end against.numbers[].key
        against.numbers[].term against.numbers[].place against.numbers[].period
        against.numbers[].written against.numbers[].now against.numbers[].message against.waiting?
    """,
    "backup": """
        county name made_at files bytes seal journal file left issues issues[]=issue journal.lines
        journal.digest
    """,
    "catalogue check": """
        []=issue
    """,
    "catalogue codes": """
        [].codes [].term [].entries [].entries[].code [].entries[].term [].entries[].stages
        [].entries[].also [].entries[].note codes term entries entries[].code entries[].term
        entries[].stages entries[].also entries[].note
    """,
    "catalogue diff": """
        taken values fields added standards figures new_figures issues issues[]=issue
        values[].change values[].standard values[].criterion values[].indicator values[].line
        values[].stage values[].from values[].to values[].before values[].after values[].laxer
        values[].loosens fields[].change fields[].form fields[].sheet fields[].fields
        standards[].standard standards[].term standards[].before standards[].after
        standards[].findings standards[].findings[].place standards[].findings[].stage
        standards[].findings[].criterion standards[].findings[].before
        standards[].findings[].after standards[].findings[].before.verdict
        standards[].findings[].before.shown standards[].findings[].before.threshold
        standards[].findings[].before.lacking standards[].findings[].after.verdict
        standards[].findings[].after.shown standards[].findings[].after.threshold
        standards[].findings[].after.lacking figures[].indicator figures[].place figures[].stage
        figures[].slice figures[].before figures[].after
    """,
    "indicators explain": """
        [].indicator [].term [].place [].stage [].period [].value [].unit [].shown [].numerator
        [].denominator [].coverage [].standing [].release [].because [].formula [].numbers
        [].citations [].note [].coverage.reported [].coverage.expected [].coverage.missing
        [].because[].place [].because[].name [].because[].part [].because[].amount
        [].because[].note [].because[].cells [].because[].cells[].place [].because[].cells[].form
        [].because[].cells[].revision [].because[].cells[].file [].because[].cells[].sheet
        [].because[].cells[].cell [].because[].cells[].field [].because[].cells[].term
        [].because[].cells[].value indicator term place stage period value unit shown numerator
        denominator coverage standing release because formula numbers citations note
        coverage.reported coverage.expected coverage.missing because[].place because[].name
        because[].part because[].amount because[].note because[].cells because[].cells[].place
        because[].cells[].form because[].cells[].revision because[].cells[].file
        because[].cells[].sheet because[].cells[].cell because[].cells[].field
        because[].cells[].term because[].cells[].value [].coverage.not_applicable? [].as_of?
        [].why? [].slice? [].slice.dimension [].slice.code [].slice.term [].not_told?
        [].because[].traces? [].because[].traces[].kind [].because[].traces[].place
        [].because[].traces[].restricted [].because[].traces[].words coverage.not_applicable?
        as_of? why? slice? slice.dimension slice.code slice.term not_told? because[].traces?
        because[].traces[].kind because[].traces[].place because[].traces[].restricted
        because[].traces[].words
    """,
    "indicators list": """
        [].indicator [].term [].kind [].unit [].levels [].stages
    """,
    "indicators show": """
        indicator term place stage period value unit shown numerator denominator coverage standing
        release because formula numbers citations note coverage.reported coverage.expected
        coverage.missing because[].place because[].name because[].part because[].amount
        because[].note because[].cells because[].cells[].place because[].cells[].form
        because[].cells[].revision because[].cells[].file because[].cells[].sheet
        because[].cells[].cell because[].cells[].field because[].cells[].term
        because[].cells[].value [].indicator [].term [].place [].stage [].period [].value [].unit
        [].shown [].numerator [].denominator [].coverage [].standing [].release [].because
        [].formula [].numbers [].citations [].note [].coverage.reported [].coverage.expected
        [].coverage.missing [].because[].place [].because[].name [].because[].part
        [].because[].amount [].because[].note [].because[].cells [].because[].cells[].place
        [].because[].cells[].form [].because[].cells[].revision [].because[].cells[].file
        [].because[].cells[].sheet [].because[].cells[].cell [].because[].cells[].field
        [].because[].cells[].term [].because[].cells[].value coverage.not_applicable? as_of? why?
        slice? slice.dimension slice.code slice.term not_told? because[].traces?
        because[].traces[].kind because[].traces[].place because[].traces[].restricted
        because[].traces[].words [].coverage.not_applicable? [].as_of? [].why? [].slice?
        [].slice.dimension [].slice.code [].slice.term [].not_told? [].because[].traces?
        [].because[].traces[].kind [].because[].traces[].place [].because[].traces[].restricted
        [].because[].traces[].words
    """,
    "journal clock": """
        admitted last
    """,
    "journal expire": """
        expired dry_run
    """,
    "journal head": """
        lines digest
    """,
    "journal rebuild": """
        tables cells dry_run issues issues[]=issue
    """,
    "journal show": """
        [].number [].at [].actor [].deed [].subject [].kind [].id [].place [].period [].detail
        [].why [].previous [].digest
    """,
    "journal verify": """
        lines digest whole expired issues issues[]=issue limits
    """,
    "places amend": """
        amended issues issues[]=issue
    """,
    "places basis": """
        start as_of moved undivided moved[].code moved[].counted_under moved[].since
    """,
    "places compare": """
        [].place [].stage [].as_was [].as_of [].comparable
    """,
    "places events": """
        [].line [].day [].event [].code [].into [].name [].township [].school_type [].document
        [].reason [].by
    """,
    "places import": """
        written schools townships unchanged marked issues issues[]=issue
    """,
    "places list": """
        [].code [].name [].level [].parent [].open [].opened [].closed [].school_type [].stages
        [].names [].parents [].successors [].predecessors
    """,
    "places record": """
        recorded issues issues[]=issue recorded.line recorded.day recorded.event recorded.code
        recorded.into recorded.name recorded.township recorded.school_type recorded.document
        recorded.reason recorded.by
    """,
    "places show": """
        code name level parent open opened closed school_type stages names parents successors
        predecessors events successors[].day successors[].code successors[].whole
        successors[].event events[].line events[].day events[].event events[].code events[].into
        events[].name events[].township events[].school_type events[].document events[].reason
        events[].by predecessors[].day predecessors[].code predecessors[].whole
        predecessors[].event
    """,
    "places undo": """
        undone issues issues[]=issue undone.line undone.day undone.event undone.code undone.into
        undone.name undone.township undone.school_type undone.document undone.reason undone.by
    """,
    "release diff": """
        causes cells figures same_value verdicts overrides same_cards causes[].number
        causes[].kind causes[].about causes[].told causes[].by causes[].at causes[].why
        cells[].form cells[].place cells[].sheet cells[].row cells[].field cells[].cell
        cells[].before cells[].after cells[].by cells[].at cells[].why figures[].figure
        figures[].before figures[].after figures[].causes verdicts[].standard verdicts[].criterion
        verdicts[].place verdicts[].stage verdicts[].before verdicts[].after verdicts[].causes
        overrides[].form overrides[].place overrides[].revision overrides[].rule overrides[].term
        overrides[].reason
    """,
    "release list": """
        [].release [].digest [].at [].by [].why [].coverage
    """,
    "release show": """
        release digest at by why coverage overrides released_by_override
    """,
    "release verify": """
        faults releases recounted not_recounted
    """,
    "report list": """
        [].outline [].term
    """,
    "report slots": """
        [].slot [].owner [].about [].file [].paragraphs
    """,
    "report write": """
        outline term period release file sheet missing unwritten issues issues[]=issue
        unwritten[].slot unwritten[].owner unwritten[].about unwritten[].file
    """,
    "restore": """
        county name made_at files bytes seal journal folder restored aside issues issues[]=issue
        journal.lines journal.digest
    """,
    "returns accept": """
        accepted issues issues[]=issue accepted[].file accepted[].form accepted[].place
        accepted[].revision accepted[].unchanged
    """,
    "returns approve": """
        done issues issues[]=issue unusual unusual[]=issue done[].form done[].period done[].place
        done[].name done[].state done[].term done[].revision done[].times_returned
    """,
    "returns attach-scan": """
        form period place revision unchanged scans scans[].file scans[].digest scans[].kind
        scans[].size
    """,
    "returns check": """
        []=issue
    """,
    "returns duplicates": """
        form term fields duplicates prefilled_from cells cells.asked cells.saved cells.places
        cells.places[].place cells.places[].asked cells.places[].saved
    """,
    "returns explain": """
        form rule place field value text by first_period
    """,
    "returns explanations": """
        [].rule [].place [].name [].where [].value [].text [].by [].on [].same_text
    """,
    "returns extend": """
        form period place until reason
    """,
    "returns map": """
        tables issues issues[]=issue kept written tables[].file tables[].sheet tables[].form
        tables[].lines_of tables[].also_lines_of tables[].fingerprint tables[].mapping
        tables[].item_a_row tables[].rows tables[].columns tables[].blanks tables[].missing
        tables[].columns[].column tables[].columns[].header tables[].columns[].nth
        tables[].columns[].field tables[].columns[].term tables[].columns[].certainty
        tables[].columns[].score tables[].columns[].reasons tables[].columns[].doubt
        tables[].columns[].others tables[].columns[].unit tables[].columns[].conversion
        tables[].columns[].example tables[].missing[].field tables[].missing[].term
        tables[].missing[].rows
    """,
    "returns notice circular": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns notice opinion": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns notice reminder": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns pass-on": """
        done issues issues[]=issue
    """,
    "returns print": """
        form period place revision content file
    """,
    "returns release": """
        release digest new coverage overrides overrides[].form overrides[].place
        overrides[].revision overrides[].rule overrides[].term overrides[].reason
    """,
    "returns remind": """
        [].form [].on [].place [].name [].state [].term [].revision [].accepted [].waiting
        [].first_handed_in [].late [].days_over [].times_returned [].extended_until
    """,
    "returns review": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "returns scans": """
        [].form [].place [].name [].revision [].content [].scans [].scans[].file [].scans[].digest
        [].scans[].kind [].scans[].size
    """,
    "returns send-back": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "returns status": """
        [].form [].place [].name [].revision [].submitted [].state
    """,
    "returns submit": """
        submitted issues issues[]=issue submitted[].file submitted[].form submitted[].place
        submitted[].revision submitted[].state submitted[].unchanged
    """,
    "returns trail": """
        form period place state term deadline times_returned revisions steps steps[].number
        steps[].at steps[].deed steps[].term steps[].by steps[].role steps[].changed steps[].why
        steps[].told revisions[].number
        revisions[].at revisions[].by revisions[].clerk revisions[].head revisions[].file
        revisions[].digest revisions[].accepted revisions[].comments revisions[].scans
        revisions[].foot revisions[].comments[].sheet revisions[].comments[].tab
        revisions[].comments[].row revisions[].comments[].field revisions[].comments[].cell
        revisions[].comments[].text revisions[].comments[].by revisions[].comments[].at
        revisions[].scans[].file revisions[].scans[].digest revisions[].scans[].kind
        revisions[].scans[].size
    """,
    "returns window": """
        form period due lock
    """,
    "returns withdraw": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "targets import": """
        []=issue set?
    """,
    "targets list": """
        [].indicator [].term [].place [].stage [].slice [].period [].target [].goal [].unit
        [].value [].completion [].reached [].exceeded [].lamp [].forecast [].origin [].source
        [].revision [].release [].forecast.value [].forecast.method [].forecast.rests_on
    """,
    "targets set": """
        set
    """,
}

WORDS: Final[dict[str, str]] = {
    "about": "与什么有关",
    "accepted": "收下的（逐份）；在一版上：是不是收下的一版",
    "actor": "谁办的",
    "added": "新增的卡片",
    "admitted": "是不是登记了",
    "after": "以后的",
    "against": "与工作目录的数对照",
    "also": "也写作",
    "also_lines_of": "各行还可能是哪张分表的",
    "amended": "与日志上次所记不同的单位代码",
    "amount": "数量",
    "as_of": "按哪一天的学校归并",
    "as_was": "按当时的学校算的数",
    "aside": "被换下的原件放在哪里",
    "asked": "要填的格数",
    "at": "什么时候",
    "base": "第一次记名册时原来的各行",
    "because": "数是怎样来的：逐个单位",
    "before": "原来的",
    "blanks": "空格怎样读",
    "boarding": "寄宿制",
    "by": "谁办的、谁登记的",
    "bytes": "字节数",
    "cause": "同一个起因的编号，没有为空",
    "cause_of": "由它引起的有几条",
    "causes": "变动的起因；在一个数上：起因的序号",
    "cell": "格子，如 C4",
    "cells": "格子；改动过的格子",
    "certainty": "把握：sure、likely 或 unknown 一类",
    "change": "改动卡片的编号",
    "changed": "改了什么",
    "characters": "文稿的字数",
    "citation": "依据",
    "citations": "依据，逐条",
    "clerk": "填报人",
    "closed": "停办日期，没有为 null",
    "code": "代码；一条问题里：问题的编号",
    "codes": "代码表的编号",
    "column": "哪一列",
    "columns": "各列",
    "comments": "审核批注",
    "comparable": "两种口径能不能比",
    "completion": "完成率",
    "computed": "算出来的范围",
    "content": "内容摘要",
    "conversion": "单位换算",
    "counted_under": "算在谁名下",
    "county": "县的代码",
    "coverage": "报了多少：已报、应报、缺谁",
    "criterion": "标准条目的编号",
    "day": "哪一天",
    "days_over": "逾期几天",
    "deadline": "截止日",
    "deed": "事项",
    "denominator": "分母",
    "detail": "这一行改变了什么，各种事项不同",
    "digest": "摘要（SHA-256）",
    "dimension": "维度",
    "do": "怎样办",
    "document": "批文",
    "done": "办成的，逐份",
    "doubt": "有什么疑问",
    "doubts": "没有核实的依据",
    "dry_run": "是不是只看不办",
    "due": "截止日",
    "duplicates": "已经有了的栏",
    "end": "到第几个字",
    "entries": "各个代码",
    "event": "哪一种变动",
    "events": "登记过的变动",
    "example": "表里的一个例子",
    "exceeded": "是不是超额完成",
    "expected": "应报几家",
    "expired": "各报表到期的个人信息值数",
    "extended_until": "延期到哪一天",
    "faults": "发现的问题",
    "field": "项目：表.栏",
    "fields": "各栏",
    "figure": "数的标签",
    "figures": "变动的数",
    "file": "文件名",
    "files": "文件数",
    "findings": "逐条判定；审核时：逐处关系",
    "fingerprint": "表头的摘要",
    "first_handed_in": "第一次报送的时间",
    "first_period": "从哪一期开始这样说明",
    "folder": "目录",
    "foot": "表脚填了什么",
    "forecast": "期末预计",
    "form": "报表的编号",
    "formula": "公式",
    "from": "从哪一天起",
    "goal": "at_least 不低于，at_most 不高于",
    "head": "校长",
    "header": "表头",
    "high": "上限",
    "how": "怎样认出来的",
    "id": "编号",
    "indicator": "指标的编号",
    "into": "并入、分出、换成的代码",
    "issues": "问题，逐条",
    "item_a_row": "是不是一行一项",
    "journal": "日志",
    "kept": "记住的列对应",
    "key": "数的标签",
    "kind": "种类",
    "lacking": "还缺多少；不缺为 null",
    "lamp": "亮什么灯",
    "last": "日志最后一行的时间",
    "late": "是不是逾期",
    "laxer": "是不是比原来的宽",
    "left": "没有备份的文件",
    "left_below": "是不是补到那里就够",
    "level": "县、乡镇还是学校",
    "levels": "算到哪几级",
    "limit": "限值",
    "limits": "日志证明不了什么",
    "line": "行号；改动里：指标的线；办法里：补到多少",
    "lines": "行数",
    "lines_of": "各行是哪张分表的",
    "local": "按本县自己的规定判定的",
    "lock": "锁定日",
    "loosens": "放宽的理由",
    "low": "下限",
    "made_at": "什么时候做的",
    "mapping": "记住的列对应的编号",
    "marked": "标注过的文件",
    "measures": "用来判断的统计量",
    "message": "整句话",
    "method": "预计的办法",
    "missing": "缺数的单位；对应时：缺的必填项",
    "moved": "算到别处的学校",
    "name": "名称",
    "names": "用过的名称，带起始日",
    "new": "是不是新的一号",
    "new_figures": "新指标的数有几个",
    "not_applicable": "填“不适用”的单位",
    "not_counted": "未计入的，带理由",
    "not_recounted": "没有重算的各号，带原因",
    "not_told": "公式列不出的原因",
    "note": "说明",
    "notice": "制式公文卡片的编号",
    "noun": "缺的是什么",
    "now": "现在的数",
    "nth": "同名列中的第几列",
    "number": "序号",
    "numbers": "列式；审核时：读到的数",
    "numerator": "分子",
    "on": "哪一天",
    "open": "那一天是不是在办",
    "opened": "开办日期",
    "origin": "assigned 上级下达，own 本级自定",
    "others": "其他可能的项目",
    "outline": "提纲的编号",
    "output": "写到哪个文件",
    "overrides": "例外办理",
    "owner": "谁填",
    "paragraphs": "已写几段",
    "parent": "上级的代码",
    "parents": "所在乡镇，带起始日",
    "part": "分子、分母还是合计",
    "period": "时期",
    "place": "单位代码",
    "places": "单位，逐个",
    "predecessors": "来历",
    "prefilled_from": "已有的数在哪里",
    "previous": "上一行的摘要",
    "quantity": "整数，最小的那个",
    "quote": "原文",
    "reached": "是不是达到",
    "reason": "理由",
    "reasons": "根据",
    "recorded": "登记的变动，没有写入为 null",
    "recounted": "重算过的各号",
    "release": "第几号发布，暂行数为 null",
    "released_by_override": "发布本身是不是例外办理",
    "releases": "有几号发布",
    "reported": "已报几家",
    "required": "要求",
    "restored": "是不是恢复了",
    "restricted": "为什么不公开，公开的为 null",
    "rests_on": "靠哪些判定、哪些期",
    "revision": "第几版",
    "revisions": "各版",
    "role": "角色",
    "row": "行的代码",
    "rows": "各行",
    "rule": "规则；判定时：at_least、at_most、less_than 或 combination",
    "same_cards": "两号是不是同样的规则和名册",
    "same_text": "同样说明的有几家",
    "same_value": "数没有变、但算它的人或数变了的有几个",
    "saved": "省下的格数",
    "saw": "看到了什么",
    "scans": "盖章扫描件",
    "school_type": "办学类型的代码",
    "schools": "新登记的学校数",
    "score": "得分",
    "seal": "备份的摘要",
    "set": "设定的目标，逐项",
    "severity": "must_fix 必须改，explain 改正或说明，note 提示",
    "sheet": "分表的编号或工作表名",
    "shown": "印出来的样子",
    "since": "从哪一天起",
    "size": "字节数",
    "slice": "其中一部分：维度和代码",
    "slot": "待填之处",
    "source": "依据的文件",
    "spread": "校际差异的判定",
    "stage": "学段，不分为 null",
    "stages": "学段",
    "standard": "标准的编号",
    "standards": "判定有变动的标准",
    "standing": "counted 统计数，estimated 估计数，supposed 假设数",
    "start": "从第几个字",
    "state": "走到哪一步",
    "stated": "文中写的数",
    "steps": "每一步",
    "subject": "办的是哪一件",
    "submitted": "报送的，逐份；进度里：什么时候报的",
    "successors": "去向",
    "suggestion": "建议怎样改",
    "surplus": "是不是多出来的",
    "tab": "工作表名",
    "tables": "各张表；重建时：重建的数表",
    "taken": "是不是已经启用",
    "target": "目标",
    "term": "名称",
    "terms": "参加计算的数",
    "text": "文字",
    "threshold": "标准值",
    "times_returned": "退回过几次",
    "to": "到哪一天，一直有效为 null",
    "told": "一句话说明",
    "township": "乡镇的代码",
    "townships": "新登记的乡镇数",
    "traces": "不是格子的来处",
    "unchanged": "没有变化的行数；报送时：与上一版是不是一样",
    "undivided": "分不开、没有归并的学校",
    "undone": "撤销的变动，没有撤销为 null",
    "unit": "单位的编号",
    "until": "到哪一天",
    "unusual": "不寻常的值，逐条",
    "unwritten": "还没有人写的各处",
    "value": "值，十进制的文字",
    "values": "规则的值，新旧对照；说明的是哪个值",
    "verdict": "met 达标，not_met 未达标，undetermined 无法判定；审核时：这处关系对不对",
    "verdicts": "变动的判定",
    "waiting": "等谁来办",
    "way": "最省的办法，逐步",
    "where": "在哪里",
    "whole": "是不是整个并入；日志：是不是完好",
    "why": "为什么",
    "words": "一句话",
    "workspace": "工作目录",
    "written": "写入了没有；写出的文件；写的数",
}


def keys(command: str) -> Iterator[tuple[str, bool]]:
    """Give the paths a command prints, each with whether it may be left out."""
    for path in SHAPES[command].split():
        if path.endswith("=issue"):
            yield from ((f"{path.removesuffix('=issue')}.{key}", False) for key in ISSUE.split())
        else:
            yield path.rstrip("?"), path.endswith("?")


def complaints(command: str) -> frozenset[str]:
    """Give the paths of a command's lists of complaints."""
    paths = SHAPES[command].split()
    return frozenset(path.removesuffix("=issue") for path in paths if path.endswith("=issue"))


def json_page() -> str:
    """The shape of what each command prints for programs."""
    said = (
        "每条带 `--json` 的命令输出什么键。`a[].b` 是列表 a 里每一项的键 b；开头的 `[]` 是说"
        "输出的就是一个列表。标“可无”的键，有话说的时候才有。\n"
        "金额、比值等数一律写成十进制的文字，不用浮点数；没有的写 null。\n"
        "同一条命令有两种样子的（列出全部，或只看一个），两种的键都列在一起。"
    )
    issue = "## 问题\n\n各条命令里的一条问题，键都相同；下面写“问题”的就是它。\n\n"
    issue += table(("键", "内容"), [(f"`{key}`", WORDS[key]) for key in ISSUE.split()])
    parts = [_command(name) for name in sorted(SHAPES)]
    return page("JSON", said, issue, *parts)


def _command(name: str) -> str:
    rows: list[tuple[str, str]] = []
    for path in SHAPES[name].split():
        where, _, issue = path.partition("=")
        plain = where.rstrip("?")
        last = plain.rpartition(".")[2].replace("[]", "")
        text = "问题" if issue else WORDS[last]
        rows.append((f"`{plain}`", f"{text}（可无）" if path.endswith("?") else text))
    return f"## xianxue {name}\n\n" + table(("键", "内容"), rows)
