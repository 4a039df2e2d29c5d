"""Shared pools under fortress incentives or shared governance: a simulation engine.

Providers of care, fishers or players draw on pools they share. A scenario says what each finds worth doing, how it is paid, what it
sees and which rules bind it; the engine runs it many times under seeded chance and tells what happens to the pool, the need and
the money.

>>> import commonground as cg
>>> strict = cg.scenario("pasture-ostrom").set("/rules/graduated_sanctions/fine", 1.0).named("strict")
>>> result = cg.compare(["pasture-fortress", strict], runs=64, seed=7)
>>> list(result.differences.columns[:5])
['arm', 'reference', 'measure', 'unit', 'difference']
>>> result.plot("stock")  # a notebook shows it; result.save("folder") writes what the command would
<Chart stock: ...>

Rules of one's own stay Rust (``Scenario::run_under`` of the library): a rule is called in every stage of every step of sixteen runs at once,
which Python would make a thousand times slower. What a scenario can say, :meth:`Scenario.set` and :meth:`Scenario.extended` can.
"""

from ._engine import COMMIT as __commit__
from ._engine import VERSION as __version__
from ._faults import Fault, ScenarioError
from ._result import Chart, Result, compare, load, run
from ._scenario import Scenario, fragments, scenario, scenarios
from ._simulated import Simulated, simulate
from ._table import Table

__all__ = [
    "Chart",
    "Fault",
    "Result",
    "Scenario",
    "ScenarioError",
    "Simulated",
    "Table",
    "__commit__",
    "__version__",
    "compare",
    "fragments",
    "load",
    "run",
    "scenario",
    "scenarios",
    "simulate",
]
