/* Columns, and questions to a scheme, through the C ABI: columns TRANSCRIPT SCHEME. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zeren.h"

#define ROWS 40

static zeren_error *error;
static FILE *out;

static void must(int truth, const char *what) {
  if (truth) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static void ok(int32_t status) {
  zeren_text message = {NULL, 0};
  if (status == ZEREN_OK) return;
  if (zeren_error_message(error, &message) == ZEREN_OK) fprintf(stderr, "%s\n", message.data);
  exit(1);
}

/* Writes a text as a line of the transcript, and frees it. */
static void tell(zeren_text *text) {
  must(fwrite(text->data, 1, text->len, out) == text->len && fputc('\n', out) != EOF, "the transcript");
  zeren_text_free(text);
}

/* Tells an array of sheets one a line, as the other ways have them one by one. */
static void tell_each(zeren_text *array) {
  int depth = 0, quoted = 0;
  size_t at;
  for (at = 1; at + 1 < array->len; at++) {
    char byte = array->data[at];
    if (quoted && byte == '\\') {
      fputc(byte, out);
      byte = array->data[++at];
    } else if (byte == '"') {
      quoted = !quoted;
    } else if (!quoted) {
      depth += (byte == '{' || byte == '[') - (byte == '}' || byte == ']');
      if (depth == 0 && byte == ',') continue;
    }
    fputc(byte, out);
    if (!quoted && depth == 0) fputc('\n', out);
  }
  zeren_text_free(array);
}

/* Which columns there are, in the order in which zeren_columns_about tells them. */
static const char *const items[] = {"1", "2", "3", "4", "扣1"};

static void tell_column(const char *what, const char *item, const int64_t *numbers, const int64_t *below,
                        const uint8_t *by_sheet) {
  int row;
  fprintf(out, "%s %s", what, item);
  for (row = 0; row < ROWS; row++) {
    if (!by_sheet[row]) fprintf(out, " %lld/%lld", (long long)numbers[row], (long long)below[row]);
  }
  fputc('\n', out);
}

static void tell_columns(zeren_scored *scored, const uint8_t *by_sheet) {
  int64_t numbers[ROWS], below[ROWS];
  int row;
  size_t item;
  for (item = 0; item < sizeof items / sizeof *items; item++) {
    ok(zeren_scored_points(scored, items[item], ZEREN_NUL, numbers, below, ROWS, &error));
    tell_column("points", items[item], numbers, below, by_sheet);
  }
  ok(zeren_scored_total(scored, numbers, below, ROWS, &error));
  tell_column("total", "-", numbers, below, by_sheet);
  for (row = 0; row < ROWS; row++) below[row] = 1;
  ok(zeren_scored_grade(scored, numbers, ROWS, &error));
  tell_column("grade", "-", numbers, below, by_sheet);
  ok(zeren_scored_earned_grade(scored, numbers, ROWS, &error));
  tell_column("earned_grade", "-", numbers, below, by_sheet);
  ok(zeren_scored_rank(scored, numbers, ROWS, &error));
  tell_column("rank", "-", numbers, below, by_sheet);
}

