/* Sixteen threads on the same handles: the same answers; and with changes among them, never more than a refusal. */
#include <pthread.h>

#include "passes.h"

#define THREADS 16

static world shared;
static attempt reference[FUNCTION_COUNT];
static int rounds;

static int asked(const function *f) { return f->frees < 0 && !f->disturbs; }

static void *same_answers(void *first) {
  int round, step, at;
  for (round = 0; round < rounds; round++) {
    for (step = 0; step < FUNCTION_COUNT; step++) {
      int which = (step + *(int *)first) % FUNCTION_COUNT;
      const function *f = &FUNCTIONS[which];
      const attempt *told = &reference[which];
      attempt a;
      if (!asked(f)) continue;
      attempt_good(&a, f, &shared);
      wanted(f, "fifteen threads beside it", attempt_run(&a, f, NULL), ZEREN_OK);
      for (at = 0; at < f->count; at++) {
        if (f->parameters[at].role == A_OUT_TEXT)
          CHECK(a.texts[at].len == told->texts[at].len && memcmp(a.texts[at].data, told->texts[at].data, a.texts[at].len) == 0);
        if (f->parameters[at].role == A_OUT_ARRAY) CHECK(memcmp(a.arrays[at], told->arrays[at], ARRAY_BYTES) == 0);
      }
      attempt_free(&a, f);
    }
  }
  return NULL;
}

static void *changes_too(void *first) {
  int round, step;
  for (round = 0; round < rounds; round++) {
    for (step = 0; step < FUNCTION_COUNT; step++) {
      const function *f = &FUNCTIONS[(step + *(int *)first) % FUNCTION_COUNT];
      attempt a;
      if (f->frees >= 0) continue;
      attempt_good(&a, f, &shared);
      CHECK(attempt_run(&a, f, NULL) != ZEREN_INTERNAL);
      attempt_free(&a, f);
    }
  }
  return NULL;
}

static void together(void *(*work)(void *)) {
  pthread_t threads[THREADS];
  int numbers[THREADS], at;
  for (at = 0; at < THREADS; at++) {
    numbers[at] = at * 3;
    CHECK(pthread_create(&threads[at], NULL, work, &numbers[at]) == 0);
  }
  for (at = 0; at < THREADS; at++) CHECK(pthread_join(threads[at], NULL) == 0);
}

int main(int count, char **arguments) {
  int at;
  rounds = count > 1 ? atoi(arguments[1]) : 20;
  world_make(&shared);
  for (at = 0; at < FUNCTION_COUNT; at++) {
    if (!asked(&FUNCTIONS[at])) continue;
    attempt_good(&reference[at], &FUNCTIONS[at], &shared);
    CHECK(attempt_run(&reference[at], &FUNCTIONS[at], NULL) == ZEREN_OK);
  }
  together(same_answers);
  together(changes_too);
  for (at = 0; at < FUNCTION_COUNT; at++)
    if (asked(&FUNCTIONS[at])) attempt_free(&reference[at], &FUNCTIONS[at]);
  world_free(&shared);
  return 0;
}
