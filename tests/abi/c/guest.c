/* A guest in this process: during a call no file or socket is opened, no clock or environment read, nothing printed, no
   thread started. What the C library offers for that is taken over here. The store alone may touch its files. */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int inside;
static void forbidden(const char *what);
#define AROUND(call) (inside = 1, around_status = (call), inside = 0, around_status)
static int around_status;

#include "passes.h"

static const char *current = "";

static void forbidden(const char *what) {
  if (!inside) return;
  inside = 0;
  fprintf(stderr, "%s calls %s\n", current, what);
  abort();
}

static int opened(const char *name, const char *path, int flags, unsigned mode) {
  forbidden(name);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
#define OPENS(name)                                        \
  int name(const char *path, int flags, ...) {             \
    va_list rest;                                          \
    unsigned mode;                                         \
    va_start(rest, flags);                                 \
    mode = (flags & O_CREAT) != 0 ? va_arg(rest, unsigned) : 0; \
    va_end(rest);                                          \
    return opened(#name, path, flags, mode);               \
  }
OPENS(open)
OPENS(open64)
FILE *fopen(const char *path, const char *mode) {
  FILE *(*next)(const char *, const char *);
  forbidden("fopen");
  *(void **)&next = dlsym(RTLD_NEXT, "fopen");
  return next(path, mode);
}
int socket(int domain, int type, int protocol) {
  forbidden("socket");
  return (int)syscall(SYS_socket, domain, type, protocol);
}
ssize_t write(int file, const void *data, size_t len) {
  forbidden("write");
  return syscall(SYS_write, file, data, len);
}
ssize_t read(int file, void *data, size_t len) {
  forbidden("read");
  return syscall(SYS_read, file, data, len);
}
int clock_gettime(clockid_t clock, struct timespec *out) {
  forbidden("clock_gettime");
  return (int)syscall(SYS_clock_gettime, clock, out);
}
int gettimeofday(struct timeval *restrict out, void *restrict zone) {
  forbidden("gettimeofday");
  return (int)syscall(SYS_gettimeofday, out, zone);
}
time_t time(time_t *out) {
  forbidden("time");
  return syscall(SYS_time, out);
}
ssize_t getrandom(void *out, size_t len, unsigned flags) {
  forbidden("getrandom");
  return syscall(SYS_getrandom, out, len, flags);
}
char *getenv(const char *name) {
  char *(*next)(const char *);
  forbidden("getenv");
  *(void **)&next = dlsym(RTLD_NEXT, "getenv");
  return next(name);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *given) {
  int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  forbidden("pthread_create");
  *(void **)&next = dlsym(RTLD_NEXT, "pthread_create");
  return next(thread, attributes, run, given);
}

int main(int count, char **arguments) {
  /* Seen by strace: between the two there is nothing but memory. */
  static const char begins[] = "CALLS BEGIN\n", ends[] = "CALLS END\n";
  static world worlds[FUNCTION_COUNT];
  int at, round;
  if (count > 1 && strcmp(arguments[1], "--break") == 0) {
    current = "this program";
    inside = 1;
    (void)time(NULL);
    return 0;
  }
  for (at = 0; at < FUNCTION_COUNT; at++) world_make(&worlds[at]);
  CHECK(syscall(SYS_write, -1, begins, sizeof begins) == -1);
  for (at = 0; at < FUNCTION_COUNT; at++) {
    const function *f = &FUNCTIONS[at];
    if (f->frees >= 0 || strncmp(f->name, "zeren_store_", 12) == 0) continue;
    current = f->name;
    for (round = 0; round < 2; round++) {
      attempt a;
      attempt_good(&a, f, &worlds[at]);
      /* Good, and with what cannot be in every text: failures print nothing either. */
      if (round > 0) {
        int place;
        for (place = 0; place < f->count; place++)
          if (f->parameters[place].role == A_TEXT || f->parameters[place].role == A_BYTES) a.values[place].pointer = (void *)"\xFF";
        for (place = 0; place < f->count; place++)
          if (f->parameters[place].role == A_LENGTH) a.values[place].number = 1;
      }
      (void)attempt_run(&a, f, NULL);
      attempt_free(&a, f);
    }
  }
  CHECK(syscall(SYS_write, -1, ends, sizeof ends) == -1);
  for (at = 0; at < FUNCTION_COUNT; at++) world_free(&worlds[at]);
  return 0;
}
