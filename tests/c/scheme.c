/* Questions to a scheme: a cohort, a check, what it would take, a difference; schemas; misuse of each. */
#include "check.h"

#define HEAD_OF_SCHEME                                                                                              \
  "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s\", \"version\": \"1\", \"title\": \"名次\"," \
  " \"year\": 2023, \"status\": \"adopted\", \"not_applicable\": \"renormalise\","                                   \
  " \"redetermination\": \"subject_only\", \"rounding\": {\"when\": \"total\", \"place\": 2, \"mode\": \"half_up\"}," \
  " \"ranking\": {\"ties\": \"shared\"}, \"facts\": [{\"name\": \"场次\", \"kind\": \"count\", \"max\": 20,"          \
  " \"improvable\": true}, {\"name\": \"闲\", \"kind\": \"count\", \"max\": 1}],"
#define RANKED(points)                                                                                          \
  HEAD_OF_SCHEME " \"items\": [{\"id\": \"1\", \"title\": \"宣讲\", \"points\": 10, \"rule\": {\"kind\": \"rank\"," \
  " \"value\": \"场次\", \"order\": \"descending\", \"points\": [" points "], \"ties\": \"shared\"}}]}"

#define FACTS(subject, value)                                                                         \
  "{\"kind\": \"facts\", \"format\": 1, \"subject\": \"" subject "\", \"scheme\": \"s\", \"facts\": {\"场次\": " value \
  ", \"闲\": 0}}"
#define OTHERS FACTS("乙", "9") ", " FACTS("丙", "5")
#define COHORT "[" FACTS("甲", "3") ", " OTHERS "]"

static zeren_scheme *scheme, *stricter;
static zeren_error *error;
static char rubbish[8];
static zeren_text text;

#define GOES(call) CHECK((call) == ZEREN_OK && error == NULL)

/* Whether the answer holds a piece of text; the answer is freed with the last question. */
static int says(const char *piece) {
  if (strstr(text.data, piece) != NULL) return 1;
  fprintf(stderr, "not in the answer: %s\n%s\n", piece, text.data);
  return 0;
}

/* The call fails with the status and clears its output, with and without an error object. */
#define FAILS(status, code, call, call_without)    \
  do {                                             \
    text.data = rubbish;                           \
    text.len = 3;                                  \
    expect(call, status, error, code);             \
    CHECK(text.data == NULL && text.len == 0);     \
    text.data = rubbish;                           \
    CHECK(call_without == status);                 \
    CHECK(text.data == NULL && text.len == 0);     \
  } while (0)

#define COHORT_OF(s, facts, o, e) zeren_scheme_score_cohort(s, facts, ZEREN_NUL, o, e)
#define TAKE(s, query, o, e) zeren_scheme_would_take(s, query, ZEREN_NUL, o, e)
#define DIFFER(s, after, query, o, e) zeren_scheme_difference(s, after, query, ZEREN_NUL, o, e)
#define SCHEMA(kind, o, e) zeren_schema(kind, ZEREN_NUL, o, e)

static void answers(void) {
  GOES(COHORT_OF(scheme, COHORT, &text, &error));
  CHECK(says("\"subject\":\"甲\"") && says("\"rank\":{\"best\":3,\"worst\":3}"));
  CHECK(text.data[0] == '[' && text.data[text.len - 1] == ']');
  zeren_text_free(&text);
  GOES(COHORT_OF(scheme, "[]", &text, &error));
  CHECK(strcmp(text.data, "[]") == 0);
  zeren_text_free(&text);

  GOES(zeren_scheme_check(scheme, &text, &error));
  CHECK(says("闲") && says("\"code\":"));
  zeren_text_free(&text);

  GOES(TAKE(scheme, "{\"facts\": " COHORT ", \"subject\": \"甲\", \"total\": 8}", &text, &error));
  CHECK(says("\"verdict\":\"reachable\"") && says("\"value\":\"5\"") && says("\"reached\":false"));
  zeren_text_free(&text);

  /* From the scheme to a stricter one, and more meetings: 6 to 3 to 5. */
  GOES(DIFFER(scheme, stricter,
              "{\"before\": " COHORT ", \"after\": [" FACTS("甲", "6") ", " OTHERS "], \"subject\": \"甲\"}", &text, &error));
  CHECK(says("\"cause\":\"scheme\"") && says("\"cause\":\"own_facts\"") && says("\"total\":{\"lowest\":\"-1\""));
  zeren_text_free(&text);
  GOES(DIFFER(scheme, scheme, "{\"before\": " COHORT ", \"after\": " COHORT ", \"subject\": \"甲\"}", &text, &error));
  CHECK(says("\"total\":{\"lowest\":\"0\",\"highest\":\"0\"}"));
  zeren_text_free(&text);

  GOES(SCHEMA("scheme", &text, &error));
  CHECK(says("urn:zeren:schema:scheme"));
  zeren_text_free(&text);
  GOES(zeren_schema("facts!", 5, &text, &error));
  CHECK(says("urn:zeren:schema:facts"));
  zeren_text_free(&text);
}

