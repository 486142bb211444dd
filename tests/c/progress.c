/* A counter that one thread reads while another works, and that stops it. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "request.h"

struct work {
  const char *lines;
  zeren_system *system;
  zeren_progress *progress;
  int32_t status;
};

static void *follow(void *data) {
  struct work *work = data;
  work->status = zeren_system_follow_watched(work->system, work->lines, ZEREN_NUL, work->progress, NULL);
  return NULL;
}

static void read_counter(const zeren_progress *progress, int64_t *done, int64_t *total) {
  CHECK(zeren_progress_read(progress, done, total, NULL) == ZEREN_OK);
  CHECK(0 <= *done && *done <= *total);
}

int main(void) {
  /* A short ledger: what is watched is whether the counter keeps its promises, not how long it takes. */
  enum { COUNT = 200 };
  zeren_system *system = NULL, *followed = NULL;
  zeren_prepared *prepared = NULL;
  zeren_progress *progress = NULL, *again = NULL, *stopped = NULL;
  zeren_text lines[COUNT], head = {NULL, 0}, same = {NULL, 0}, plain = {NULL, 0}, watched = {NULL, 0};
  zeren_error *error = NULL;
  struct work work;
  pthread_t thread;
  int64_t done = -1, total = -1, before = 0;
  size_t size = 0, at = 0;
  char *all, *text, act[16], *where;
  int number;

  CHECK(zeren_system_new("a", ZEREN_NUL, &system, NULL) == ZEREN_OK);
  for (number = 0; number < COUNT; number++) {
    CHECK(zeren_system_view(system, HEAD, ZEREN_NUL, &head, NULL) == ZEREN_OK);
    snprintf(act, sizeof act, "a-%d", number);
    text = request(head.data, act);
    CHECK(zeren_system_prepare(system, text, ZEREN_NUL, &prepared, &lines[number], NULL) == ZEREN_OK);
    CHECK(zeren_system_commit(system, prepared, NULL) == ZEREN_OK);
    size += lines[number].len;
    zeren_prepared_free(prepared);
    zeren_text_free(&head);
    free(text);
  }
  all = malloc(size + 1);
  CHECK(all != NULL);
  for (number = 0; number < COUNT; number++) {
    memcpy(all + at, lines[number].data, lines[number].len);
    at += lines[number].len;
    zeren_text_free(&lines[number]);
  }
  all[at] = '\0';

  /* Stopped before it begins: the status says so, and the system is as it was. */
  CHECK(zeren_progress_new(&stopped, &error) == ZEREN_OK && error == NULL);
  read_counter(stopped, &done, &total);
  CHECK(done == 0 && total == 0);
  CHECK(zeren_progress_cancel(stopped, NULL) == ZEREN_OK);
  CHECK(zeren_system_new("a", ZEREN_NUL, &followed, NULL) == ZEREN_OK);
  CHECK(zeren_system_view(followed, HEAD, ZEREN_NUL, &head, NULL) == ZEREN_OK);
  expect(zeren_system_follow_watched(followed, all, at, stopped, &error), ZEREN_CANCELLED, error, "progress.cancelled");
  CHECK(zeren_system_view(followed, HEAD, ZEREN_NUL, &same, NULL) == ZEREN_OK);
  CHECK(strcmp(head.data, same.data) == 0);
  zeren_text_free(&head);
  zeren_text_free(&same);
  watched.data = act;
  expect(zeren_ledger_verify_watched("a", 1, all, at, stopped, &watched, &error), ZEREN_CANCELLED, error,
         "progress.cancelled");
  CHECK(watched.data == NULL && watched.len == 0);

  /* Polled from here while another thread follows. */
  CHECK(zeren_progress_new(&progress, NULL) == ZEREN_OK);
  work.lines = all;
  work.system = followed;
  work.progress = progress;
  CHECK(pthread_create(&thread, NULL, follow, &work) == 0);
  do {
    read_counter(progress, &done, &total);
    CHECK(done >= before);
    before = done;
  } while (total == 0 || done < total);
  CHECK(pthread_join(thread, NULL) == 0 && work.status == ZEREN_OK);
  read_counter(progress, &done, &total);
  CHECK(done == COUNT && total == COUNT);
  CHECK(zeren_system_view(system, HEAD, ZEREN_NUL, &head, NULL) == ZEREN_OK);
  CHECK(zeren_system_view(followed, HEAD, ZEREN_NUL, &same, NULL) == ZEREN_OK);
  CHECK(strcmp(head.data, same.data) == 0);

  /* The same counter for more work; the same bytes with it and without. */
  CHECK(zeren_ledger_verify("a", 1, all, at, &plain, NULL) == ZEREN_OK);
  CHECK(zeren_ledger_verify_watched("a", 1, all, at, progress, &watched, NULL) == ZEREN_OK);
  CHECK(strcmp(plain.data, watched.data) == 0);
  read_counter(progress, &done, &total);
  CHECK(done == 2 * COUNT && total == 2 * COUNT);

  /* Work that fails for a reason of its own says so, and other handles are told apart. */
  zeren_text_free(&watched);
  CHECK(zeren_progress_new(&again, NULL) == ZEREN_OK);
  where = strstr(all, "\"sequence\":100");
  CHECK(where != NULL);
  where[1] = 'S';
  expect(zeren_ledger_verify_watched("a", 1, all, at, again, &watched, &error), ZEREN_INTEGRITY, error, "ledger.");
  read_counter(again, &done, &total);
  CHECK(done == 99 && total == COUNT);
  expect(zeren_progress_read((zeren_progress *)system, &done, &total, &error), ZEREN_WRONG_HANDLE, error,
         "capi.wrong_handle");
  CHECK(done == 0 && total == 0);
  expect(zeren_progress_read(progress, NULL, &total, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_system_follow_watched(system, all, at, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");

  zeren_text_free(&plain);
  zeren_text_free(&watched);
  zeren_text_free(&head);
  zeren_text_free(&same);
  zeren_progress_free(progress);
  zeren_progress_free(again);
  zeren_progress_free(stopped);
  zeren_progress_free(NULL);
  zeren_system_free(system);
  zeren_system_free(followed);
  free(all);
  return 0;
}
