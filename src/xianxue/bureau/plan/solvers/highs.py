"""HiGHS, the one library that solves programs here: free, in process, the same answer each time.

Its arithmetic is floating. What it finds is therefore never believed: whoever asks holds the whole
numbers against the rules in exact arithmetic, and calls them optimal only where the bound leaves no
room for anything cheaper by one unit.
"""

from __future__ import annotations

from math import inf
from typing import Final

from highspy import HighsModelStatus, SolutionStatus

# The class as it is in C++: the one in Python around it writes a line into whatever is printed.
from highspy._core import _Highs as Highs  # pyright: ignore[reportPrivateUsage] - as above

from xianxue.bureau.plan.solvers.program import Answer, Patience, Program

_ROWWISE: Final = 2
_MINIMISE: Final = 1
_LESS_THAN_ONE: Final = 0.999
"""Costs are whole numbers: a bound nearer than one unit proves."""


def solve(program: Program, patience: Patience | None = None) -> Answer:
    """Look for the least cost, for as long as patience allows.

    >>> program = Program()
    >>> two, three = program.choose(2, most=1), program.choose(3, most=1)
    >>> _ = program.hold([two, three], [1, 2], least=2)
    >>> found = solve(program)
    >>> found.status, found.whole()
    ('optimal', [0, 1])
    """
    patience = patience or Patience()
    # The threads of an earlier question would refuse to be another number.
    Highs.resetGlobalScheduler(True)  # noqa: FBT003 - as the library has it
    highs = Highs()
    for option, value in (
        ("output_flag", False),
        ("time_limit", patience.seconds),
        ("mip_rel_gap", patience.gap),
        ("mip_abs_gap", _LESS_THAN_ONE if not patience.gap else 0.0),
        ("random_seed", patience.seed),
        ("threads", patience.threads),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(
        len(program.costs),
        len(program.row_lower),
        len(program.columns),
        _ROWWISE,
        _MINIMISE,
        0.0,
        program.costs,
        program.lower,
        program.upper,
        program.row_lower,
        program.row_upper,
        program.starts,
        program.columns,
        program.values,
        [int(whole) for whole in program.whole],
    )
    highs.run()
    return _answer(highs, program)


def _answer(highs: Highs, program: Program) -> Answer:
    ended, info = highs.getModelStatus(), highs.getInfo()
    if ended in {HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible}:
        return Answer("infeasible", (), inf)
    mixed = any(program.whole)
    if info.primal_solution_status != SolutionStatus.kSolutionStatusFeasible:
        return Answer("open", (), info.mip_dual_bound if mixed else -inf)
    bound = info.mip_dual_bound if mixed else info.objective_function_value
    done = ended == HighsModelStatus.kOptimal and info.objective_function_value - bound < 1
    return Answer("optimal" if done else "gap", tuple(highs.getSolution().col_value), bound)
