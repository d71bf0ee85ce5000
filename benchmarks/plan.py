"""Planning: published optima, the solver spoken to directly, a large county, and balance.

    python benchmarks/plan.py --instances DIR [--seconds 300] [--large]

DIR holds instances as OR-Library and the facility-location collections give them: ``pmed*.txt``
(p-median), ``pmedcap*.txt`` (with capacities, whole villages) and ``sscflp_*.txt`` (single source).
Each is printed with its proved optimum, with the time it took to write the program and to solve it,
and with the same model written straight in the solver's interface. Targets: every optimum proved,
and the program written in a fifth of the time it takes to solve.

``--large`` adds a county of 300 schools and 1,500 villages that may be split, 20 ways a village:
within 1 % of the bound in 120 s; whole villages: best, bound and gap.

At last a balance of 300 schools: each of seven resources proved by itself, and all seven at once
with six of seven lines each: best, bound and gap.

First, and alone with ``--forecast``: 1,000 simulations of 300 invented schools, six years ahead, in
less than 5 s, beside the same walk in plain NumPy, whose middle and band it must have.
"""

import argparse
import random
import time
from fractions import Fraction
from math import inf, isqrt
from pathlib import Path

import numpy as np
from highspy import Highs

from _measured import demand, machine
from xianxue.bureau.plan.balance.balance import balance
from xianxue.bureau.plan.balance.goods import Asked, Good, Held
from xianxue.bureau.plan.balance.goods import broken as broken_together
from xianxue.bureau.plan.balance.question import Question as Spread
from xianxue.bureau.plan.balance.question import School
from xianxue.bureau.plan.balance.together import together
from xianxue.bureau.plan.forecast.chance import turns
from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.shape import Area, Climb, Past, Rules
from xianxue.bureau.plan.layout.layout import broken, lay_out
from xianxue.bureau.plan.layout.model import Layout
from xianxue.bureau.plan.layout.question import Question, Site, Village, Way
from xianxue.bureau.plan.solvers.program import Patience

SEED = 20261130
OPTIMA = {
    "pmed1": 5819,
    "pmed5": 1355,
    "pmed10": 1255,
    "pmedcap1_01": 713,
    "pmedcap1_02": 740,
    "pmedcap1_03": 751,
    "sscflp_holmberg_p1": 8848,
}
BUILDING = 0.2
WITHIN = 0.01
LARGE_SECONDS = 120
BALANCE_SECONDS = 60
TOGETHER = 300
TOGETHER_LINES = (
    ("over-qualified", 0.042, 1),
    ("backbone", 0.01, 1),
    ("arts", 0.009, 1),
    ("teaching area", 4.5, None),
    ("sports area", 7.5, None),
    ("equipment", 0.2, None),
    ("rooms", 0.023, None),
)
"""Of each a pupil, and what it costs to move one; None: it stays."""
MOVES = 500
SCHOOLS, SIMULATIONS, AHEAD = 300, 1000, 6
FORECAST_SECONDS = 5
NEAR = 1e-9


def numbers(path):
    return [int(float(word)) for word in path.read_text(encoding="ascii").split()]


def p_median(path):
    """``n m p``, then edges; an edge that stands twice has its last length; ways are shortest."""
    count, edges, most, *rest = numbers(path)
    far = [[inf] * count for _ in range(count)]
    for at in range(edges):
        start, end, length = rest[3 * at : 3 * at + 3]
        far[start - 1][end - 1] = far[end - 1][start - 1] = length
    for at in range(count):
        far[at][at] = 0
    for middle in range(count):
        through = far[middle]
        for row in far:
            first = row[middle]
            if first < inf:
                row[:] = [min(far, first + more) for far, more in zip(row, through, strict=True)]
    return Question(
        villages=tuple(Village(village=str(at), pupils=(1,)) for at in range(count)),
        sites=tuple(Site(site=str(at)) for at in range(count)),
        ways={
            (village, site): Way(way, way)
            for village, row in enumerate(far)
            for site, way in enumerate(row)
        },
        most_open=most,
    )


