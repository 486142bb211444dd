/* Every pointer NULL in turn, handles of the wrong type, impossible text; outputs cleared whatever happens. */
#include "request.h"

static zeren_system *system_;
static zeren_prepared *prepared_;
static zeren_scheme *scheme_;
static zeren_year *year_;

/* An output that holds rubbish before a failing call, and must be empty behind it. */
static char rubbish[64];
static zeren_text text_out;
static void *handle_out;
static zeren_error *error;

static void soil(void) {
  text_out.data = rubbish;
  text_out.len = 3;
  handle_out = rubbish;
  error = (zeren_error *)rubbish;
}
static int text_clean(void) { return text_out.data == NULL && text_out.len == 0; }

#define SYSTEM_OUT ((zeren_system **)&handle_out)
#define PREPARED_OUT ((zeren_prepared **)&handle_out)
#define SCHEME_OUT ((zeren_scheme **)&handle_out)
#define YEAR_OUT ((zeren_year **)&handle_out)
#define SCHEME                                                                                            \
  "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"s-1\", \"version\": \"1\", \"title\": \"t\"," \
  " \"year\": 2022, \"status\": \"draft\", \"items\":" \
  " [{\"id\": \"1\", \"title\": \"t\", \"points\": 5, \"rule\": {\"kind\": \"all_or_nothing\", \"when\": \"true\"}}]}"
#define NOBODY "{\"day\": \"2022-03-01\", \"subjects\": []}"
#define IS_NULL "capi.null_argument"
#define IS_WRONG "capi.wrong_handle"

/* The call fails with the status, and clears the outputs that it has; once with and once without an error object. */
#define FAILS(status, code, clean, call, call_without)   \
  do {                                                   \
    soil();                                              \
    expect(call, status, error, code);                   \
    CHECK(clean);                                        \
    soil();                                              \
    CHECK(call_without == status && (clean));            \
  } while (0)

