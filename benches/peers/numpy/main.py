"""The small commons in NumPy: arrays of runs × users, so that many runs go at once (about 20,000 users a block, which fit the cache)."""
import json
import sys
import time

import numpy as np

GROWTH, RESTRAINED, GREEDY, LEARNING, SHARPNESS, AUDIT, FINE = 0.35, 5.0, 10.0, 0.1, 0.5, 0.2, 20.0
USERS_A_BLOCK = 20_000


def run(runs, n, steps, seed):
    rng = np.random.default_rng(seed)
    capacity = 100.0 * n
    stock = np.full((runs, 1), capacity)
    total = np.zeros((runs, 1))
    restrained = np.zeros((runs, n))
    greedy = np.zeros((runs, n))
    chosen = 0
    for _ in range(steps):
        chance = 1.0 / (1.0 + np.exp(-SHARPNESS * (greedy - restrained)))
        choice = rng.random((runs, n)) < chance
        count = choice.sum(axis=1, keepdims=True)
        demand = RESTRAINED * n + (GREEDY - RESTRAINED) * count
        scale = np.minimum(1.0, stock / demand)
        caught = rng.random((runs, n)) < AUDIT
        pay = GREEDY * scale - FINE * caught
        greedy = np.where(choice, greedy + LEARNING * (pay - greedy), greedy)
        restrained = np.where(choice, restrained, restrained + LEARNING * (RESTRAINED * scale - restrained))
        taken = demand * scale
        stock = np.maximum(stock + GROWTH * stock * (1 - stock / capacity) - taken, 0.01 * capacity)
        total += taken
        chosen += int(count.sum())
    return stock.sum() / capacity, total.sum() / (n * steps), chosen / (n * steps)


n, t, runs, seed = map(int, sys.argv[1:5])
block = max(1, min(runs, USERS_A_BLOCK // n))
start, cpu = time.perf_counter(), time.process_time()
sums = [0.0, 0.0, 0.0]
for first in range(0, runs, block):
    sums = [a + b for a, b in zip(sums, run(min(block, runs - first), n, t, seed + first))]
secs, cpu = time.perf_counter() - start, time.process_time() - cpu
stock, harvest, greedy = (float(total) / runs for total in sums)
print(json.dumps(dict(n=n, t=t, runs=runs, secs=secs, cpu=cpu, stock=stock, harvest=harvest, greedy=greedy)))
