/* A program of version 0.1.0: program FOLDER, where the documents of that version stand. What it prints is promised. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zeren.h"

static char text[1 << 20];
static zeren_error *error;

static const char *document(const char *folder, const char *name) {
  char path[1024];
  size_t len;
  FILE *file;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  len = fread(text, 1, sizeof text - 1, file);
  text[len] = '\0';
  fclose(file);
  return text;
}

static void check(int32_t status) {
  zeren_text message;
  if (status == ZEREN_OK) return;
  if (zeren_error_message(error, &message) == ZEREN_OK) fprintf(stderr, "%d: %s\n", (int)status, message.data);
  exit(1);
}

static void tell(zeren_text *told) {
  puts(told->data);
  zeren_text_free(told);
}

static void ledger(const char *folder) {
  static const char head[] = "{\"view\": \"head\", \"day\": \"2024-01-31\"}";
  zeren_system *system, *empty;
  zeren_text told;
  check(zeren_ledger_verify("示例新区", ZEREN_NUL, document(folder, "ledger.jsonl"), ZEREN_NUL, &told, &error));
  tell(&told);
  check(zeren_system_open("示例新区", ZEREN_NUL, text, strlen(text), &system, &error));
  check(zeren_system_view(system, head, ZEREN_NUL, &told, &error));
  tell(&told);
  check(zeren_system_new("示例新区", ZEREN_NUL, &empty, &error));
  check(zeren_system_follow(empty, text, ZEREN_NUL, &error));
  check(zeren_system_view(empty, head, ZEREN_NUL, &told, &error));
  tell(&told);
  zeren_system_free(empty);
  zeren_system_free(system);
}

static void batch(void) {
  static const char request[] =
      "{\"head\": {\"position\": 0, \"digest\": \"0000000000000000000000000000000000000000000000000000000000000000\"},"
      " \"time\": \"2022-01-04T09:00:00+08:00\", \"operator\": \"u-17\", \"acts\": [{\"act\": \"edges.declared\","
      " \"id\": \"a-1\", \"effective\": \"2022-01-01\", \"edges\": [{\"id\": \"line\", \"name\": \"隶属\","
      " \"single\": true, \"acyclic\": true}]}]}";
  zeren_system *system;
  zeren_prepared *prepared;
  zeren_text lines, receipts;
  check(zeren_system_new("a", 1, &system, &error));
  check(zeren_system_prepare(system, request, ZEREN_NUL, &prepared, &lines, &error));
  tell(&lines);
  check(zeren_prepared_receipts(prepared, &receipts, &error));
  tell(&receipts);
  check(zeren_system_commit(system, prepared, &error));
  printf("%d\n", (int)zeren_system_commit(system, prepared, NULL));
  printf("%d\n", (int)zeren_system_view(system, "{", 1, &lines, NULL));
  printf("%d\n", (int)zeren_system_view((zeren_system *)prepared, "{", 1, &lines, NULL));
  zeren_prepared_free(prepared);
  zeren_system_free(system);
}

static void sheets(const char *folder) {
  zeren_scheme *scheme;
  zeren_text told;
  check(zeren_scheme_parse(document(folder, "schemes/2022-trial.json"), ZEREN_NUL, &scheme, &error));
  check(zeren_scheme_score(scheme, document(folder, "schemes/2022-trial.facts/s-xinqu.json"), ZEREN_NUL, &told, &error));
  tell(&told);
  zeren_scheme_free(scheme);
}

static void columns(void) {
  static const char scheme_text[] =
      "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s\", \"version\": \"1\", \"title\": \"按列\","
      " \"year\": 2023, \"status\": \"adopted\", \"not_applicable\": \"renormalise\", \"redetermination\": \"subject_only\","
      " \"rounding\": {\"when\": \"total\", \"place\": 2, \"mode\": \"half_up\"}, \"ranking\": {\"ties\": \"shared\"},"
      " \"facts\": [{\"name\": \"场次\", \"kind\": \"count\", \"max\": 20}],"
      " \"items\": [{\"id\": \"1\", \"title\": \"宣讲\", \"points\": 10, \"rule\": {\"kind\": \"formula\", \"value\": \"场次 / 3\","
      "  \"floor\": 0, \"cap\": 10}}]}";
  static const int64_t meetings[] = {3, 10, 5, 0};
  static const uint8_t states[] = {ZEREN_KNOWN, ZEREN_KNOWN, ZEREN_KNOWN, ZEREN_UNKNOWN};
  static const int32_t cohorts[] = {0, 0, 0, 1};
  int64_t totals[4], ranks[4], points[4], below[4];
  uint8_t by_sheet[4];
  zeren_scheme *scheme;
  zeren_columns *columns;
  zeren_table *table;
  zeren_scored *scored;
  int row;
  check(zeren_scheme_parse(scheme_text, ZEREN_NUL, &scheme, &error));
  check(zeren_columns_new(scheme, &columns, &error));
  zeren_scheme_free(scheme);
  check(zeren_table_new(columns, 4, &table, &error));
  zeren_columns_free(columns);
  check(zeren_table_set_numbers(table, "场次", ZEREN_NUL, meetings, 0, states, 4, &error));
  check(zeren_table_set_cohorts(table, cohorts, 4, &error));
  check(zeren_table_score(table, &scored, &error));
  zeren_table_free(table);
  check(zeren_scored_total(scored, totals, NULL, 4, &error));
  check(zeren_scored_rank(scored, ranks, 4, &error));
  check(zeren_scored_points(scored, "1", 1, points, below, 4, &error));
  check(zeren_scored_by_sheet(scored, by_sheet, 4, &error));
  for (row = 0; row < 4; row++) {
    if (by_sheet[row]) printf("sheet\n");
    else printf("%lld %lld %lld/%lld\n", (long long)totals[row], (long long)ranks[row], (long long)points[row], (long long)below[row]);
  }
  zeren_scored_free(scored);
}

int main(int count, char **arguments) {
  if (count != 2 || zeren_abi_version() != ZEREN_ABI_VERSION) return 1;
  ledger(arguments[1]);
  batch();
  sheets(arguments[1]);
  columns();
  return 0;
}
