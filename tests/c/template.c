/* Tables for data entry: written, filled in, read back; what cannot be read is told by its cell. */
#include "check.h"

static const char SCHEME[] =
    "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"办法\", \"version\": \"1\", \"title\": \"办法\","
    " \"year\": 2022, \"status\": \"draft\", \"facts\": [{\"name\": \"场次\", \"kind\": \"count\", \"unit\": \"场\","
    " \"max\": 100, \"supplier\": \"宣传部\"}], \"items\": [{\"id\": \"1\", \"title\": \"宣讲\", \"points\": 5,"
    " \"rule\": {\"kind\": \"formula\", \"value\": \"min(5, 场次)\", \"floor\": 0, \"cap\": 5}}]}";

/* The table with `filled` in the place of what stands behind `before`; free it. */
static char *fill_in(const char *table, const char *before, const char *filled) {
  const char *at = strstr(table, before);
  size_t head, size;
  char *text;
  CHECK(at != NULL);
  head = (size_t)(at - table) + strlen(before);
  size = strlen(table) + strlen(filled) + 1;
  text = malloc(size);
  CHECK(text != NULL);
  snprintf(text, size, "%.*s%s%s", (int)head, table, filled, table + head);
  return text;
}

int main(void) {
  zeren_scheme *scheme = NULL;
  zeren_text about, table, entered, book = {NULL, 0};
  zeren_error *error = NULL;
  int32_t status;
  char *text;

  CHECK(zeren_scheme_parse(SCHEME, ZEREN_NUL, &scheme, NULL) == ZEREN_OK);
  CHECK(zeren_scheme_about(scheme, &about, NULL) == ZEREN_OK);
  CHECK(strstr(about.data, "\"templates\":[{\"supplier\":\"宣传部\"}]") != NULL);
  CHECK(zeren_scheme_template(scheme, "{\"supplier\": \"宣传部\", \"subjects\": [{\"id\": \"s-1\", \"name\": \"甲镇\"}]}",
                              ZEREN_NUL, &table, &error) == ZEREN_OK);
  CHECK(strncmp(table.data, "\xef\xbb\xbf", 3) == 0 && strlen(table.data) == table.len);

  text = fill_in(table.data, "s-1,甲镇,", "12");
  CHECK(zeren_scheme_read_template(scheme, text, strlen(text), &entered, &error) == ZEREN_OK);
  CHECK(strstr(entered.data, "\"subjects\":[{\"subject\":\"s-1\",\"facts\":{\"场次\":12}}]") != NULL);
  zeren_text_free(&entered);
  free(text);
  text = fill_in(table.data, "s-1,甲镇,", "三");
  expect(zeren_scheme_read_template(scheme, text, ZEREN_NUL, &entered, &error), ZEREN_DOCUMENT, error, "C4");
  CHECK(entered.data == NULL && entered.len == 0);
  free(text);
  /* Bytes that are no text are told as what they look like, not refused at the door. */
  expect(zeren_scheme_read_template(scheme, "\xb0\xec\xb7\xa8,", 5, &entered, &error), ZEREN_DOCUMENT, error,
         "fact.template_not_utf8");
  expect(zeren_scheme_template(scheme, "{\"supplier\": \"统计局\", \"subjects\": []}", ZEREN_NUL, &book, &error),
         ZEREN_NOT_FOUND, error, "scheme.no_template");

  /* A workbook where the library has them; the function is there in any case. */
  status = zeren_scheme_template(scheme, "{\"format\": \"xlsx\", \"subjects\": [{\"id\": \"s-1\", \"facts\": {\"场次\": 7}}]}",
                                 ZEREN_NUL, &book, &error);
  if (status == ZEREN_OK) {
    CHECK(book.len > 4 && memcmp(book.data, "PK\3\4", 4) == 0 && book.data[book.len] == '\0');
    CHECK(zeren_scheme_read_template(scheme, book.data, book.len, &entered, &error) == ZEREN_OK);
    CHECK(strstr(entered.data, "\"facts\":{\"场次\":7}") != NULL);
    zeren_text_free(&entered);
  } else {
    failed(status, ZEREN_UNSUPPORTED, error, "fact.template_no_xlsx");
    expect(zeren_scheme_read_template(scheme, "PK\3\4", 4, &entered, &error), ZEREN_UNSUPPORTED, error,
           "fact.template_no_xlsx");
  }

  zeren_text_free(&book);
  zeren_text_free(&table);
  zeren_text_free(&about);
  zeren_scheme_free(scheme);
  return 0;
}
