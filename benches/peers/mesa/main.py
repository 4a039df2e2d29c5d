"""The small commons in Mesa: one class of agent, two calls of `AgentSet.do` a step."""
import json
import math
import sys
import time

import mesa

GROWTH, CLAIM, LEARNING, SHARPNESS, AUDIT, FINE = 0.35, (5.0, 10.0), 0.1, 0.5, 0.2, 20.0


class User(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.value = [0.0, 0.0]
        self.choice = 0

    def decide(self):
        model = self.model
        chance = 1.0 / (1.0 + math.exp(-SHARPNESS * (self.value[1] - self.value[0])))
        self.choice = choice = 1 if model.random.random() < chance else 0
        model.demand += CLAIM[choice]
        model.greedy += choice

    def learn(self):
        model = self.model
        choice = self.choice
        pay = CLAIM[choice] * model.scale
        audit = model.random.random()
        if choice == 1 and audit < AUDIT:
            pay -= FINE
        self.value[choice] += LEARNING * (pay - self.value[choice])


class Commons(mesa.Model):
    def __init__(self, n, seed):
        super().__init__(rng=seed)
        self.capacity = 100.0 * n
        self.stock = self.capacity
        self.total = 0.0
        self.greedy = 0
        self.demand = 0.0
        self.scale = 1.0
        User.create_agents(self, n)

    def step(self):
        self.demand = 0.0
        self.agents.do("decide")
        self.scale = min(1.0, self.stock / self.demand)
        self.agents.do("learn")
        taken = self.demand * self.scale
        grown = self.stock + GROWTH * self.stock * (1 - self.stock / self.capacity)
        self.stock = max(grown - taken, 0.01 * self.capacity)
        self.total += taken


n, t, runs, seed = map(int, sys.argv[1:5])
start, cpu = time.perf_counter(), time.process_time()
stock = harvest = greedy = 0.0
for number in range(runs):
    model = Commons(n, seed + number)
    for _ in range(t):
        model.step()
    stock += model.stock / model.capacity / runs
    harvest += model.total / (n * t) / runs
    greedy += model.greedy / (n * t) / runs
    model.remove_all_agents()
secs, cpu = time.perf_counter() - start, time.process_time() - cpu
print(json.dumps(dict(n=n, t=t, runs=runs, secs=secs, cpu=cpu, stock=stock, harvest=harvest, greedy=greedy)))
