/* Events in a table: columns within a column, each with a value an event. */
#include "check.h"

static const char SCHEME[] =
    "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s\", \"version\": \"1\", \"title\": \"通报\","
    " \"year\": 2023, \"status\": \"adopted\", \"not_applicable\": \"renormalise\", \"redetermination\": \"subject_only\","
    " \"rounding\": {\"when\": \"total\", \"place\": 2, \"mode\": \"half_up\"},"
    " \"facts\": [{\"name\": \"通报\", \"kind\": \"events\", \"max\": 3, \"attribution\": [\"own\"], \"fields\": ["
    "  {\"name\": \"级别\", \"kind\": \"choice\", \"words\": [\"省\", \"市\"]},"
    "  {\"name\": \"事项\", \"kind\": \"matter\"},"
    "  {\"name\": \"归属\", \"kind\": \"holder\"}]}],"
    " \"items\": [{\"id\": \"1\", \"title\": \"通报\", \"points\": 3, \"rule\": {\"kind\": \"formula\","
    "  \"value\": \"3 - count(通报, 级别 == \\\"省\\\")\", \"floor\": 0, \"cap\": 3}}]}";

#define ROWS 3
#define EVENTS 3
#define GOES(call) CHECK((call) == ZEREN_OK && error == NULL)

static zeren_error *error;

int main(void) {
  static const int64_t ends[] = {2, 2, 3}, back[] = {2, 1, 3}, matter_ends[] = {6, 12, 18}, split[] = {1, 12, 18};
  static const int32_t levels[] = {0, 1, 0}, no_level[] = {0, 2, 0}, holders[] = {0, 0, 0}, no_holder[] = {0, 4, 0};
  static const char matters[] = "甲事乙事甲事";
  static const uint8_t states[] = {ZEREN_KNOWN, ZEREN_UNKNOWN, ZEREN_KNOWN};
  zeren_scheme *scheme;
  zeren_columns *columns;
  zeren_table *table;
  zeren_scored *scored;
  zeren_text text;
  int64_t out[ROWS], below[ROWS];

  GOES(zeren_scheme_parse(SCHEME, ZEREN_NUL, &scheme, &error));
  GOES(zeren_columns_new(scheme, &columns, &error));
  GOES(zeren_columns_about(columns, &text, &error));
  CHECK(strstr(text.data, "\"fields\":[{\"name\":\"级别\",\"kind\":\"choice\",\"words\":[\"省\",\"市\"]}") != NULL);
  zeren_text_free(&text);
  GOES(zeren_table_new(columns, ROWS, &table, &error));

#define LEVELS(name, values, rows) zeren_table_set_words(table, name, ZEREN_NUL, values, NULL, rows, &error)
#define TEXTS(name, all, len, values, rows) \
  zeren_table_set_texts(table, name, ZEREN_NUL, all, len, values, NULL, rows, &error)
  /* The events first, then their fields; ends that go back are none. */
  expect(LEVELS("通报/级别", levels, EVENTS), ZEREN_REFUSED, error, "capi.events_first");
  expect(zeren_table_set_events(table, "通报", ZEREN_NUL, back, NULL, ROWS, &error), ZEREN_DOCUMENT, error,
         "capi.out_of_range");
  expect(zeren_table_set_events(table, "通报", ZEREN_NUL, ends, NULL, 2, &error), ZEREN_WRONG_ARRAY, error,
         "capi.wrong_array");
  expect(zeren_table_set_events(table, "通报/级别", ZEREN_NUL, ends, NULL, ROWS, &error), ZEREN_REFUSED, error,
         "capi.events_first");
  expect(zeren_table_set_events(NULL, "通报", ZEREN_NUL, ends, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error,
         "capi.null_argument");
  expect(zeren_table_set_events((zeren_table *)scheme, "通报", ZEREN_NUL, ends, NULL, ROWS, &error), ZEREN_WRONG_HANDLE,
         error, "capi.wrong_handle");
  GOES(zeren_table_set_events(table, "通报", ZEREN_NUL, ends, NULL, ROWS, &error));
  expect(zeren_table_score(table, &scored, &error), ZEREN_REFUSED, error, "通报/级别");
  expect(LEVELS("通报/级", levels, EVENTS), ZEREN_NOT_FOUND, error, "capi.column_unknown");
  expect(LEVELS("通报/级别", levels, 2), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(LEVELS("通报/级别", no_level, EVENTS), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(LEVELS("通报/归属", no_holder, EVENTS), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(LEVELS("通报/事项", levels, EVENTS), ZEREN_REFUSED, error, "zeren_table_set_texts");
  expect(TEXTS("通报/事项", matters, 12, matter_ends, EVENTS), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(TEXTS("通报/事项", matters, ZEREN_NUL, split, EVENTS), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(TEXTS("通报/事项", NULL, 1, matter_ends, EVENTS), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(TEXTS("通报/事项", matters, ZEREN_NUL, NULL, EVENTS), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(TEXTS("通报/级别", matters, ZEREN_NUL, matter_ends, EVENTS), ZEREN_REFUSED, error, "capi.column_kind");
  GOES(LEVELS("通报/级别", levels, EVENTS));
  GOES(LEVELS("通报/归属", holders, EVENTS));
  GOES(TEXTS("通报/事项", matters, ZEREN_NUL, matter_ends, EVENTS));

  GOES(zeren_table_score(table, &scored, &error));
  GOES(zeren_scored_points(scored, "1", 1, out, below, ROWS, &error));
  CHECK(out[0] == 2 * below[0] && out[1] == 3 * below[1] && out[2] == 2 * below[2]);
  zeren_scored_free(scored);

  /* Set again they have forgotten their fields; a row that nobody knows has no single number. */
  GOES(zeren_table_set_events(table, "通报", ZEREN_NUL, ends, states, ROWS, &error));
  expect(zeren_table_sheet(table, 0, &text, &error), ZEREN_REFUSED, error, "capi.column_missing");
  GOES(LEVELS("通报/级别", levels, EVENTS));
  GOES(LEVELS("通报/归属", holders, EVENTS));
  GOES(TEXTS("通报/事项", matters, ZEREN_NUL, matter_ends, EVENTS));
  GOES(zeren_table_score(table, &scored, &error));
  GOES(zeren_scored_points(scored, "1", 1, out, below, ROWS, &error));
  CHECK(out[0] == 2 * below[0] && out[1] == ZEREN_SEE_SHEET && out[2] == 2 * below[2]);

  zeren_scored_free(scored);
  zeren_table_free(table);
  zeren_columns_free(columns);
  zeren_scheme_free(scheme);
  return 0;
}
