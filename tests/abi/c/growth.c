/* No call keeps memory: the blocks that are alive are counted around every call, and over fifty thousand of them. */
#include <malloc.h>
#include <unistd.h>

#include "passes.h"

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static long alive, bytes;

static void *counted(void *block) {
  if (block != NULL) {
    alive++;
    bytes += (long)malloc_usable_size(block);
  }
  return block;
}
static void forget(void *block) {
  if (block == NULL) return;
  alive--;
  bytes -= (long)malloc_usable_size(block);
}
void *malloc(size_t size) { return counted(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
int posix_memalign(void **out, size_t alignment, size_t size) {
  *out = counted(__libc_memalign(alignment, size));
  return *out == NULL;
}
void *realloc(void *block, size_t size) {
  forget(block);
  return counted(__libc_realloc(block, size));
}
void free(void *block) {
  forget(block);
  __libc_free(block);
}

static long resident(void) {
  long all, resident_pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &resident_pages) == 2);
  fclose(file);
  return resident_pages * sysconf(_SC_PAGESIZE);
}

static void balanced(const char *what, long alive_before, long bytes_before) {
  if (alive == alive_before && bytes == bytes_before) return;
  fprintf(stderr, "%s keeps %ld blocks, %ld bytes\n", what, alive - alive_before, bytes - bytes_before);
  abort();
}

static void call_once(const function *f, const world *w) {
  attempt a;
  attempt_good(&a, f, w);
  wanted(f, "good arguments", attempt_run(&a, f, NULL), ZEREN_OK);
  attempt_free(&a, f);
}

/* A world and a call in it: nothing is left when both are gone. */
static void of_each_function(void) {
  int at, round;
  for (at = 0; at < FUNCTION_COUNT; at++) {
    const function *f = &FUNCTIONS[at];
    if (f->frees >= 0) continue;
    for (round = 0; round < 2; round++) {
      long alive_before = alive, bytes_before = bytes;
      world w;
      world_make(&w);
      call_once(f, &w);
      world_free(&w);
      /* The first round sets up what the library keeps once, such as its panic hook. */
      if (round > 0) balanced(f->name, alive_before, bytes_before);
    }
  }
}

static void of_a_pass(const char *name, void (*pass)(void)) {
  long alive_before = alive, bytes_before = bytes;
  pass();
  balanced(name, alive_before, bytes_before);
}

int main(int count, char **arguments) {
  long calls = 0, most = count > 1 ? atol(arguments[1]) : 50000, resident_before = 0, alive_before = 0, bytes_before = 0;
  world w;
  printf("begins\n");
  CHECK(alive > 0);
  of_each_function();
  of_a_pass("the pass of NULLs", pass_nulls);
  of_a_pass("the pass of wrong handles", pass_wrong_handles);
  of_a_pass("the pass of texts", pass_texts);
  of_a_pass("the pass of numbers", pass_numbers);
  world_make(&w);
  while (calls < most) {
    int at;
    for (at = 0; at < FUNCTION_COUNT; at++) {
      if (FUNCTIONS[at].frees >= 0 || FUNCTIONS[at].disturbs) continue;
      call_once(&FUNCTIONS[at], &w);
      calls++;
    }
    if (calls > most / 10 && alive_before == 0) {
      resident_before = resident();
      alive_before = alive;
      bytes_before = bytes;
    }
  }
  balanced("a long run", alive_before, bytes_before);
  CHECK(resident() - resident_before < 1024 * 1024);
  printf("%ld calls: %ld bytes more\n", calls, resident() - resident_before);
  world_free(&w);
  return 0;
}
