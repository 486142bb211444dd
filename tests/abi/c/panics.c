/* A panic inside of the library is a status, prints nothing, and spoils nothing but what was being changed. Runs over a
   library that was built with --cfg zeren_forced_panic. */
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attempt.h"

int32_t zeren_forced_panic(zeren_error **error);
int32_t zeren_forced_panic_while_changing(const zeren_system *system, zeren_error **error);

static void *panics(void *nothing) {
  int at;
  for (at = 0; at < 100; at++) {
    zeren_error *error = (zeren_error *)rubbish;
    zeren_text message, version;
    CHECK(zeren_forced_panic(&error) == ZEREN_INTERNAL && error != NULL);
    CHECK(zeren_error_message(error, &message) == ZEREN_OK);
    CHECK(strstr(message.data, "capi.internal") != NULL && strstr(message.data, "forced.rs:") != NULL &&
          strstr(message.data, "on purpose") != NULL);
    zeren_text_free(&message);
    zeren_error_free(error);
    CHECK(zeren_forced_panic(NULL) == ZEREN_INTERNAL);
    CHECK(zeren_version(&version) == ZEREN_OK);
    zeren_text_free(&version);
  }
  return nothing;
}

int main(int count, char **arguments) {
  static const char head[] = "{\"view\":\"head\",\"day\":\"2022-03-01\"}";
  pthread_t threads[16];
  world spoilt, other;
  zeren_text text;
  struct stat said;
  int at, kept = dup(2), file;
  CHECK(count == 2);
  file = open(arguments[1], O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(kept >= 0 && file >= 0 && dup2(file, 2) == 2);

  panics(NULL);
  for (at = 0; at < 16; at++) CHECK(pthread_create(&threads[at], NULL, panics, NULL) == 0);
  for (at = 0; at < 16; at++) CHECK(pthread_join(threads[at], NULL) == 0);

  world_make(&spoilt);
  world_make(&other);
  CHECK(zeren_forced_panic_while_changing(spoilt.handle[TYPE_zeren_system], NULL) == ZEREN_INTERNAL);
  CHECK(zeren_system_view(spoilt.handle[TYPE_zeren_system], head, ZEREN_NUL, &text, NULL) == ZEREN_INTERNAL);
  CHECK(text.data == NULL && text.len == 0);
  /* Every function still works in the other world. */
  for (at = 0; at < FUNCTION_COUNT; at++) {
    attempt a;
    if (FUNCTIONS[at].frees >= 0 || FUNCTIONS[at].disturbs) continue;
    attempt_good(&a, &FUNCTIONS[at], &other);
    wanted(&FUNCTIONS[at], "a panic elsewhere", attempt_run(&a, &FUNCTIONS[at], NULL), ZEREN_OK);
    attempt_free(&a, &FUNCTIONS[at]);
  }
  world_free(&spoilt);
  world_free(&other);

  CHECK(fflush(stderr) == 0 && fstat(2, &said) == 0 && dup2(kept, 2) == 2);
  CHECK(said.st_size == 0);
  return 0;
}
