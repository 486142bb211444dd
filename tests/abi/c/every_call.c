/* Every function of the header: every_call [--traps] [--small-stack] PASS... */
#include <fenv.h>
#include <pthread.h>

#include "passes.h"

static const struct {
  const char *name;
  void (*run)(void);
} PASSES[] = {
    {"good", pass_good},       {"nulls", pass_nulls}, {"wrong_handles", pass_wrong_handles}, {"texts", pass_texts},
    {"numbers", pass_numbers}, {"deep", pass_deep},   {"frees", pass_frees},
    {"language", pass_language},
};

static char **wanted_passes;
static int wanted_count, traps;

static void *run(void *nothing) {
  int at, pass;
  if (traps) CHECK(feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW) != -1);
  for (at = 0; at < wanted_count; at++) {
    int found = 0;
    for (pass = 0; pass < (int)(sizeof PASSES / sizeof *PASSES); pass++) {
      if (strcmp(PASSES[pass].name, wanted_passes[at]) != 0) continue;
      found = 1;
      PASSES[pass].run();
      printf("%s: %d functions\n", PASSES[pass].name, FUNCTION_COUNT);
    }
    CHECK(found);
  }
  return nothing;
}

int main(int count, char **arguments) {
  int small = 0;
  wanted_passes = arguments + 1;
  wanted_count = count - 1;
  while (wanted_count > 0 && wanted_passes[0][0] == '-') {
    traps = traps || strcmp(wanted_passes[0], "--traps") == 0;
    small = small || strcmp(wanted_passes[0], "--small-stack") == 0;
    wanted_passes++;
    wanted_count--;
  }
  CHECK(wanted_count > 0);
  if (small) {
    pthread_t thread;
    pthread_attr_t attributes;
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstacksize(&attributes, 256 * 1024) == 0);
    CHECK(pthread_create(&thread, &attributes, run, NULL) == 0 && pthread_join(thread, NULL) == 0);
  } else {
    run(NULL);
  }
  return 0;
}
