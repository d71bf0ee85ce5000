"""An invented county of any number of schools: the example county's, each copied so many times.

A copy has a code and a name of its own and reports what its model reports; the county's own counts
grow with the number of schools, so that its rates stay what they were.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from xianxue.desk.stores import examples

MODEL = "demo_county"
NAME = "many_schools"
APART = 1000
"""How far the codes of a school and its next copy lie apart."""
COUNTED = ("age_enrolment", "disabled", "elsewhere", "funds", "nine_year", "population")
"""The county's own sheets that hold counts of people and money."""
DEMO = """
import sys
from pathlib import Path
from xianxue.desk.stores import examples
examples.FOLDER = Path(sys.argv[1])
from xianxue.desk.cli import main
sys.exit(main(["demo", sys.argv[2], "--example", sys.argv[3]]))
"""
PEOPLE = {
    "school_clerk": 150,
    "school_head": 20,
    "central_school": 10,
    "office_clerk": 12,
    "leader": 4,
    "auditor": 2,
    "administrator": 2,
}
"""How many people of each role, of two hundred; more come in the same shares."""
OF_SCHOOLS = ("school_clerk", "school_head")
OF_TOWNSHIPS = ("central_school",)


def build(folder: Path, schools: int, people: int) -> Path:
    """Make a workspace of a county with so many schools, its returns approved; give its folder.

    Its people have practice accounts, listed in ``people.tsv``.
    """
    workspace = folder / "county"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        lay_out(folder / "examples" / NAME, schools)
        words = [str(folder / "examples"), str(workspace), NAME]
        done = subprocess.run(
            [sys.executable, "-c", DEMO, *words], capture_output=True, text=True, check=False
        )
        if not (workspace / "store").is_dir():
            sys.exit(done.stdout + done.stderr)
        subprocess.run([sys.executable, __file__, str(workspace), str(people)], check=True)
        (folder / "made").write_text(done.stdout + done.stderr, encoding="utf-8")
    return workspace


def appoint(workspace: Path, people: int) -> None:
    """Make accounts for so many people, and list them with their passwords."""
    from xianxue.desk.standing.standing import Standing  # noqa: PLC0415 - in a process of its own

    standing = Standing(workspace)
    ground = standing.ground()
    from xianxue.bureau.workflow.subject import Actor  # noqa: PLC0415 - with the database open
    from xianxue.desk.accounts.listed import Listed  # noqa: PLC0415 - as above
    from xianxue.desk.actions.accounts.create import CreateAccounts  # noqa: PLC0415 - as above
    from xianxue.desk.stores import clock  # noqa: PLC0415 - as above

    register = standing.workspace().register
    schools = [each.code for each in register if each.level == "school"]
    townships = [each.code for each in register if each.level == "township"]
    lines = []
    for role, many in PEOPLE.items():
        places = schools if role in OF_SCHOOLS else townships if role in OF_TOWNSHIPS else [""]
        for number in range(-(-many * people // sum(PEOPLE.values()))):
            login = f"{role.replace('_', '-')}-{number}"
            place = places[number % len(places)]
            lines.append(Listed(login=login, name=f"{login}（虚构）", role=role, place=place))
    who = Actor("管理员（虚构）", "administrator")
    made = CreateAccounts(ground, who, clock.now(), "压力测试的练习账号（虚构）")(lines)
    told = ["login\tpassword\trole\tplace"]
    told += [f"{each.login}\t{each.password}\t{each.role}\t{each.place}" for each in made]
    (workspace / "people.tsv").write_text("\n".join(told) + "\n", encoding="utf-8")


def lay_out(folder: Path, schools: int) -> None:
    """Write the county as an example: its register and its sheets."""
    model = examples.FOLDER / MODEL
    folder.mkdir(parents=True)
    names = {
        line["code"]: line["name"]
        for line in _read(model / "places.csv")
        if line["level"] == "school"
    }
    copies = Copies(names, schools)
    said = (model / "example.yaml").read_text(encoding="utf-8").replace(MODEL, NAME)
    (folder / "example.yaml").write_text(said, encoding="utf-8")
    for path in sorted(model.rglob("*.csv")):
        to = folder / path.relative_to(model)
        to.parent.mkdir(parents=True, exist_ok=True)
        if path.name == "targets.csv":
            shutil.copyfile(path, to)
            continue
        lines = _read(path)
        key = "code" if path.name == "places.csv" else "place"
        made = [copy for line in lines for copy in copies.of(line, key, path.stem)]
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, lines[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(made)


class Copies:
    """The copies of each school."""

    def __init__(self, names: dict[str, str], schools: int) -> None:
        self.names = names
        self.times = Decimal(schools) / len(names)
        whole, rest = divmod(schools, len(names))
        self.many = {code: whole + (at < rest) for at, code in enumerate(names)}

    def of(self, line: dict[str, str], key: str, sheet: str) -> list[dict[str, str]]:
        """Give a line for each copy of its school; a county's line once."""
        code = line[key]
        if code not in self.names:
            return [self._grown(line) if sheet in COUNTED else line]
        return [self._copy(line, key, number) for number in range(self.many[code])]

    def _copy(self, line: dict[str, str], key: str, number: int) -> dict[str, str]:
        code = str(int(line[key]) + APART * number)
        name = self.names[line[key]] + (f"{number + 1}校区" if number else "")
        made = {**line, key: code}
        if "school_code" in line:
            made["school_code"] = code
        if "name" in line and line["name"] == self.names[line[key]]:
            made["name"] = name
        return made

    def _grown(self, line: dict[str, str]) -> dict[str, str]:
        """Let a county's counts grow with its schools."""
        return {
            name: str(int(Decimal(text) * self.times)) if _is_count(name, text) else text
            for name, text in line.items()
        }


def _is_count(name: str, text: str) -> bool:
    return name not in {"place", "row"} and text.replace(".", "", 1).isdigit()


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    appoint(Path(sys.argv[1]), int(sys.argv[2]))
