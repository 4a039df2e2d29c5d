"""The small commons in Numba: a plain loop, compiled, with NumPy's generator (PCG64) handed in."""
import json
import math
import sys
import time

import numba
import numpy as np

GROWTH, RESTRAINED, GREEDY, LEARNING, SHARPNESS, AUDIT, FINE = 0.35, 5.0, 10.0, 0.1, 0.5, 0.2, 20.0


@numba.njit
def run(n, steps, rng):
    capacity = 100.0 * n
    stock = capacity
    total = 0.0
    greedy = 0
    value = np.zeros((n, 2))
    choice = np.zeros(n, np.int64)
    for _ in range(steps):
        demand = 0.0
        for i in range(n):
            chance = 1.0 / (1.0 + math.exp(-SHARPNESS * (value[i, 1] - value[i, 0])))
            c = 1 if rng.random() < chance else 0
            choice[i] = c
            demand += GREEDY if c == 1 else RESTRAINED
            greedy += c
        scale = min(1.0, stock / demand)
        for i in range(n):
            c = choice[i]
            pay = (GREEDY if c == 1 else RESTRAINED) * scale
            audit = rng.random()
            if c == 1 and audit < AUDIT:
                pay -= FINE
            value[i, c] += LEARNING * (pay - value[i, c])
        taken = demand * scale
        stock = max(stock + GROWTH * stock * (1 - stock / capacity) - taken, 0.01 * capacity)
        total += taken
    return stock / capacity, total / (n * steps), greedy / (n * steps)


n, t, runs, seed = map(int, sys.argv[1:5])
run(4, 4, np.random.default_rng(0))  # compiles it
start, cpu = time.perf_counter(), time.process_time()
sums = [0.0, 0.0, 0.0]
for number in range(runs):
    sums = [a + b for a, b in zip(sums, run(n, t, np.random.default_rng(seed + number)))]
secs, cpu = time.perf_counter() - start, time.process_time() - cpu
stock, harvest, greedy = (total / runs for total in sums)
print(json.dumps(dict(n=n, t=t, runs=runs, secs=secs, cpu=cpu, stock=stock, harvest=harvest, greedy=greedy)))
