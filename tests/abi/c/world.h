/* A handle of every type, and the texts that good calls need. A new type of handle gets its lines in `world_make`. */
#ifndef WORLD_H
#define WORLD_H

#include <unistd.h>

#include "call.h"

typedef struct {
  void *handle[TYPE_COUNT];
  zeren_text stored; /* the lines of the first batch, which the system holds */
  zeren_text next;   /* those of the second, which is prepared */
  zeren_text request;
  zeren_text template; /* a table for data entry, filled in */
  zeren_text snapshot; /* of the system */
  zeren_text checkpoint, inclusion, archive; /* of the lines that are stored */
  void *alone;         /* a scheme that compares nobody */
  char path[64];       /* the file of the store */
} world;

#define GOES(call) CHECK((call) == ZEREN_OK)
#define ROWS 3

/* A name in this directory that no file has. */
static const char *new_path(void) {
  static char path[64];
  static unsigned count;
  snprintf(path, sizeof path, "store-%d-%u.zeren", (int)getpid(), count++);
  (void)remove(path);
  return path;
}

/* A ledger in a file that nobody writes, made once: opening does not change it. */
static const char *closed_path(void) {
  static char path[64];
  if (path[0] == '\0') {
    zeren_store *store;
    zeren_system *system;
    snprintf(path, sizeof path, "closed-%d.zeren", (int)getpid());
    (void)remove(path);
    GOES(zeren_store_create(path, ZEREN_NUL, "示例区", ZEREN_NUL, &store, &system, NULL));
    zeren_system_free(system);
    zeren_store_free(store);
  }
  return path;
}

/* A system with its file; one batch stored, another prepared. */
static void world_system(world *w) {
  zeren_store *store;
  zeren_system *system;
  zeren_prepared *prepared;
  zeren_text head;
  char request[2048];
  snprintf(w->path, sizeof w->path, "%s", new_path());
  GOES(zeren_store_create(w->path, ZEREN_NUL, "示例区", ZEREN_NUL, &store, &system, NULL));
  w->handle[TYPE_zeren_store] = store;
  GOES(zeren_system_prepare(system, DOCUMENT_first_batch, ZEREN_NUL, &prepared, &w->stored, NULL));
  GOES(zeren_store_append(store, prepared, NULL));
  GOES(zeren_system_commit(system, prepared, NULL));
  zeren_prepared_free(prepared);
  GOES(zeren_system_view(system, "{\"view\":\"head\",\"day\":\"2022-03-01\"}", ZEREN_NUL, &head, NULL));
  snprintf(request, sizeof request,
           "{\"head\":%s,\"time\":\"2022-01-05T09:00:00+08:00\",\"operator\":\"u-17\",\"acts\":[{\"act\":\"edges.declared\","
           "\"id\":\"a-2\",\"effective\":\"2022-01-01\",\"edges\":[{\"id\":\"guide\",\"name\":\"指导\",\"single\":false,"
           "\"acyclic\":true}]}]}",
           head.data);
  zeren_text_free(&head);
  GOES(zeren_system_prepare(system, request, ZEREN_NUL, &prepared, &w->next, NULL));
  w->request.len = strlen(request);
  w->request.data = malloc(w->request.len + 1);
  CHECK(w->request.data != NULL);
  memcpy(w->request.data, request, w->request.len + 1);
  GOES(zeren_system_snapshot(system, &w->snapshot, NULL));
  w->handle[TYPE_zeren_system] = system;
  w->handle[TYPE_zeren_prepared] = prepared;
}

/* Three rows of which the last has an unknown value, so that there is a sheet. */
static void world_table(world *w) {
  static const int64_t meetings[] = {3, 9, 5}, cents[] = {30000, 100000, 700}, ends[] = {2, 2, 3}, matter_ends[] = {6, 12, 16};
  static const uint8_t reached[] = {1, 0, 7}, states[] = {0, 0, 1};
  static const int32_t levels[] = {0, 0, 1}, days[] = {20230630, 20230701, 20230101};
  zeren_scheme *scheme;
  zeren_columns *columns;
  zeren_table *table;
  zeren_scored *scored;
  GOES(zeren_scheme_parse(DOCUMENT_scheme, ZEREN_NUL, &scheme, NULL));
  GOES(zeren_columns_new(scheme, &columns, NULL));
  GOES(zeren_table_new(columns, ROWS, &table, NULL));
  GOES(zeren_table_set_numbers(table, "场次", ZEREN_NUL, meetings, 0, states, ROWS, NULL));
  GOES(zeren_table_set_numbers(table, "投入", ZEREN_NUL, cents, 2, NULL, ROWS, NULL));
  GOES(zeren_table_set_truths(table, "达标", ZEREN_NUL, reached, NULL, ROWS, NULL));
  GOES(zeren_table_set_words(table, "档次", ZEREN_NUL, levels, NULL, ROWS, NULL));
  GOES(zeren_table_set_days(table, "报送日", ZEREN_NUL, days, NULL, ROWS, NULL));
  GOES(zeren_table_set_events(table, "通报", ZEREN_NUL, ends, NULL, ROWS, NULL));
  GOES(zeren_table_set_texts(table, "通报/事项", ZEREN_NUL, "甲事乙事𠮷", ZEREN_NUL, matter_ends, NULL, ROWS, NULL));
  GOES(zeren_table_score(table, &scored, NULL));
  w->handle[TYPE_zeren_scheme] = scheme;
  w->handle[TYPE_zeren_columns] = columns;
  w->handle[TYPE_zeren_table] = table;
  w->handle[TYPE_zeren_scored] = scored;
}

