/* Papers: in three forms, refused for the right reasons, outputs cleared whatever happens. */
#include "check.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static zeren_system *system_;
static zeren_scheme *scheme;
static zeren_text text;
static zeren_error *error;

#define SCHEME                                                                                                     \
  "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s-1\", \"version\": \"1\", \"title\": \"办法\"," \
  " \"year\": 2022, \"status\": \"draft\", \"facts\": [{\"name\": \"场次\", \"kind\": \"count\", \"max\": 9}], \"items\":"  \
  " [{\"id\": \"1\", \"title\": \"项\", \"points\": 5, \"rule\": {\"kind\": \"all_or_nothing\", \"when\": \"场次 > 1\"}}]}"
#define ACTS                                                                                                          \
  "{\"act\": \"units.founded\", \"id\": \"u\", \"effective\": \"2022-01-01\", \"units\": [{\"id\": \"甲\", \"name\":"    \
  " \"甲镇\", \"class\": \"镇\"}]}, {\"act\": \"subjects.registered\", \"id\": \"s\", \"effective\": \"2022-01-01\","    \
  " \"subjects\": [{\"id\": \"s-甲\", \"name\": \"甲镇\", \"class\": \"镇\", \"units\": [\"甲\"]}]}, {\"act\":"          \
  " \"roster.adopted\", \"id\": \"r\", \"effective\": \"2022-01-01\", \"scheme\": \"s-1\", \"subjects\": [\"s-甲\"]},"   \
  " {\"act\": \"facts.recorded\", \"id\": \"f\", \"effective\": \"2022-12-31\", \"scheme\": \"s-1\", \"subject\":"        \
  " \"s-甲\", \"facts\": {\"场次\": 2}}"
#define TRIAL(more) \
  "{\"kind\": \"score_feedback\", \"day\": \"2022-12-31\", \"subject\": \"s-甲\", \"trial\": true" more "}"
#define DUTY "{\"kind\": \"duty_report\", \"day\": \"2022-12-31\", \"unit\": \"甲\"}"
#define PAPER(system, scheme, request, out, err) zeren_system_paper(system, scheme, request, ZEREN_NUL, out, err)
#define GOES(call) CHECK((call) == ZEREN_OK)

static int says(const char *words) { return text.data != NULL && strstr(text.data, words) != NULL; }
static int clean(void) { return text.data == NULL && text.len == 0; }

/* The call fails with the status and the code, and clears the output, which holds rubbish before. */
static void fails(const zeren_system *system, const zeren_scheme *with, const char *request, int32_t status,
                  const char *code) {
  static char rubbish[4];
  text.data = rubbish;
  text.len = 3;
  expect(PAPER(system, with, request, &text, &error), status, error, code);
  CHECK(clean());
  CHECK(PAPER(system, with, request, &text, NULL) == status && clean());
}

static void found(void) {
  char request[2048];
  zeren_prepared *prepared;
  snprintf(request, sizeof request,
           "{\"head\": {\"position\": 0, \"digest\": \"" ZEROS "\"}, \"time\": \"2023-01-04T09:00:00+08:00\","
           " \"operator\": \"u-17\", \"acts\": [" ACTS "]}");
  GOES(zeren_system_new("示例新区", ZEREN_NUL, &system_, &error));
  GOES(zeren_system_prepare(system_, request, ZEREN_NUL, &prepared, &text, &error));
  zeren_text_free(&text);
  GOES(zeren_system_commit(system_, prepared, &error));
  zeren_prepared_free(prepared);
  GOES(zeren_scheme_parse(SCHEME, ZEREN_NUL, &scheme, &error));
}

static void made(void) {
  GOES(PAPER(system_, scheme, TRIAL(""), &text, &error));
  CHECK(says("{\"kind\":\"score_feedback\"") && says("测算稿"));
  zeren_text_free(&text);
  GOES(PAPER(system_, scheme, TRIAL(", \"format\": \"markdown\""), &text, &error));
  CHECK(says("# 《办法》得分反馈单（测算稿）\n") && says("| 1 | 项 | 5 | 5 |"));
  zeren_text_free(&text);
  GOES(PAPER(system_, scheme, TRIAL(", \"format\": \"html\""), &text, &error));
  CHECK(says("<!DOCTYPE html>") && says("</html>"));
  zeren_text_free(&text);
  /* No scheme where none is needed. */
  GOES(PAPER(system_, NULL, DUTY, &text, &error));
  CHECK(says("甲镇履行责任情况报告"));
  zeren_text_free(&text);
}

static void refused(void) {
  zeren_system *not_system = (zeren_system *)scheme;
  zeren_scheme *not_scheme = (zeren_scheme *)system_;
  fails(system_, NULL, TRIAL(""), ZEREN_DOCUMENT, "report.scheme_missing");
  fails(system_, scheme, "{\"kind\": \"leter\", \"day\": \"2022-12-31\"}", ZEREN_DOCUMENT, "document.unknown_word");
  fails(system_, NULL, "{\"kind\": \"letter\", \"day\": \"2022-12-31\"}", ZEREN_DOCUMENT, "report.field_missing");
  fails(system_, NULL, "{\"kind\": \"letter\", \"day\": \"2022-12-31\", \"letter\": \"书\"}", ZEREN_NOT_FOUND,
        "report.not_known");
  fails(system_, scheme, TRIAL(", \"audience\": {\"who\": \"public\"}"), ZEREN_REFUSED, "report.not_for_audience");
  fails(NULL, scheme, TRIAL(""), ZEREN_NULL_ARGUMENT, "capi.null_argument");
  fails(system_, scheme, NULL, ZEREN_NULL_ARGUMENT, "capi.null_argument");
  fails(not_system, scheme, TRIAL(""), ZEREN_WRONG_HANDLE, "capi.wrong_handle");
  fails(system_, not_scheme, TRIAL(""), ZEREN_WRONG_HANDLE, "capi.wrong_handle");
  fails(system_, scheme, "\xFF", ZEREN_NOT_UTF8, "capi.not_utf8");
  expect(PAPER(system_, scheme, TRIAL(""), NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
}

int main(void) {
  found();
  made();
  refused();
  zeren_scheme_free(scheme);
  zeren_system_free(system_);
  return 0;
}
