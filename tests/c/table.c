/* Many subjects at once: a scheme compiled for columns, a table, its results; misuse of each. */
#include "check.h"

static const char SCHEME[] =
    "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s\", \"version\": \"1\", \"title\": \"按列\","
    " \"year\": 2023, \"status\": \"adopted\", \"not_applicable\": \"renormalise\", \"redetermination\": \"subject_only\","
    " \"rounding\": {\"when\": \"total\", \"place\": 2, \"mode\": \"half_up\"}, \"ranking\": {\"ties\": \"shared\"},"
    " \"facts\": ["
    "  {\"name\": \"场次\", \"kind\": \"count\", \"max\": 20},"
    "  {\"name\": \"投入\", \"kind\": \"money\", \"min\": 1, \"max\": 1000},"
    "  {\"name\": \"达标\", \"kind\": \"yes_no\"},"
    "  {\"name\": \"档次\", \"kind\": \"choice\", \"words\": [\"高\", \"低\"]},"
    "  {\"name\": \"报送日\", \"kind\": \"date\", \"earliest\": \"2023-01-01\", \"latest\": \"2023-12-31\"}],"
    " \"items\": ["
    "  {\"id\": \"1\", \"title\": \"宣讲\", \"points\": 10, \"rule\": {\"kind\": \"rank\", \"value\": \"场次\","
    "   \"order\": \"descending\", \"points\": [10, 8, 6], \"beyond\": 1, \"ties\": \"shared\"}},"
    "  {\"id\": \"2\", \"title\": \"场均\", \"points\": 10, \"rule\": {\"kind\": \"formula\", \"value\": \"场次 / 投入\","
    "   \"floor\": 0, \"cap\": 10}},"
    "  {\"id\": \"3\", \"title\": \"达标\", \"points\": 5, \"rule\": {\"kind\": \"all_or_nothing\","
    "   \"when\": \"达标 && 档次 == \\\"高\\\"\"}},"
    "  {\"id\": \"4\", \"title\": \"报送\", \"points\": 2, \"rule\": {\"kind\": \"all_or_nothing\","
    "   \"when\": \"报送日 <= date(\\\"2023-06-30\\\")\"}}],"
    " \"grades\": {\"compare\": \"rounded\", \"bands\": [{\"grade\": \"优\", \"from\": 15}, {\"grade\": \"差\"}]}}";

#define ROWS 3
#define GOES(call) CHECK((call) == ZEREN_OK && error == NULL)

static zeren_scheme *scheme;
static zeren_columns *columns;
static zeren_error *error;

static const int64_t meetings[] = {3, 9, 5};
static const int64_t cents[] = {30000, 100000, 700};
static const uint8_t reached[] = {1, 0, 7};
static const int32_t levels[] = {0, 0, 1};
static const int32_t days[] = {20230630, 20230701, 20230101};

static zeren_table *filled(void) {
  zeren_table *table;
  GOES(zeren_table_new(columns, ROWS, &table, &error));
  GOES(zeren_table_set_numbers(table, "场次", ZEREN_NUL, meetings, 0, NULL, ROWS, &error));
  GOES(zeren_table_set_numbers(table, "投入", ZEREN_NUL, cents, 2, NULL, ROWS, &error));
  GOES(zeren_table_set_truths(table, "达标", ZEREN_NUL, reached, NULL, ROWS, &error));
  GOES(zeren_table_set_words(table, "档次!", strlen("档次"), levels, NULL, ROWS, &error));
  GOES(zeren_table_set_days(table, "报送日", ZEREN_NUL, days, NULL, ROWS, &error));
  return table;
}