static void nulls(void) {
  zeren_error *some = NULL;
  CHECK(zeren_version(NULL) == ZEREN_NULL_ARGUMENT);
  zeren_text_free(NULL);
  zeren_error_free(NULL);
  zeren_prepared_free(NULL);
  zeren_system_free(NULL);
  zeren_scheme_free(NULL);
  zeren_year_free(NULL);

  CHECK(zeren_system_new(NULL, 1, SYSTEM_OUT, &some) == ZEREN_NULL_ARGUMENT);
  soil();
  CHECK(zeren_error_json(NULL, &text_out) == ZEREN_NULL_ARGUMENT && text_clean());
  soil();
  CHECK(zeren_error_message(NULL, &text_out) == ZEREN_NULL_ARGUMENT && text_clean());
  CHECK(zeren_error_json(some, NULL) == ZEREN_NULL_ARGUMENT);
  CHECK(zeren_error_message(some, NULL) == ZEREN_NULL_ARGUMENT);
  zeren_error_free(some);

#define NULLS(clean, call, call_without) FAILS(ZEREN_NULL_ARGUMENT, IS_NULL, clean, call, call_without)
#define NEW(a, b, c, e) zeren_system_new(a, b, c, e)
  NULLS(handle_out == NULL, NEW(NULL, 1, SYSTEM_OUT, &error), NEW(NULL, 1, SYSTEM_OUT, NULL));
  NULLS(handle_out == NULL, NEW(NULL, ZEREN_NUL, SYSTEM_OUT, &error), NEW(NULL, ZEREN_NUL, SYSTEM_OUT, NULL));
  NULLS(1, NEW("a", 1, NULL, &error), NEW("a", 1, NULL, NULL));
#define OPEN(a, b, c, e) zeren_system_open(a, 1, b, 1, c, e)
  NULLS(handle_out == NULL, OPEN(NULL, "x", SYSTEM_OUT, &error), OPEN(NULL, "x", SYSTEM_OUT, NULL));
  NULLS(handle_out == NULL, OPEN("a", NULL, SYSTEM_OUT, &error), OPEN("a", NULL, SYSTEM_OUT, NULL));
  NULLS(1, OPEN("a", "x", NULL, &error), OPEN("a", "x", NULL, NULL));
#define PREPARE(s, r, p, l, e) zeren_system_prepare(s, r, 2, p, l, e)
  NULLS(handle_out == NULL && text_clean(), PREPARE(NULL, "{}", PREPARED_OUT, &text_out, &error),
        PREPARE(NULL, "{}", PREPARED_OUT, &text_out, NULL));
  NULLS(handle_out == NULL && text_clean(), PREPARE(system_, NULL, PREPARED_OUT, &text_out, &error),
        PREPARE(system_, NULL, PREPARED_OUT, &text_out, NULL));
  NULLS(text_clean(), PREPARE(system_, "{}", NULL, &text_out, &error), PREPARE(system_, "{}", NULL, &text_out, NULL));
  NULLS(handle_out == NULL, PREPARE(system_, "{}", PREPARED_OUT, NULL, &error),
        PREPARE(system_, "{}", PREPARED_OUT, NULL, NULL));
#define RECEIPTS zeren_prepared_receipts
  NULLS(text_clean(), RECEIPTS(NULL, &text_out, &error), RECEIPTS(NULL, &text_out, NULL));
  NULLS(1, RECEIPTS(prepared_, NULL, &error), RECEIPTS(prepared_, NULL, NULL));
#define COMMIT zeren_system_commit
  NULLS(1, COMMIT(NULL, prepared_, &error), COMMIT(NULL, prepared_, NULL));
  NULLS(1, COMMIT(system_, NULL, &error), COMMIT(system_, NULL, NULL));
#define FOLLOW(s, l, e) zeren_system_follow(s, l, 1, e)
  NULLS(1, FOLLOW(NULL, "x", &error), FOLLOW(NULL, "x", NULL));
  NULLS(1, FOLLOW(system_, NULL, &error), FOLLOW(system_, NULL, NULL));
#define VIEW(s, q, o, e) zeren_system_view(s, q, 2, o, e)
  NULLS(text_clean(), VIEW(NULL, "{}", &text_out, &error), VIEW(NULL, "{}", &text_out, NULL));
  NULLS(text_clean(), VIEW(system_, NULL, &text_out, &error), VIEW(system_, NULL, &text_out, NULL));
  NULLS(1, VIEW(system_, "{}", NULL, &error), VIEW(system_, "{}", NULL, NULL));
#define VERIFY(a, l, o, e) zeren_ledger_verify(a, 1, l, 1, o, e)
  NULLS(text_clean(), VERIFY(NULL, "x", &text_out, &error), VERIFY(NULL, "x", &text_out, NULL));
  NULLS(text_clean(), VERIFY("a", NULL, &text_out, &error), VERIFY("a", NULL, &text_out, NULL));
  NULLS(1, VERIFY("a", "x", NULL, &error), VERIFY("a", "x", NULL, NULL));
#define PARSE(s, o, e) zeren_scheme_parse(s, 2, o, e)
  NULLS(handle_out == NULL, PARSE(NULL, SCHEME_OUT, &error), PARSE(NULL, SCHEME_OUT, NULL));
  NULLS(1, PARSE("{}", NULL, &error), PARSE("{}", NULL, NULL));
#define ABOUT zeren_scheme_about
  NULLS(text_clean(), ABOUT(NULL, &text_out, &error), ABOUT(NULL, &text_out, NULL));
  NULLS(1, ABOUT(scheme_, NULL, &error), ABOUT(scheme_, NULL, NULL));
#define READ_BACK zeren_scheme_read_back
  NULLS(text_clean(), READ_BACK(NULL, &text_out, &error), READ_BACK(NULL, &text_out, NULL));
  NULLS(1, READ_BACK(scheme_, NULL, &error), READ_BACK(scheme_, NULL, NULL));
#define SCORE(s, f, o, e) zeren_scheme_score(s, f, 2, o, e)
  NULLS(text_clean(), SCORE(NULL, "{}", &text_out, &error), SCORE(NULL, "{}", &text_out, NULL));
  NULLS(text_clean(), SCORE(scheme_, NULL, &text_out, &error), SCORE(scheme_, NULL, &text_out, NULL));
  NULLS(1, SCORE(scheme_, "{}", NULL, &error), SCORE(scheme_, "{}", NULL, NULL));
#define YEAR zeren_year_new
  NULLS(1, YEAR(NULL, &error), YEAR(NULL, NULL));
#define ASSESS(y, s, r, q, o, e) zeren_year_assess(y, s, r, q, 2, o, e)
  NULLS(text_clean(), ASSESS(NULL, system_, scheme_, "{}", &text_out, &error),
        ASSESS(NULL, system_, scheme_, "{}", &text_out, NULL));
  NULLS(text_clean(), ASSESS(year_, NULL, scheme_, "{}", &text_out, &error),
        ASSESS(year_, NULL, scheme_, "{}", &text_out, NULL));
  NULLS(text_clean(), ASSESS(year_, system_, NULL, "{}", &text_out, &error),
        ASSESS(year_, system_, NULL, "{}", &text_out, NULL));
  NULLS(text_clean(), ASSESS(year_, system_, scheme_, NULL, &text_out, &error),
        ASSESS(year_, system_, scheme_, NULL, &text_out, NULL));
  NULLS(1, ASSESS(year_, system_, scheme_, "{}", NULL, &error), ASSESS(year_, system_, scheme_, "{}", NULL, NULL));
}

