/* A ledger in one file: made, filled, opened again, read when it is damaged. */
#define _XOPEN_SOURCE 700

#include <sys/stat.h>
#include <unistd.h>

#include "request.h"

#define LEDGER "示例新区"

/* The head of a system; free it. */
static zeren_text head_of(const zeren_system *system) {
  zeren_text head;
  CHECK(zeren_system_view(system, HEAD, ZEREN_NUL, &head, NULL) == ZEREN_OK);
  return head;
}

/* Prepares, appends and commits one act. */
static void enter(zeren_store *store, zeren_system *system, const char *act) {
  zeren_prepared *prepared;
  zeren_text lines, head = head_of(system);
  char *text = request(head.data, act);
  CHECK(zeren_system_prepare(system, text, ZEREN_NUL, &prepared, &lines, NULL) == ZEREN_OK);
  CHECK(zeren_store_append(store, prepared, NULL) == ZEREN_OK);
  CHECK(zeren_system_commit(system, prepared, NULL) == ZEREN_OK);
  zeren_prepared_free(prepared);
  zeren_text_free(&lines);
  zeren_text_free(&head);
  free(text);
}

int main(void) {
  char folder[] = "zeren-store-XXXXXX", path[64];
  zeren_store *store = NULL, *second = (zeren_store *)path;
  zeren_system *system = NULL, *read = NULL;
  zeren_text head, same, findings;
  zeren_error *error = NULL;
  struct stat about;
  FILE *file;

  CHECK(mkdtemp(folder) != NULL);
  snprintf(path, sizeof path, "%s/ledger.jsonl", folder);

  /* A file that is not there is not made by opening it. */
  expect(zeren_store_open(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &store, &system, &findings, &error), ZEREN_STORAGE, error,
         "store.not_found");
  CHECK(store == NULL && system == NULL && findings.data == NULL);
  CHECK(zeren_store_create(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &store, &system, &error) == ZEREN_OK && error == NULL);
  enter(store, system, "a-1");
  enter(store, system, "a-2");

  /* One writer at a time, any number of readers. */
  expect(zeren_store_create(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &second, &read, &error), ZEREN_STORAGE, error,
         "store.exists");
  CHECK(second == NULL && read == NULL);
  expect(zeren_store_open(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &second, &read, &findings, &error), ZEREN_STORAGE, error,
         "store.in_use");
  CHECK(zeren_store_read(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &read, &findings, &error) == ZEREN_OK);
  CHECK(strcmp(findings.data, "[]") == 0);
  head = head_of(system);
  same = head_of(read);
  CHECK(strcmp(head.data, same.data) == 0);
  zeren_text_free(&same);
  zeren_text_free(&findings);
  zeren_system_free(read);

  /* The state outlives the file's handle, and the file opens again. */
  zeren_store_free(store);
  CHECK(zeren_store_open(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &store, &read, &findings, &error) == ZEREN_OK);
  same = head_of(read);
  CHECK(strcmp(head.data, same.data) == 0 && strcmp(findings.data, "[]") == 0);
  zeren_text_free(&same);
  zeren_text_free(&findings);

  /* What was changed by others is not written to. */
  CHECK(truncate(path, 700) == 0 || stat(path, &about) == 0);
  {
    zeren_prepared *prepared;
    zeren_text lines;
    char *text = request(head.data, "a-3");
    CHECK(zeren_system_prepare(read, text, ZEREN_NUL, &prepared, &lines, NULL) == ZEREN_OK);
    expect(zeren_store_append(store, prepared, &error), ZEREN_STORAGE, error, "store.changed_outside");
    zeren_prepared_free(prepared);
    zeren_text_free(&lines);
    free(text);
  }
  zeren_store_free(store);
  zeren_system_free(read);

  /* It opens at its last whole batch, and says so. */
  CHECK(zeren_store_open(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &store, &read, &findings, &error) == ZEREN_OK);
  CHECK(strstr(findings.data, "store.tail_dropped") != NULL);
  enter(store, read, "a-2");
  zeren_store_free(store);
  zeren_system_free(read);
  zeren_text_free(&findings);

  /* A changed line is named; what stands before it can be read. */
  file = fopen(path, "r+");
  CHECK(file != NULL && fseek(file, 20, SEEK_SET) == 0 && fputc('x', file) == 'x' && fclose(file) == 0);
  expect(zeren_store_open(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &store, &read, &findings, &error), ZEREN_INTEGRITY, error,
         "ledger.line_changed");
  CHECK(zeren_store_read(path, ZEREN_NUL, LEDGER, ZEREN_NUL, &read, &findings, &error) == ZEREN_OK);
  CHECK(strstr(findings.data, "ledger.line_changed") != NULL);
  zeren_text_free(&findings);
  zeren_system_free(read);

  zeren_store_free(NULL);
  zeren_system_free(system);
  zeren_text_free(&head);
  CHECK(unlink(path) == 0 && rmdir(folder) == 0);
  return 0;
}
