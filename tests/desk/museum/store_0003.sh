#!/usr/bin/env bash
# How store_0003.zip was made: by the program as it stood at commit 10b6e58, the last whose newest
# migration was 0003_releases, run in an empty folder. Later versions write another store, so the
# archive is kept as it is and never made anew. Everybody and everything in it is invented (虚构).
set -euo pipefail
export LOGNAME=clerk  # what stands as «where» in the journal; the host was called "desk"

xianxue init county --example four_schools
cd county
python - <<'PYTHON'
from pathlib import Path

from xianxue.desk.cli.demo import fill_in
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

fill_in(Workspace.open(Path()), Example.open("four_schools"), Path("workbooks"))
PYTHON

clerk=(--clerk '张三（虚构）' --head '李四（虚构）')
office=(--as '赵六（虚构）')
book() { echo workbooks/"$1"_*.xlsx; }

# The form's window, one school's extension, an event of a place.
xianxue returns window school_annual --due 2027-06-30 --lock 2027-07-31 "${office[@]}"
xianxue returns extend --form school_annual --place 2163980002 --until 2027-07-15 \
    --why '校舍搬迁（虚构）' "${office[@]}"
xianxue places record renamed --code 2163980002 --name 西山乡云上小学 --day 2026-09-01 \
    --reason '更名批复（虚构）' "${office[@]}"

# One school the whole way and corrected after the release, one sent back with a comment, one
# submitted and withdrawn, one that never filed; the county's own form collected.
xianxue returns submit "${clerk[@]}" "$(book 2163980001)"
xianxue returns review --place 2163980001 "${office[@]}"
xianxue returns approve --place 2163980001 --why 核对无误 "${office[@]}"
xianxue returns submit "${clerk[@]}" "$(book 3163980001)"
xianxue returns review --place 3163980001 "${office[@]}"
xianxue returns send-back --place 3163980001 --comment '学生!C4=请核对' "${office[@]}"
xianxue returns submit "${clerk[@]}" "$(book 2163980002)"
xianxue returns withdraw --place 2163980002 --as '张三（虚构）' --why '漏填一项'
xianxue returns accept --as '赵六（虚构）' --why 代收 "$(book 639800)"
xianxue returns release --as '赵六（虚构）' --why 首次公布
python - <<'PYTHON'
from pathlib import Path

from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

workspace = Workspace.open(Path())
for form, place, filed in Example.open("four_schools").returns(workspace.shelf, workspace.register):
    if place.code == "2163980001":
        cells = filed.tables["basic"][0].cells
        funds = cells["training_funds"]
        cells["training_funds"] = type(funds)(funds.value + 100)
        period = workspace.period(None)
        book = write_workbook(form, place, period, workspace.shelf.codes, filed)
        Path("corrected.xlsx").write_bytes(book)
PYTHON
xianxue returns submit "${clerk[@]}" --why 更正培训经费 corrected.xlsx
xianxue journal show --json >journal.json
xianxue returns trail --place 2163980001 --json >trail.json

# Tables are derived and are left out.
rm -rf store/cabinet/tables
zip -q -9 -r -X ../store_0003.zip xianxue.toml places.csv events.csv store corrected.xlsx journal.json trail.json