def capacitated(path):
    """A number and the best known; ``n p Q``; then ``id x y demand``: ways are ⌊Euclid⌋."""
    _, _, count, most, capacity, *rest = numbers(path)
    rows = [rest[4 * at + 1 : 4 * at + 4] for at in range(count)]
    return Question(
        villages=tuple(Village(village=str(at), pupils=(row[2],)) for at, row in enumerate(rows)),
        sites=tuple(Site(site=str(at), capacity=capacity) for at in range(count)),
        ways={
            (village, site): Way(0, isqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2))
            for village, a in enumerate(rows)
            for site, b in enumerate(rows)
        },
        most_open=most,
        by_head=False,
    )


def single_source(path):
    """``m n``; capacities with fixed costs; demands; costs by site and customer."""
    sites, count, *rest = numbers(path)
    plants = [rest[2 * at : 2 * at + 2] for at in range(sites)]
    demands = rest[2 * sites : 2 * sites + count]
    costs = rest[2 * sites + count :]
    return Question(
        villages=tuple(Village(village=str(at), pupils=(n,)) for at, n in enumerate(demands)),
        sites=tuple(
            Site(site=str(at), state="candidate", capacity=capacity, build_cost=fixed)
            for at, (capacity, fixed) in enumerate(plants)
        ),
        ways={
            (village, site): Way(0, costs[site * count + village])
            for village in range(count)
            for site in range(sites)
        },
        by_head=False,
    )


def directly(question, seconds):
    """The same model, written in the solver's own interface: 0 or 1 for each site and way."""
    solver = Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - as the library has it
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999)
    solver.setOptionValue("threads", 1)
    sites, villages = range(len(question.sites)), range(len(question.villages))
    opened = [solver.addBinary(obj=one.build_cost) for one in question.sites]
    goes = {key: solver.addBinary(obj=way.cost) for key, way in question.ways.items()}
    for village in villages:
        solver.addConstr(sum(goes[village, site] for site in sites) == 1)
    for key, one in goes.items():
        solver.addConstr(one <= opened[key[1]])
    for site in sites:
        capacity = question.sites[site].capacity
        if capacity is not None:
            load = sum(goes[v, site] * question.villages[v].pupils[0] for v in villages)
            solver.addConstr(load <= capacity * opened[site])
    if question.most_open is not None:
        solver.addConstr(sum(opened) <= question.most_open)
    solver.run()
    return round(solver.getInfo().objective_function_value)


def timed(work):
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def instance(path, seconds):
    name = path.stem
    kind = {"pmedcap": capacitated, "pmed": p_median, "sscflp": single_source}
    read = next(how for start, how in kind.items() if name.startswith(start))
    question = read(path)
    layout, building = timed(lambda: Layout(question))
    laid, both = timed(lambda: lay_out(question, Patience(seconds=seconds)))
    direct, taken = timed(lambda: directly(question, seconds))
    faults = broken(question, laid)
    print(
        f"{name}: {laid.status} {laid.cost}, bound {laid.bound}, "
        f"gap {100 * (laid.gap or 0):.2f} %, seed 0; written {building:.2f} s "
        f"({len(layout.program.costs)} columns), written and "
        f"solved {both:.2f} s; straight in the solver's interface: {direct} in {taken:.2f} s",
        flush=True,
    )
    demand(not faults, f"{name} breaks {faults}")
    demand(laid.status == "optimal", f"{name} is not proved in {seconds} s")
    demand(laid.cost == OPTIMA.get(name, laid.cost), f"{name}: {OPTIMA.get(name)} is published")
    solving = both - building
    demand(building <= BUILDING * solving, f"{name} is written in {building:.2f} of {both:.2f} s")


def county(*, split, schools=300, villages=1500, near=20):
    """Invent a county of 60 km by 60, a quarter of whose sites are candidates."""
    chance = random.Random(SEED)
    where = [(chance.uniform(0, 60), chance.uniform(0, 60)) for _ in range(schools)]
    capacities = [chance.randint(150, 900) for _ in where]
    homes = [
        (chance.uniform(0, 60), chance.uniform(0, 60), chance.randint(5, 120))
        for _ in range(villages)
    ]
    ways = {}
    for village, (x, y, _) in enumerate(homes):
        far = sorted(
            (round(1000 * ((x - a) ** 2 + (y - b) ** 2) ** 0.5), site)
            for site, (a, b) in enumerate(where)
        )
        ways |= {(village, site): Way(metres, metres) for metres, site in far[:near]}
    return Question(
        villages=tuple(Village(village=str(at), pupils=(n,)) for at, (_, _, n) in enumerate(homes)),
        sites=tuple(
            Site(
                site=str(at),
                state="candidate" if at % 4 == 0 else "closable",
                capacity=capacity,
                run_cost=300_000 + 500 * capacity,
                build_cost=200_000 if at % 4 == 0 else 0,
            )
            for at, capacity in enumerate(capacities)
        ),
        ways=ways,
        split=split,
    )