static void world_make(world *w) {
  zeren_scheme *alone;
  int type;
  zeren_error *error;
  zeren_year *year;
  zeren_progress *progress;
  memset(w, 0, sizeof *w);
  world_system(w);
  world_table(w);
  CHECK(zeren_schema("none", ZEREN_NUL, &(zeren_text){NULL, 0}, &error) == ZEREN_NOT_FOUND);
  w->handle[TYPE_zeren_error] = error;
  GOES(zeren_year_new(&year, NULL));
  w->handle[TYPE_zeren_year] = year;
  GOES(zeren_progress_new(&progress, NULL));
  w->handle[TYPE_zeren_progress] = progress;
  GOES(zeren_scheme_parse(DOCUMENT_alone, ZEREN_NUL, &alone, NULL));
  w->alone = alone;
  GOES(zeren_ledger_checkpoint("示例区", ZEREN_NUL, w->stored.data, w->stored.len, &w->checkpoint, NULL));
  GOES(zeren_ledger_inclusion("示例区", ZEREN_NUL, w->stored.data, w->stored.len, 1, &w->inclusion, NULL));
  GOES(zeren_archive_write(w->handle[TYPE_zeren_system], alone, "{\"subject\":\"丙\",\"day\":\"2022-03-01\"}", ZEREN_NUL,
                           w->stored.data, w->stored.len, &w->archive, NULL));
  GOES(zeren_scheme_template(alone, DOCUMENT_template, ZEREN_NUL, &w->template, NULL));
  for (type = 0; type < TYPE_COUNT; type++) {
    if (w->handle[type] != NULL) continue;
    fprintf(stderr, "no %s in the world: make one in tests/abi/c/world.h\n", TYPES[type]);
    abort();
  }
}

static void handle_free(int type, void *handle) {
  int at;
  for (at = 0; at < FUNCTION_COUNT; at++) {
    value only = {handle, 0};
    if (FUNCTIONS[at].frees != type) continue;
    CHECK(FUNCTIONS[at].call(&only) == ZEREN_OK);
    return;
  }
  fprintf(stderr, "nothing frees a %s\n", TYPES[type]);
  abort();
}

static void world_free(world *w) {
  int type;
  char beside[80];
  for (type = 0; type < TYPE_COUNT; type++) handle_free(type, w->handle[type]);
  zeren_text_free(&w->stored);
  zeren_text_free(&w->checkpoint);
  zeren_text_free(&w->inclusion);
  zeren_text_free(&w->archive);
  zeren_text_free(&w->next);
  zeren_text_free(&w->template);
  zeren_text_free(&w->snapshot);
  free(w->request.data);
  snprintf(beside, sizeof beside, "%s.snapshot", w->path);
  (void)remove(beside);
  (void)remove(w->path);
  zeren_scheme_free(w->alone);
}

static void *world_handle(const world *w, const parameter *p) {
  if (p->kept == NULL) return w->handle[p->type];
  CHECK(strcmp(p->kept, "alone") == 0);
  return w->alone;
}

static zeren_text world_text(const world *w, const char *name) {
  if (strcmp(name, "stored") == 0) return w->stored;
  if (strcmp(name, "checkpoint") == 0) return w->checkpoint;
  if (strcmp(name, "inclusion") == 0) return w->inclusion;
  if (strcmp(name, "archive") == 0) return w->archive;
  if (strcmp(name, "next") == 0) return w->next;
  if (strcmp(name, "template") == 0) return w->template;
  if (strcmp(name, "snapshot") == 0) return w->snapshot;
  if (strcmp(name, "new_path") == 0 || strcmp(name, "closed_path") == 0) {
    const char *path = name[0] == 'n' ? new_path() : closed_path();
    zeren_text text = {(char *)path, strlen(path)};
    return text;
  }
  CHECK(strcmp(name, "request") == 0);
  return w->request;
}

#endif