/* Every column of results, of rows that all are known; the table is scored again after a change. */
static void known(void) {
  zeren_table *table = filled();
  zeren_scored *scored, *again;
  int64_t out[ROWS], below[ROWS];
  uint8_t by_sheet[ROWS];
  static const int32_t apart[] = {7, 0, 7};
  GOES(zeren_table_score(table, &scored, &error));

  /* 3/300, 9/1000, 5/7: fractions, each over its own. */
  GOES(zeren_scored_points(scored, "2", ZEREN_NUL, out, below, ROWS, &error));
  CHECK(out[0] * 100 == below[0] * 1 && out[1] * 1000 == below[1] * 9 && out[2] * 7 == below[2] * 5);
  GOES(zeren_scored_points(scored, "1", 1, out, below, ROWS, &error));
  CHECK(out[0] == 6 && out[1] == 10 && out[2] == 8 && below[0] == 1 && below[2] == 1);
  GOES(zeren_scored_points(scored, "3", 1, out, NULL, ROWS, &error));
  CHECK(out[0] == 5 && out[1] == 0 && out[2] == 0);
  GOES(zeren_scored_points(scored, "4", 1, out, NULL, ROWS, &error));
  CHECK(out[0] == 2 && out[1] == 0 && out[2] == 2);
  GOES(zeren_scored_total(scored, out, NULL, ROWS, &error));
  CHECK(out[0] == 1301 && out[1] == 1001 && out[2] == 1071);
  GOES(zeren_scored_grade(scored, out, ROWS, &error));
  CHECK(out[0] == 1 && out[1] == 1 && out[2] == 1);
  GOES(zeren_scored_rank(scored, out, ROWS, &error));
  CHECK(out[0] == 1 && out[1] == 3 && out[2] == 2);
  GOES(zeren_scored_by_sheet(scored, by_sheet, ROWS, &error));
  CHECK(by_sheet[0] == 0 && by_sheet[1] == 0 && by_sheet[2] == 0);

  /* Another cohort, and the table once more; what was scored before stays as it was, and outlives its table. */
  GOES(zeren_table_set_cohorts(table, apart, ROWS, &error));
  GOES(zeren_table_score(table, &again, &error));
  GOES(zeren_table_set_cohorts(table, NULL, 0, &error));
  GOES(zeren_table_set_parents(table, NULL, 0, &error));
  zeren_table_free(table);
  GOES(zeren_scored_rank(again, out, ROWS, &error));
  CHECK(out[0] == 1 && out[1] == 1 && out[2] == 2);
  GOES(zeren_scored_rank(scored, out, ROWS, &error));
  CHECK(out[1] == 3);
  zeren_scored_free(again);
  zeren_scored_free(scored);
}

/* A row that is unknown is told, has a sheet, and says so in the columns where it is not one number. */
static void unknown(void) {
  zeren_table *table = filled();
  zeren_scored *scored;
  zeren_text sheet;
  int64_t out[ROWS];
  uint8_t by_sheet[ROWS];
  static const uint8_t states[] = {ZEREN_KNOWN, ZEREN_UNKNOWN, ZEREN_NOT_APPLICABLE};
  static const int64_t nonsense[] = {3, -1, INT64_MAX};
  static const int32_t apart[] = {0, 1, 2};
  GOES(zeren_table_set_numbers(table, "场次", ZEREN_NUL, nonsense, 0, states, ROWS, &error));
  GOES(zeren_table_set_cohorts(table, apart, ROWS, &error));
  GOES(zeren_table_score(table, &scored, &error));
  GOES(zeren_scored_by_sheet(scored, by_sheet, ROWS, &error));
  CHECK(by_sheet[0] == 0 && by_sheet[1] == 1 && by_sheet[2] == 1);
  GOES(zeren_scored_total(scored, out, NULL, ROWS, &error));
  CHECK(out[0] == 1701 && out[1] == ZEREN_SEE_SHEET);
  GOES(zeren_scored_points(scored, "3", 1, out, NULL, ROWS, &error));
  CHECK(out[0] == 5 && out[1] == 0 && out[2] == 0);
  GOES(zeren_scored_sheet(scored, 1, &sheet, &error));
  CHECK(strstr(sheet.data, "\"open\":[\"场次\"]") != NULL && strstr(sheet.data, "\"subject\":\"1\"") != NULL);
  zeren_text_free(&sheet);
  /* Any row can be explained from its table. */
  GOES(zeren_table_sheet(table, 0, &sheet, &error));
  CHECK(strstr(sheet.data, "\"total\":{\"lowest\":\"17.01\"") != NULL && strstr(sheet.data, "\"subject\":\"0\"") != NULL);
  zeren_text_free(&sheet);
  expect(zeren_table_sheet(table, ROWS, &sheet, &error), ZEREN_NOT_FOUND, error, "score.no_row");
  expect(zeren_scored_sheet(scored, 0, &sheet, &error), ZEREN_NOT_FOUND, error, "capi.no_sheet");
  expect(zeren_scored_sheet(scored, ROWS, &sheet, &error), ZEREN_NOT_FOUND, error, "capi.no_sheet");
  CHECK(sheet.data == NULL && sheet.len == 0);
  zeren_scored_free(scored);
  zeren_table_free(table);
}