static void in_columns(const zeren_scheme *scheme) {
  int64_t meetings[ROWS], cents[ROWS];
  int32_t levels[ROWS], days[ROWS], cohorts[ROWS];
  uint8_t reached[ROWS], states[ROWS], by_sheet[ROWS];
  zeren_columns *columns;
  zeren_table *table;
  zeren_scored *scored;
  zeren_text text;
  int row;
  for (row = 0; row < ROWS; row++) {
    meetings[row] = row * 7 % 21;
    cents[row] = 100 + row * 97 % 90000;
    reached[row] = row % 2 == 0;
    levels[row] = row % 3 == 0 ? 0 : 1;
    days[row] = 20230015 + (row % 12 + 1) * 100;
    states[row] = row % 16 == 5 ? ZEREN_UNKNOWN : ZEREN_KNOWN;
    cohorts[row] = row / 10;
  }
  ok(zeren_columns_new(scheme, &columns, &error));
  ok(zeren_columns_about(columns, &text, &error));
  tell(&text);
  ok(zeren_table_new(columns, ROWS, &table, &error));
  ok(zeren_table_set_numbers(table, "场次", ZEREN_NUL, meetings, 0, states, ROWS, &error));
  ok(zeren_table_set_numbers(table, "投入", ZEREN_NUL, cents, 2, NULL, ROWS, &error));
  ok(zeren_table_set_truths(table, "达标", ZEREN_NUL, reached, NULL, ROWS, &error));
  ok(zeren_table_set_words(table, "档次", ZEREN_NUL, levels, NULL, ROWS, &error));
  ok(zeren_table_set_days(table, "报送日", ZEREN_NUL, days, NULL, ROWS, &error));
  ok(zeren_table_set_cohorts(table, cohorts, ROWS, &error));
  ok(zeren_table_score(table, &scored, &error));
  ok(zeren_scored_by_sheet(scored, by_sheet, ROWS, &error));
  tell_columns(scored, by_sheet);
  for (row = 0; row < ROWS; row++) {
    if (!by_sheet[row]) continue;
    ok(zeren_scored_sheet(scored, (size_t)row, &text, &error));
    tell(&text);
  }
  zeren_scored_free(scored);
  zeren_table_free(table);
  zeren_columns_free(columns);
}

/* The facts of a row as a document, behind what is written already. */
static char *facts(char *at, int row, int meetings) {
  return at + sprintf(at,
                      "{\"kind\": \"facts\", \"format\": 1, \"subject\": \"%d\", \"scheme\": \"s\", \"facts\": {\"场次\": %d,"
                      " \"投入\": %d, \"达标\": %s, \"档次\": \"%s\", \"报送日\": \"2023-%02d-15\"}}",
                      row, meetings, 100 + row, row % 2 == 0 ? "true" : "false", row % 3 == 0 ? "高" : "低", row % 12 + 1);
}

static void questions(const zeren_scheme *scheme) {
  static char before[4096], after[4096], query[16384];
  char *one = before, *two = after;
  zeren_text text;
  int row;
  for (row = 0; row < 4; row++) {
    *one++ = row == 0 ? '[' : ',';
    *two++ = row == 0 ? '[' : ',';
    one = facts(one, row, row);
    two = facts(two, row, row == 0 ? 5 : row);
  }
  *one++ = *two++ = ']';
  *one = *two = '\0';
  ok(zeren_scheme_score_cohort(scheme, before, ZEREN_NUL, &text, &error));
  tell_each(&text);
  ok(zeren_scheme_check(scheme, &text, &error));
  tell(&text);
  sprintf(query, "{\"facts\": %s, \"subject\": \"0\", \"total\": 12}", before);
  ok(zeren_scheme_would_take(scheme, query, ZEREN_NUL, &text, &error));
  tell(&text);
  sprintf(query, "{\"before\": %s, \"after\": %s, \"subject\": \"0\"}", before, after);
  ok(zeren_scheme_difference(scheme, scheme, query, ZEREN_NUL, &text, &error));
  tell(&text);
}

int main(int argc, char **argv) {
  static char document[65536];
  zeren_scheme *scheme;
  FILE *file;
  size_t len;
  must(argc == 3, "columns TRANSCRIPT SCHEME");
  file = fopen(argv[2], "rb");
  must(file != NULL, argv[2]);
  len = fread(document, 1, sizeof document, file);
  must(len > 0 && len < sizeof document, argv[2]);
  fclose(file);
  out = fopen(argv[1], "wb");
  must(out != NULL, argv[1]);
  ok(zeren_scheme_parse(document, len, &scheme, &error));
  in_columns(scheme);
  questions(scheme);
  zeren_scheme_free(scheme);
  must(fclose(out) == 0, argv[1]);
  return 0;
}