def large():
    for split in (True, False):
        question = county(split=split)
        patience = Patience(seconds=LARGE_SECONDS - 20, gap=WITHIN, threads=2)
        layout, building = timed(lambda question=question: Layout(question))
        laid, both = timed(lambda question=question, patience=patience: lay_out(question, patience))
        print(
            f"300 schools, 1,500 villages, {'split' if split else 'whole'}: {laid.status}, best "
            f"{laid.cost}, bound {laid.bound}, gap {100 * (laid.gap or 0):.2f} %, seed 0; written "
            f"{building:.2f} s ({len(layout.program.costs)} columns), in all {both:.1f} s",
            flush=True,
        )
        demand(not broken(question, laid), "a rule is broken")
        if split:
            demand((laid.gap or 0) <= WITHIN, "the gap is more than 1 %")
            demand(both <= LARGE_SECONDS, f"{both:.1f} s are more than {LARGE_SECONDS} s")


def spread_evenly():
    """Seven resources of 300 invented schools, each to the limit that takes about 500 moves."""
    chance = random.Random(SEED)
    pupils = [chance.randint(50, 3000) for _ in range(300)]
    for resource in range(7):
        held = [max(0, round(p * chance.uniform(0.02, 0.06 + resource / 100))) for p in pupils]
        schools = tuple(
            School(school=str(at), pupils=p, teachers=t)
            for at, (p, t) in enumerate(zip(pupils, held, strict=True))
        )
        limit, found, taken = Fraction("0.50"), None, 0.0
        while found is None or (found.cost or 0) < MOVES:
            limit -= Fraction("0.01")
            question = Spread(schools=schools, limit=limit)
            found, taken = timed(lambda question=question: balance(question))
        print(
            f"balance {resource + 1}: {found.status}, {found.cost} moves to {float(limit):.2f}, "
            f"proved in whole numbers in {taken:.2f} s",
            flush=True,
        )
        demand(found.status == "optimal" and found.cost == found.bound, "not proved")
        demand(taken < BALANCE_SECONDS, f"{taken:.1f} s are more than {BALANCE_SECONDS} s")


def all_together():
    """Seven resources of invented schools at once, six of seven lines each; teachers move."""
    chance = random.Random(SEED)
    pupils = [chance.randint(100, 1500) for _ in range(TOGETHER)]
    goods = []
    for name, line, moved in TOGETHER_LINES:
        lines = [Fraction(round(1000 * line * p), 1000) for p in pupils]
        held = tuple(
            Held(
                school=str(at),
                store=f"{name}/{at}",
                have=Fraction(round(float(needed) * chance.uniform(0.4, 2))),
                line=needed,
                weight=Fraction(p),
                per=Fraction(p),
            )
            for at, (p, needed) in enumerate(zip(pupils, lines, strict=True))
        )
        move = None if moved is None else Fraction(moved)
        goods.append(Good(good=name, held=held, limit=Fraction("0.45"), add=Fraction(3), move=move))
    asked = Asked(goods=tuple(goods), need=6, near=Fraction("0.85"))
    found, taken = timed(lambda: together(asked, Patience(seconds=BALANCE_SECONDS)))
    demand(found.cost is not None, "nothing was found")
    print(
        f"all together, {TOGETHER} schools: {found.status}, {found.cost}, bound {found.bound}, "
        f"gap {100 * float(found.gap):.2f} % in {taken:.2f} s",
        flush=True,
    )
    demand(not broken_together(asked, found.more), "a rule is broken")
    demand(found.status == "optimal" or found.cost > found.bound, "a gap is called none")


def past_of(schools, grades=6, years=range(2014, 2026)):
    """Invent births and pupils of schools whose entrants are born in their own area."""
    chance = random.Random(SEED)
    born, pupils = {}, {}
    for at in range(schools):
        size = chance.randint(10, 200)
        born[str(at)] = {year: size + chance.randint(-3, 3) for year in range(2006, 2026)}
        pupils[str(at)] = {
            f"G{grade}": {year: size + chance.randint(-3, 3) for year in years}
            for grade in range(1, grades + 1)
        }
    return Past(births=born, pupils=pupils)