/* What columns refuse; a refused column leaves the one before in its place. */
static void refused(void) {
  zeren_table *table, *empty;
  zeren_scored *scored;
  int64_t out[ROWS] = {1, 2, 3};
  static const int64_t far[] = {3, 21, 5};
  static const int32_t no_day[] = {20230630, 20230229, 0}, no_word[] = {0, 2, 0}, below_nought[] = {0, -1, 0};
  static const int64_t own_parent[] = {-1, 1, -1}, no_row[] = {-1, 0, 3};
  static const uint8_t no_state[] = {0, 3, 0};
  table = filled();
#define NUMBERS(name, values, places, states, rows, e) \
  zeren_table_set_numbers(table, name, ZEREN_NUL, values, places, states, rows, e)
  expect(NUMBERS("场次", far, 0, NULL, ROWS, &error), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(NUMBERS("场次", meetings, 1, NULL, ROWS, &error), ZEREN_DOCUMENT, error, "capi.column_places");
  expect(NUMBERS("投入", meetings, 19, NULL, ROWS, &error), ZEREN_DOCUMENT, error, "capi.column_places");
  expect(NUMBERS("投入", meetings, -1, NULL, ROWS, &error), ZEREN_DOCUMENT, error, "capi.column_places");
  expect(NUMBERS("场次", meetings, 0, no_state, ROWS, &error), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(NUMBERS("场次", meetings, 0, NULL, 2, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(NUMBERS("场次", meetings, 0, NULL, SIZE_MAX, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(NUMBERS("次场", meetings, 0, NULL, ROWS, &error), ZEREN_NOT_FOUND, error, "capi.column_unknown");
  expect(NUMBERS("达标", meetings, 0, NULL, ROWS, &error), ZEREN_REFUSED, error, "capi.column_kind");
  expect(NUMBERS("场次", NULL, 0, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(NUMBERS(NULL, meetings, 0, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(NUMBERS("\xFF", meetings, 0, NULL, ROWS, &error), ZEREN_NOT_UTF8, error, "capi.not_utf8");
  CHECK(NUMBERS("场次", far, 0, NULL, ROWS, NULL) == ZEREN_DOCUMENT);
  expect(zeren_table_set_days(table, "报送日", ZEREN_NUL, no_day, NULL, ROWS, &error), ZEREN_DOCUMENT, error,
         "capi.out_of_range");
  expect(zeren_table_set_days(table, "报送日", ZEREN_NUL, NULL, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error,
         "capi.null_argument");
  expect(zeren_table_set_words(table, "档次", ZEREN_NUL, no_word, NULL, ROWS, &error), ZEREN_DOCUMENT, error,
         "capi.out_of_range");
  expect(zeren_table_set_words(table, "场次", ZEREN_NUL, levels, NULL, ROWS, &error), ZEREN_REFUSED, error,
         "capi.column_kind");
  expect(zeren_table_set_truths(table, "达标", ZEREN_NUL, reached, NULL, 1, &error), ZEREN_WRONG_ARRAY, error,
         "capi.wrong_array");
  expect(zeren_table_set_cohorts(table, below_nought, ROWS, &error), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(zeren_table_set_cohorts(table, levels, 2, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(zeren_table_set_parents(table, own_parent, ROWS, &error), ZEREN_DOCUMENT, error, "capi.out_of_range");
  expect(zeren_table_set_parents(table, no_row, ROWS, &error), ZEREN_DOCUMENT, error, "capi.out_of_range");
  /* An address where no int64_t can stand. */
  expect(NUMBERS("场次", (const int64_t *)(const void *)((const char *)meetings + 1), 0, NULL, 2, &error),
         ZEREN_WRONG_ARRAY, error, "capi.wrong_array");

  GOES(zeren_table_score(table, &scored, &error));
  expect(zeren_scored_total(scored, out, NULL, 2, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(zeren_scored_total(scored, NULL, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_scored_points(scored, "2", 1, out, NULL, ROWS, &error), ZEREN_REFUSED, error, "capi.fractions");
  expect(zeren_scored_points(scored, "9", 1, out, NULL, ROWS, &error), ZEREN_NOT_FOUND, error, "capi.item_unknown");
  expect(zeren_scored_points(scored, NULL, 1, out, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error,
         "capi.null_argument");
  expect(zeren_scored_rank(scored, out, ROWS + 1, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  expect(zeren_scored_grade(scored, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_scored_by_sheet(scored, NULL, ROWS, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_scored_by_sheet(scored, (uint8_t *)out, 1, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  CHECK(out[0] == 1 && out[1] == 2 && out[2] == 3);
  GOES(zeren_scored_total(scored, out, NULL, ROWS, &error));
  CHECK(out[0] == 1301);
  expect(zeren_scored_sheet(scored, 0, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  zeren_scored_free(scored);
  zeren_table_free(table);

  /* More rows than a table may have; what was never set. */
  empty = table;
  expect(zeren_table_new(columns, SIZE_MAX, &empty, &error), ZEREN_WRONG_ARRAY, error, "capi.wrong_array");
  CHECK(empty == NULL);
  GOES(zeren_table_new(columns, ROWS, &empty, &error));
  scored = (zeren_scored *)out;
  expect(zeren_table_score(empty, &scored, &error), ZEREN_REFUSED, error, "capi.column_missing");
  CHECK(scored == NULL);
  zeren_table_free(empty);
}

/* Handles of the wrong type and none. */
static void handles(void) {
  zeren_table *table = filled(), *table_out = (zeren_table *)&table;
  zeren_columns *columns_out = (zeren_columns *)&table;
  zeren_scored *scored, *scored_out = (zeren_scored *)&table;
  zeren_text text = {(char *)&table, 3};
  int64_t out[ROWS];
  uint8_t by_sheet[ROWS];
  void *other;
  GOES(zeren_table_score(table, &scored, &error));
  for (other = NULL;; other = scheme) {
    int32_t status = other == NULL ? ZEREN_NULL_ARGUMENT : ZEREN_WRONG_HANDLE;
    const char *code = other == NULL ? "capi.null_argument" : "capi.wrong_handle";
    void *no_scheme = other == NULL ? NULL : (void *)table;
    expect(zeren_columns_new(no_scheme, &columns_out, &error), status, error, code);
    expect(zeren_columns_about(other, &text, &error), status, error, code);
    expect(zeren_table_new(other, ROWS, &table_out, &error), status, error, code);
    expect(zeren_table_score(other, &scored_out, &error), status, error, code);
    expect(zeren_table_sheet(other, 0, &text, &error), status, error, code);
    CHECK(columns_out == NULL && table_out == NULL && scored_out == NULL && text.data == NULL && text.len == 0);
    expect(zeren_table_set_numbers(other, "场次", ZEREN_NUL, meetings, 0, NULL, ROWS, &error), status, error, code);
    expect(zeren_table_set_days(other, "报送日", ZEREN_NUL, days, NULL, ROWS, &error), status, error, code);
    expect(zeren_table_set_truths(other, "达标", ZEREN_NUL, reached, NULL, ROWS, &error), status, error, code);
    expect(zeren_table_set_words(other, "档次", ZEREN_NUL, levels, NULL, ROWS, &error), status, error, code);
    expect(zeren_table_set_cohorts(other, levels, ROWS, &error), status, error, code);
    expect(zeren_table_set_parents(other, NULL, 0, &error), status, error, code);
    expect(zeren_scored_points(other, "1", 1, out, NULL, ROWS, &error), status, error, code);
    expect(zeren_scored_total(other, out, NULL, ROWS, &error), status, error, code);
    expect(zeren_scored_grade(other, out, ROWS, &error), status, error, code);
    expect(zeren_scored_earned_grade(other, out, ROWS, &error), status, error, code);
    expect(zeren_scored_rank(other, out, ROWS, &error), status, error, code);
    expect(zeren_scored_by_sheet(other, by_sheet, ROWS, &error), status, error, code);
    expect(zeren_scored_sheet(other, 0, &text, &error), status, error, code);
    zeren_columns_free(other);
    zeren_table_free(other);
    zeren_scored_free(other);
    if (other != NULL) break;
  }
  expect(zeren_columns_new(scheme, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_columns_about(columns, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_table_new(columns, ROWS, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_table_sheet(table, 0, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_table_score(table, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  zeren_scored_free(scored);
  zeren_table_free(table);
}

int main(void) {
  zeren_text about;
  zeren_table *table;
  zeren_scored *scored;
  GOES(zeren_scheme_parse(SCHEME, ZEREN_NUL, &scheme, &error));
  GOES(zeren_columns_new(scheme, &columns, &error));
  GOES(zeren_columns_about(columns, &about, &error));
  CHECK(strstr(about.data, "\"name\":\"投入\",\"kind\":\"money\",\"needed\":true,\"places\":2") != NULL);
  CHECK(strstr(about.data, "\"what\":\"total\",\"per\":100,\"fractions\":false") != NULL);
  zeren_text_free(&about);
  known();
  unknown();
  refused();
  handles();

  /* No rows; and frees in any order: what was made of a handle outlives it. */
  GOES(zeren_table_new(columns, 0, &table, &error));
  zeren_columns_free(columns);
  zeren_scheme_free(scheme);
  GOES(zeren_table_set_numbers(table, "场次", ZEREN_NUL, NULL, 0, NULL, 0, &error));
  GOES(zeren_table_set_numbers(table, "投入", ZEREN_NUL, NULL, 0, NULL, 0, &error));
  GOES(zeren_table_set_truths(table, "达标", ZEREN_NUL, NULL, NULL, 0, &error));
  GOES(zeren_table_set_words(table, "档次", ZEREN_NUL, NULL, NULL, 0, &error));
  GOES(zeren_table_set_days(table, "报送日", ZEREN_NUL, NULL, NULL, 0, &error));
  GOES(zeren_table_score(table, &scored, &error));
  zeren_table_free(table);
  GOES(zeren_scored_total(scored, NULL, NULL, 0, &error));
  GOES(zeren_scored_points(scored, "2", 1, NULL, NULL, 0, &error));
  zeren_scored_free(scored);
  return 0;
}
