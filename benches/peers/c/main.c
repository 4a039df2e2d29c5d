/* The small commons in plain C: an array of structs, xoshiro256++ seeded anew for each run, exp of the C library. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define GROWTH 0.35
#define LEARNING 0.1
#define SHARPNESS 0.5
#define AUDIT 0.2
#define FINE 20.0

static const double claim[2] = {5.0, 10.0};

typedef struct {
  double value[2];
  int choice;
} User;

static uint64_t state[4];

static inline uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static inline uint64_t next(void) {
  uint64_t drawn = rotated(state[0] + state[3], 23) + state[0], shifted = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotated(state[3], 45);
  return drawn;
}

static inline double uniform(void) { return (next() >> 11) * 0x1.0p-53; }

/* splitmix64, as the authors of xoshiro advise */
static void seed(uint64_t x) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = (x += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    state[i] = z ^ (z >> 31);
  }
}

/* Adds stock, harvest and share of greedy choices of one run. */
static void run(long n, long steps, double *sums) {
  double capacity = 100.0 * n, stock = capacity, total = 0;
  long greedy = 0;
  User *users = calloc(n, sizeof *users);
  if (!users) exit(1);
  for (long t = 0; t < steps; t++) {
    double demand = 0;
    for (long i = 0; i < n; i++) {
      double chance = 1.0 / (1.0 + exp(-SHARPNESS * (users[i].value[1] - users[i].value[0])));
      users[i].choice = uniform() < chance;
      demand += claim[users[i].choice];
      greedy += users[i].choice;
    }
    double scale = stock / demand;
    if (scale > 1) scale = 1;
    for (long i = 0; i < n; i++) {
      int c = users[i].choice;
      double pay = claim[c] * scale, audit = uniform();
      if (c == 1 && audit < AUDIT) pay -= FINE;
      users[i].value[c] += LEARNING * (pay - users[i].value[c]);
    }
    double taken = demand * scale;
    stock += GROWTH * stock * (1 - stock / capacity) - taken;
    if (stock < 0.01 * capacity) stock = 0.01 * capacity;
    total += taken;
  }
  free(users);
  sums[0] += stock / capacity;
  sums[1] += total / ((double)n * steps);
  sums[2] += greedy / ((double)n * steps);
}

static double seconds(clockid_t which) {
  struct timespec now;
  clock_gettime(which, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

int main(int count, char **words) {
  if (count != 5) return 2;
  long n = atol(words[1]), t = atol(words[2]), runs = atol(words[3]), first = atol(words[4]);
  double sums[3] = {0, 0, 0}, cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), start = seconds(CLOCK_MONOTONIC);
  for (long r = 0; r < runs; r++) {
    seed(first + r);
    run(n, t, sums);
  }
  double secs = seconds(CLOCK_MONOTONIC) - start;
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("{\"n\":%ld,\"t\":%ld,\"runs\":%ld,\"secs\":%g,\"cpu\":%g,\"stock\":%.10g,\"harvest\":%.10g,\"greedy\":%.10g}\n",
         n, t, runs, secs, cpu, sums[0] / runs, sums[1] / runs, sums[2] / runs);
}
