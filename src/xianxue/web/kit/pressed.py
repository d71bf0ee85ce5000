"""What is told at the command line to be typed is told on pages to be pressed.

A complaint is made where the fault is found, and there nobody knows whether it will be read in a
terminal or in a browser. Whoever reads it in a browser has no terminal: the page says the same in
other words. The sentence is changed and not its finished text, so it holds in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from xianxue.bureau.values.sentence import Sentence, Words, say
from xianxue.catalogue.languages.words import OWN, words_of

_CODES: Final = say("请在“学校”里核对代码")
_WHY: Final = say("写上理由再办")
_TARGETS: Final = say("请管目标的人先撤销这项目标")
_MACHINE: Final = say("请不要再用它，马上告诉管这台机器的人：先封存现场，再从备份恢复")

PRESSED: Final[Mapping[str, Sentence]] = {
    # People.
    "请先移交（xianxue accounts hand-over）或免去（end）；"
    "要立刻不让其登录的，先重设密码（reset）": say(
        "请在本页先“移交”或“免去”；要立刻不让其登录的，先“重设密码”"
    ),
    "请先移交：xianxue accounts hand-over {login} --to 接手的人": say(
        "请在“{login}”的页面上，先“移交”给接手的人", login="{login}"
    ),
    "请核对：xianxue accounts list": say("请在“管理”的人员名单里核对"),
    "请核对：xianxue places list": _CODES,
    "其他人的密码由系统管理员重设：xianxue accounts reset": say(
        "其他人的密码由系统管理员在“管理”里重设"
    ),
    "写明理由（--why）": say("写明理由"),
    "请写明角色和单位（--role、--of）": say("请在“我的账号”里选一项任职"),
    "请核对 --of": say("请核对单位"),
    "请用 --of 写明自己单位的代码": say("请系统管理员核对任职的单位"),
    # A year's turn.
    "期限不对的用 xianxue returns window 改，目标不对的用 xianxue targets set 改": say(
        "期限不对的在“填报”里改，目标不对的请管目标的人改"
    ),
    "《{term}》上一年没有设定过报送期限：xianxue returns window {form} --period {period}": say(
        "《{term}》上一年没有设定过报送期限：开了以后在“填报”里设定", term="{term}"
    ),
    "{year}年的节假日安排还没有登记，期限暂按周末和固定节日推算："
    "公布后用 xianxue ledgers calendar import 登记": say(
        "{year}年的节假日安排还没有登记，期限暂按周末和固定节日推算：公布后请系统管理员登记",
        year="{year}",
    ),
    # Examinations and ledgers.
    "写明定线的文件（--document）": say("写明定线的文件"),
    "写明公布这个数的文件（--document）": say("写明公布这个数的文件"),
    "班级要连同学校一起写：--school 代码 --class 班级": say("班级要连同学校一起选"),
    "这类考试的卡片没有写赋分：用 --scheme 写明办法，--subject 写明科目": say(
        "这类考试的卡片没有写赋分"
    ),
    "还没有载入过考试；用 xianxue exams load 载入成绩表": say("还没有载入过考试；请载入成绩表"),
    "还没有开过票；用 xianxue ballots open 开一次": say("还没有开过票"),
    "不写 --round": say("不写是哪一步"),
    "不写 --subject": say("不写测评谁、选谁"),
    "用 --subject 编号=姓名 逐个写明": say("逐个写明编号和姓名"),
    "请把卡片改回去再办；确要这样办的，写明理由（--why）": say(
        "请把卡片改回去再办；确要这样办的，写明理由"
    ),
    "再录：xianxue ballots enter": say("请两个人核对后再录"),
    "{file}：{which}。请用 --province、--track、--year 选一张：{listed}": say(
        "{file}：{which}。请选一张：{listed}", file="{file}", which="{which}", listed="{listed}"
    ),
    "台账改过名称的，请删去这张卡片，用 xianxue ledgers map 重新确认": say(
        "台账改过名称的，请管理员删去这张卡片，再在“迁入”里重新确认"
    ),
    "这次有几类人，请用 --group 写明要哪一类的票：{known}": say(
        "这次有几类人，请选要哪一类的票：{known}", known="{known}"
    ),
    # Appraisals.
    "先登记：xianxue appraise declare（没有的也登记）": say("请先登记回避情况（没有的也登记）"),
    "用 --document 写文号": say("写明文号"),
    "确需提前的，写明例外办理的理由（--override）": say("确需提前的，写明例外办理的理由"),
    "用 --places 写明的岗位：{known}": say("写明的岗位：{known}", known="{known}"),
    # Old reports.
    "--year 要写学年或年份，如 2021-2022 或 2021；写的是 {year}": say(
        "要写学年或年份，如 2021-2022 或 2021；写的是 {year}", year="{year}"
    ),
    (
        "查清哪个对：已经采用的不对，先撤下再采用：xianxue history withdraw {period} {name}；"
        "这一份不对，不用采用它"
    ): say("查清哪个对：已经采用的不对，先撤下再采用；这一份不对，不用采用它"),
    # Plans.
    "{period}还没有设想方案：先用 --set 或各个选项保存一个": say(
        "{period}还没有设想方案：先在“设想”里保存一个", period="{period}"
    ),
    "用 xianxue assess 查看有哪些标准": say("请在“督导评估”里查看有哪些标准"),
    "规定没有写零头进还是舍：{exact} 所，是 {down} 还是 {up}，用 --round 选定": say(
        "规定没有写零头进还是舍：{exact} 所，是 {down} 还是 {up}，请选定",
        exact="{exact}",
        down="{down}",
        up="{up}",
    ),
    # Returns.
    "请核对代码：xianxue places list": _CODES,
    "写上理由再办（--why '理由'）": _WHY,
    "写上理由再办（--override '理由'）": _WHY,
    "请换一人办理；确实没有别人的，写明理由例外办理（--override '理由'）": say(
        "请换一人办理；确实没有别人的，在“例外办理”里写明理由"
    ),
    "补上签名再办（--clerk 填报人 --head 校长，两个都要写）": say("填报人和校长都签名再办"),
    "写上批注再办（--comment '学生!C4=请核对'）": say("点一格，写上批注再办"),
    "请打印第 {n} 版，重新签字、盖章：xianxue returns print": say(
        "请打印第 {n} 版，重新签字、盖章", n="{n}"
    ),
    "请先报送：xianxue returns submit": say("请先在“填报”里报送"),
    "要改报的，报送新数时再说明：returns submit 加 --explain": say("要改报的，报送新数时再说明"),
    "可以在报送时说明：returns submit 加 --explain '学生!C4=理由'": say(
        "可以在查出问题的页面上逐条说明"
    ),
    "写明规则的编号（--json 里的 code）和 表.行.栏": say("请从查出问题的那一条说明"),
    "用 --rule 写明一处": say("请从查出问题的那一条说明"),
    "用 --value 写明": say("请从查出问题的那一条说明"),
    "不对的改正后再报；属实的，在标注过的工作簿（--marked）的“{sheet}”表里逐条写明原因，"
    "交这一份；也可以报送时加上 --explain '{next}=理由'": say(
        "不对的改正后再报；属实的，在页面上逐条写明原因，或者写在标注副本的“{sheet}”表里，交那一份",
        sheet="{sheet}",
    ),
    "请这样改文件名，或由收表人用 --place、--period 指明；也可以直接交 .xlsx 工作簿": say(
        "请这样改文件名；也可以直接交 .xlsx 工作簿"
    ),
    "请一校一个文件；一行一校的表请用 xianxue returns map 对应后再读": say(
        "请一校一个文件；一行一校的表请交股室对应后再报"
    ),
    "请用模板里的表导出；外来的表请用 xianxue returns map 对应后再读": say(
        "请用模板里的表导出；外来的表请交股室对应后再报"
    ),
    "{period}里{how}的{kind}{many}，请用 --period 写明是哪一个": say(
        "{period}里{how}的{kind}{many}，请选一个时期",
        how="{how}",
        kind="{kind}",
        many="{many}",
        period="{period}",
    ),
    "请从备份恢复，或者把原来的那个文件再附一次；都没有了，重新扫描，用 --instead 附上": say(
        "请从备份恢复，或者把原来的那个文件再附一次；都没有了，重新扫描再附"
    ),
    "请催报后再写，或去掉 --complete，把缺数的段落留空": say("请催报后再写，或者把缺数的段落留空"),
    # Schools and events.
    "还办的请写明附设班的类型（命令行 --attached）；"
    "不再办的请写明不再办（命令行 --no-attached）": say(
        "还办的请选附设班的类型；不再办的请选“不再办”"
    ),
    "请先登记 {target} 变更类型，写明新的办学类型或附设班（命令行 retyped --type --attached），"
    "或核对代码": say(
        "请先登记 {target} 变更类型，写明新的办学类型或附设班，或核对代码", target="{target}"
    ),
    "请填 school_type（命令行 --type）": say("请选办学类型"),
    "请不要写 into（命令行 --into）；确实换发了代码的用 recoded": say(
        "请不要填新代码；确实换发了代码的，登记“换发代码”"
    ),
    "请在 into（命令行 --into）填新的 10 位代码": say("请填新的 10 位代码"),
    "请填 name（命令行 --name）": say("请填新名称"),
    "请填 township（命令行 --township）": say("请选乡镇"),
    "请先用 xianxue targets withdraw 撤销目标": _TARGETS,
    "请用 xianxue places events 看一看再办": say("请在“变动”里看一看再办"),
    "真有变动的，用 xianxue places record 登记；名册写错的，改 places.csv，"
    "再用 xianxue places amend 写明理由；刚开始建名册、要整个换掉的，加 --replace": say(
        "真有变动的，在“学校”的“变动”里登记；名册写错的，请管这台机器的人更正"
    ),
    "补上建校日期；或者用 --since 写明从哪天起，如 --since 2020-09-01": say("补上建校日期"),
    "可以用 xianxue places template 生成名册模板，把内容复制进去": say(
        "可以下载名册模板，把内容复制进去"
    ),
    "填好以后：xianxue places import 文件 --marked 目录；有问题的格子会标出来。": say(
        "填好以后交上来；有问题的格子会标出来。"
    ),
    "{list}的全部名称和代码用 xianxue catalogue codes {id} 查看": say(
        "{list}的全部名称和代码，在“规则”里找 {id}", id="{id}", list="{list}"
    ),
    "名册已经在用：登记过变动，或者收过报表，不能整个换掉；"
    "改名、改类型、撤并请用 xianxue places record": say(
        "名册已经在用：登记过变动，或者收过报表，不能整个换掉；改名、改类型、撤并请在“变动”里登记"
    ),
    "工作簿请用 xianxue places import 导入": say("请管这台机器的人看一看"),
    "请从备份取回，或者重新导入：xianxue places import": say(
        "请管这台机器的人从备份取回，或者重新导入"
    ),
    # Figures, targets, documents.
    "用 xianxue indicators list 查看指标的名称和编号": say("在“指标”里查看名称和编号"),
    "没有指标“{name}”；用 xianxue indicators list 查看全部，"
    "或者 xianxue indicators list 词 查找": say("没有指标“{name}”；请在“指标”里找", name="{name}"),
    "恢复这张卡片，或用 xianxue targets withdraw 撤销这项目标": say("恢复这张卡片，或撤销这项目标"),
    "在名册里补上这个单位，或用 xianxue targets withdraw 撤销这项目标": say(
        "在名册里补上这个单位，或撤销这项目标"
    ),
    "用 xianxue targets withdraw 撤销目标 {key}": say("请撤销目标 {key}", key="{key}"),
    "请先压缩文中的图片，或请办公室在服务器上用 xianxue audit 核对": say(
        "请先压缩文中的图片，或请管这台机器的人核对"
    ),
    "{file} 不是 Word 文稿，加不了批注；文本文件请用 --html": say(
        "{file} 不是 Word 文稿，加不了批注", file="{file}"
    ),
    # What only the machine's keeper can mend.
    "请不要再用它：先封存现场，运行 xianxue journal verify 查看全部，再从备份恢复": _MACHINE,
    "请不要再用它：先封存现场，再用 xianxue journal rebuild 由别的留存件重建；"
    "重建不了的，从备份恢复": _MACHINE,
    "请先把这台机器的时间校准再办；时间没有错、是先前那一行的时间走快了的，由负责人登记："
    "xianxue journal clock --as 姓名 --why 理由": say(
        "请管这台机器的人把时间校准再办；时间没有错的，由他登记校时"
    ),
    "请与备份核对，用 xianxue places record 办理的变动以日志为准": say(
        "请与备份核对；登记过的变动以日志为准"
    ),
    "改得对的，用 xianxue places amend 写明理由；改错的，从备份取回": say(
        "改得对的，请管这台机器的人登记更正；改错的，从备份取回"
    ),
    "这个账户没有读写{file}的权限：请管理员开放；"
    "一个局几个账户合用的，在 xianxue.toml 里写 umask": say(
        "程序没有读写{file}的权限：请管这台机器的人开放", file="{file}"
    ),
    "请对照说明改正，或用 xianxue init 新建一个工作目录": say("请管这台机器的人对照说明改正"),
    "表式改过的，请删去这张卡片，用 xianxue returns map 重新确认": say(
        "表式改过的，请管这台机器的人删去这张卡片，重新确认"
    ),
}
"""The template of the command line to what pages say in its place; its values stand for
themselves."""


@cache
def page_words(language: str) -> Words:
    """Give the sentences of a language as pages tell them."""
    words = words_of(language)
    own = {
        typed: pressed.template
        if language == OWN
        else words.get(pressed.template, pressed.template)
        for typed, pressed in PRESSED.items()
    }
    return {**words, **own}