static void wrong_handles(void) {
  zeren_system *batch = (zeren_system *)prepared_;
  zeren_prepared *sys = (zeren_prepared *)system_;
  zeren_error *not_error = (zeren_error *)system_;
  zeren_scheme *not_scheme = (zeren_scheme *)year_;
  zeren_year *not_year = (zeren_year *)scheme_;
#define WRONG(clean, call, call_without) FAILS(ZEREN_WRONG_HANDLE, IS_WRONG, clean, call, call_without)
  WRONG(handle_out == NULL && text_clean(), PREPARE(batch, "{}", PREPARED_OUT, &text_out, &error),
        PREPARE(batch, "{}", PREPARED_OUT, &text_out, NULL));
  WRONG(text_clean(), RECEIPTS(sys, &text_out, &error), RECEIPTS(sys, &text_out, NULL));
  WRONG(1, COMMIT(batch, prepared_, &error), COMMIT(batch, prepared_, NULL));
  WRONG(1, COMMIT(system_, sys, &error), COMMIT(system_, sys, NULL));
  WRONG(1, FOLLOW(batch, "x", &error), FOLLOW(batch, "x", NULL));
  WRONG(text_clean(), VIEW(batch, "{}", &text_out, &error), VIEW(batch, "{}", &text_out, NULL));
  WRONG(text_clean(), ABOUT(not_scheme, &text_out, &error), ABOUT(not_scheme, &text_out, NULL));
  WRONG(text_clean(), READ_BACK(not_scheme, &text_out, &error), READ_BACK(not_scheme, &text_out, NULL));
  WRONG(text_clean(), SCORE(not_scheme, "{}", &text_out, &error), SCORE(not_scheme, "{}", &text_out, NULL));
  WRONG(text_clean(), ASSESS(not_year, system_, scheme_, "{}", &text_out, &error),
        ASSESS(not_year, system_, scheme_, "{}", &text_out, NULL));
  WRONG(text_clean(), ASSESS(year_, batch, scheme_, "{}", &text_out, &error),
        ASSESS(year_, batch, scheme_, "{}", &text_out, NULL));
  WRONG(text_clean(), ASSESS(year_, system_, not_scheme, "{}", &text_out, &error),
        ASSESS(year_, system_, not_scheme, "{}", &text_out, NULL));
  CHECK(zeren_error_json(not_error, &text_out) == ZEREN_WRONG_HANDLE && text_clean());
  CHECK(zeren_error_message(not_error, &text_out) == ZEREN_WRONG_HANDLE && text_clean());
  /* A free with the wrong type leaves the handle alone. */
  zeren_error_free(not_error);
  zeren_prepared_free(sys);
  zeren_system_free(batch);
  zeren_scheme_free(not_scheme);
  zeren_year_free(not_year);
  CHECK(zeren_system_view(system_, HEAD, ZEREN_NUL, &text_out, NULL) == ZEREN_OK);
  zeren_text_free(&text_out);
  CHECK(zeren_year_assess(year_, system_, scheme_, NOBODY, ZEREN_NUL, &text_out, NULL) == ZEREN_OK);
  CHECK(strcmp(text_out.data, "{\"scheme\":\"s-1\",\"sheets\":[],\"findings\":[]}") == 0);
  zeren_text_free(&text_out);
}