static void refused(void) {
#define TWICE "[" FACTS("乙", "1") ", " OTHERS "]"
  FAILS(ZEREN_REFUSED, "score.subject_twice", COHORT_OF(scheme, TWICE, &text, &error),
        COHORT_OF(scheme, TWICE, &text, NULL));
  FAILS(ZEREN_DOCUMENT, "document.", COHORT_OF(scheme, "{}", &text, &error), COHORT_OF(scheme, "{}", &text, NULL));
#define NO_GOAL "{\"facts\": " COHORT ", \"subject\": \"甲\"}"
  FAILS(ZEREN_DOCUMENT, "score.goal", TAKE(scheme, NO_GOAL, &text, &error), TAKE(scheme, NO_GOAL, &text, NULL));
#define NOBODY "{\"facts\": " COHORT ", \"subject\": \"丁\", \"total\": 8}"
  FAILS(ZEREN_REFUSED, "score.", TAKE(scheme, NOBODY, &text, &error), TAKE(scheme, NOBODY, &text, NULL));
#define MISSPELT "{\"befor\": " COHORT ", \"after\": " COHORT ", \"subject\": \"甲\"}"
  FAILS(ZEREN_DOCUMENT, "document.unknown_field", DIFFER(scheme, stricter, MISSPELT, &text, &error),
        DIFFER(scheme, stricter, MISSPELT, &text, NULL));
  FAILS(ZEREN_NOT_FOUND, "schemas.unknown", SCHEMA("sheme", &text, &error), SCHEMA("sheme", &text, NULL));
  FAILS(ZEREN_NOT_FOUND, "schemas.unknown", zeren_schema(NULL, 0, &text, &error), zeren_schema(NULL, 0, &text, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", SCHEMA("\xFF", &text, &error), SCHEMA("\xFF", &text, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", COHORT_OF(scheme, "\xFF", &text, &error), COHORT_OF(scheme, "\xFF", &text, NULL));
}

static void misused(void) {
  zeren_scheme *other = (zeren_scheme *)error;
  zeren_year *year;
  int pass;
  GOES(zeren_year_new(&year, &error));
  for (pass = 0; pass < 2; pass++) {
    int32_t status = pass == 0 ? ZEREN_NULL_ARGUMENT : ZEREN_WRONG_HANDLE;
    const char *code = pass == 0 ? "capi.null_argument" : "capi.wrong_handle";
    other = pass == 0 ? NULL : (zeren_scheme *)year;
    FAILS(status, code, COHORT_OF(other, "[]", &text, &error), COHORT_OF(other, "[]", &text, NULL));
    FAILS(status, code, zeren_scheme_check(other, &text, &error), zeren_scheme_check(other, &text, NULL));
    FAILS(status, code, TAKE(other, "{}", &text, &error), TAKE(other, "{}", &text, NULL));
    FAILS(status, code, DIFFER(other, scheme, "{}", &text, &error), DIFFER(other, scheme, "{}", &text, NULL));
    FAILS(status, code, DIFFER(scheme, other, "{}", &text, &error), DIFFER(scheme, other, "{}", &text, NULL));
  }
  FAILS(ZEREN_NULL_ARGUMENT, "capi.null_argument", COHORT_OF(scheme, NULL, &text, &error),
        COHORT_OF(scheme, NULL, &text, NULL));
  FAILS(ZEREN_NULL_ARGUMENT, "capi.null_argument", TAKE(scheme, NULL, &text, &error), TAKE(scheme, NULL, &text, NULL));
  FAILS(ZEREN_NULL_ARGUMENT, "capi.null_argument", DIFFER(scheme, scheme, NULL, &text, &error),
        DIFFER(scheme, scheme, NULL, &text, NULL));
  FAILS(ZEREN_NULL_ARGUMENT, "capi.null_argument", SCHEMA(NULL, &text, &error), SCHEMA(NULL, &text, NULL));
  expect(COHORT_OF(scheme, "[]", NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(zeren_scheme_check(scheme, NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(TAKE(scheme, "{}", NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(DIFFER(scheme, scheme, "{}", NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  expect(SCHEMA("act", NULL, &error), ZEREN_NULL_ARGUMENT, error, "capi.null_argument");
  zeren_year_free(year);
}

int main(void) {
  GOES(zeren_scheme_parse(RANKED("10, 8, 6"), ZEREN_NUL, &scheme, &error));
  GOES(zeren_scheme_parse(RANKED("10, 5, 3"), ZEREN_NUL, &stricter, &error));
  answers();
  refused();
  misused();
  zeren_scheme_free(stricter);
  zeren_scheme_free(scheme);
  return 0;
}
