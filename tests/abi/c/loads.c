/* The library is loaded, used in a thread, and let go, a thousand times; every other thread ends after its library went.
   loads LIBRARY [TIMES] */
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#include "call.h"

static struct {
  int32_t (*version)(zeren_text *);
  int32_t (*make)(const char *, size_t, zeren_system **, zeren_error **);
  void (*text_free)(zeren_text *);
  void (*error_free)(zeren_error *);
  void (*system_free)(zeren_system *);
} calls;

static pthread_barrier_t used, gone;

static void *run(void *stays) {
  zeren_text version;
  zeren_system *system;
  zeren_error *error;
  CHECK(calls.version(&version) == ZEREN_OK && strcmp(version.data, ZEREN_VERSION) == 0);
  calls.text_free(&version);
  CHECK(calls.make("示例区", ZEREN_NUL, &system, &error) == ZEREN_OK);
  calls.system_free(system);
  CHECK(calls.make("\xFF", 1, &system, &error) == ZEREN_NOT_UTF8 && error != NULL);
  calls.error_free(error);
  if (stays != NULL) {
    pthread_barrier_wait(&used);
    pthread_barrier_wait(&gone);
  }
  return NULL;
}

static long resident(void) {
  long all, pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  CHECK(file != NULL && fscanf(file, "%ld %ld", &all, &pages) == 2);
  fclose(file);
  return pages * sysconf(_SC_PAGESIZE);
}

int main(int count, char **arguments) {
  int at, times = count > 2 ? atoi(arguments[2]) : 1000;
  long before = 0;
  CHECK(count > 1);
  CHECK(pthread_barrier_init(&used, NULL, 2) == 0 && pthread_barrier_init(&gone, NULL, 2) == 0);
  for (at = 0; at < times; at++) {
    pthread_t thread;
    int stays = at % 2;
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fprintf(stderr, "%s\n", dlerror());
    CHECK(library != NULL);
#define FIND(field, name) CHECK((*(void **)&calls.field = dlsym(library, name)) != NULL)
    FIND(version, "zeren_version");
    FIND(make, "zeren_system_new");
    FIND(text_free, "zeren_text_free");
    FIND(error_free, "zeren_error_free");
    FIND(system_free, "zeren_system_free");
    CHECK(pthread_create(&thread, NULL, run, stays ? &calls : NULL) == 0);
    if (stays) pthread_barrier_wait(&used);
    else CHECK(pthread_join(thread, NULL) == 0);
    CHECK(dlclose(library) == 0);
    if (stays) {
      pthread_barrier_wait(&gone);
      CHECK(pthread_join(thread, NULL) == 0);
    }
    if (at == times / 10) before = resident();
  }
  printf("%d times: %ld bytes more\n", times, resident() - before);
  CHECK(resident() - before < 4 * 1024 * 1024);
  return 0;
}