def foreseen():
    """1,000 simulations of six years for 300 schools, beside the same walked in plain NumPy."""
    steps = tuple(
        Climb(grade=f"G{at}", stage="primary", after=f"G{at - 1}" if at > 1 else "",
              births=((6, Fraction(1)),) if at == 1 else ())
        for at in range(1, 7)
    )  # fmt: skip
    rules = Rules(steps=steps, window=3, shrink=60, years=10, least=4, simulations=SIMULATIONS,
                  band=(10, 90), trend=5)  # fmt: skip
    schools = [Area(code=str(at), level="school", within="county") for at in range(SCHOOLS)]
    areas = (Area(code="county", level="county"), *schools)
    known = Known(areas, steps, past_of(SCHOOLS))
    asked = Projecting(known, rules)
    found, taken = timed(lambda: list(asked.years(AHEAD, "seed", SIMULATIONS)))
    ours = {one.year: one for one in found if one.area == "county"}

    # What is known beforehand to both: mean ratios and deviations, [grade, school(, past year)].
    leaves = known.leaves
    means = np.array(
        [[asked.ratios.ratio(leaf.code, step).mean for leaf in leaves] for step in steps]
    )
    off = np.array([[asked.ratios.deviations(leaf, step) for leaf in leaves] for step in steps])
    past = len(asked.ratios.usable)
    drawn = np.array(turns("seed", SIMULATIONS, AHEAD, past))
    lasting = np.array(turns("seed/mean", SIMULATIONS, rules.window, past))
    last = known.last
    births = np.array([[known.past.births[leaf.code].get(last + 1 + year - 6, 0) for leaf in leaves]
                       for year in range(AHEAD)])  # fmt: skip
    first = np.array([[known.past.pupils[leaf.code][step.grade][last] for leaf in leaves]
                      for step in steps])  # fmt: skip

    def plainly():
        ways = np.ones((len(steps), SCHOOLS, SIMULATIONS + 1))
        ways[:, :, 1:] = sum(off[:, :, one] for one in lasting) / len(lasting)
        ways *= means[:, :, None]
        state = np.repeat(first[:, :, None].astype(float), SIMULATIONS + 1, axis=2)
        totals = {}
        for year in range(AHEAD):
            entering = np.repeat(births[year][None, :, None], SIMULATIONS + 1, axis=2)
            state = np.concatenate([entering, state[:-1]]) * ways
            state[:, :, 1:] *= off[:, :, drawn[year]]
            whole = state.sum(axis=(0, 1))
            others = np.sort(whole[1:])
            totals[last + 1 + year] = (
                whole[0], others[SIMULATIONS // 10], others[SIMULATIONS * 9 // 10],
            )  # fmt: skip
        return totals

    plain, direct = timed(plainly)
    print(
        f"forecast: {SCHOOLS} schools, {SIMULATIONS} simulations, {AHEAD} years: {taken:.2f} s "
        "with ratios, bands of every school and sums upward; the walk alone in plain NumPy "
        f"{direct:.2f} s",
        flush=True,
    )
    for year, (middle, low, high) in plain.items():
        one = ours[year]
        said = ((one.middle, middle), (one.low, min(low, middle)), (one.high, max(high, middle)))
        near = [abs(a - b) <= NEAR * b for a, b in said]
        demand(all(near), f"{year}: {one.low} {one.middle} {one.high}, not {low} {middle} {high}")
    demand(taken < FORECAST_SECONDS, f"{taken:.1f} s are more than {FORECAST_SECONDS} s")


def main():
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--instances", type=Path)
    said.add_argument("--seconds", type=float, default=300.0)
    said.add_argument("--large", action="store_true")
    said.add_argument("--forecast", action="store_true", help="the forecast alone")
    asked = said.parse_args()
    print(machine(), flush=True)
    foreseen()
    if asked.forecast:
        return
    if asked.instances is not None:
        found = sorted(
            path for path in asked.instances.glob("*.txt") if path.name.startswith(("pmed", "sscf"))
        )
        demand(found, f"no instance in {asked.instances}")
        for path in found:
            instance(path, asked.seconds)
    if asked.large or asked.instances is None:
        large()
    spread_evenly()
    all_together()


main()