/* What is refused for what it says. */
static void refused(void) {
  FAILS(ZEREN_UNSUPPORTED, "document.", handle_out == NULL, PARSE("{}", SCHEME_OUT, &error),
        PARSE("{}", SCHEME_OUT, NULL));
  FAILS(ZEREN_DOCUMENT, "document.", handle_out == NULL, PARSE("{\"", SCHEME_OUT, &error),
        PARSE("{\"", SCHEME_OUT, NULL));
  FAILS(ZEREN_UNSUPPORTED, "document.", text_clean(), SCORE(scheme_, "{}", &text_out, &error),
        SCORE(scheme_, "{}", &text_out, NULL));
  FAILS(ZEREN_DOCUMENT, "document.missing_field", text_clean(), ASSESS(year_, system_, scheme_, "{}", &text_out, &error),
        ASSESS(year_, system_, scheme_, "{}", &text_out, NULL));
#define BY_ROSTER(e) zeren_year_assess(year_, system_, scheme_, "{\"day\": \"2022-03-01\"}", ZEREN_NUL, &text_out, e)
  FAILS(ZEREN_NOT_FOUND, "year.no_roster", text_clean(), BY_ROSTER(&error), BY_ROSTER(NULL));
}

static void texts(void) {
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", handle_out == NULL, NEW("\xD5\xFE", 2, SYSTEM_OUT, &error),
        NEW("\xD5\xFE", ZEREN_NUL, SYSTEM_OUT, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", text_clean(), VIEW(system_, "\xFF\xFF", &text_out, &error),
        VIEW(system_, "\xFF\xFF", &text_out, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", handle_out == NULL, PARSE("\xFF\xFF", SCHEME_OUT, &error),
        PARSE("\xFF\xFF", SCHEME_OUT, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", text_clean(), SCORE(scheme_, "\xFF\xFF", &text_out, &error),
        SCORE(scheme_, "\xFF\xFF", &text_out, NULL));
  FAILS(ZEREN_NOT_UTF8, "capi.not_utf8", text_clean(),
        ASSESS(year_, system_, scheme_, "\xFF\xFF", &text_out, &error),
        ASSESS(year_, system_, scheme_, "\xFF\xFF", &text_out, NULL));
  FAILS(ZEREN_TOO_LONG, "capi.too_long", handle_out == NULL, NEW("a", SIZE_MAX / 2 + 1, SYSTEM_OUT, &error),
        NEW("a", SIZE_MAX - 1, SYSTEM_OUT, NULL));
  FAILS(ZEREN_DOCUMENT, "document.blank_text", handle_out == NULL, NEW(NULL, 0, SYSTEM_OUT, &error),
        NEW("", ZEREN_NUL, SYSTEM_OUT, NULL));
  /* An embedded NUL is a character like any other, and four-byte characters are welcome. */
  CHECK(NEW("a\0b", 3, SYSTEM_OUT, NULL) == ZEREN_OK);
  zeren_system_free(handle_out);
  CHECK(NEW("\xF0\xA0\xAE\xB7", ZEREN_NUL, SYSTEM_OUT, NULL) == ZEREN_OK);
  zeren_system_free(handle_out);
}

/* Nesting beyond the bound is a problem of the document, not of the stack. */
static void depth(void) {
  size_t size = 1000000;
  char *deep = malloc(size + 1);
  CHECK(deep != NULL);
  memset(deep, '[', size);
  deep[size] = '\0';
  soil();
  expect(zeren_system_view(system_, deep, size, &text_out, &error), ZEREN_DOCUMENT, error, "document.");
  CHECK(text_clean());
  expect(zeren_scheme_parse(deep, size, SCHEME_OUT, &error), ZEREN_DOCUMENT, error, "document.");
  CHECK(handle_out == NULL);
  free(deep);
}

int main(void) {
  zeren_text lines;
  char *text = request("{\"position\": 0, \"digest\": \"" ZEROS "\"}", "a-1");
  CHECK(zeren_system_new("a", 1, &system_, NULL) == ZEREN_OK);
  CHECK(zeren_system_prepare(system_, text, ZEREN_NUL, &prepared_, &lines, NULL) == ZEREN_OK);
  free(text);
  CHECK(zeren_scheme_parse(SCHEME, ZEREN_NUL, &scheme_, NULL) == ZEREN_OK);
  CHECK(YEAR(YEAR_OUT, NULL) == ZEREN_OK);
  year_ = handle_out;
  nulls();
  wrong_handles();
  refused();
  texts();
  depth();
  zeren_text_free(&lines);
  zeren_year_free(year_);
  zeren_scheme_free(scheme_);
  zeren_prepared_free(prepared_);
  zeren_system_free(system_);
  return 0;
}
