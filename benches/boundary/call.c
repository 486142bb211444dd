/* The calls of calls.rs from C: call MILLISECONDS FOLDER prints a line a call: name, nanoseconds, sum of the answer. */
#include "common.h"

static zeren_scheme *scheme;
static const char *facts;
static size_t facts_len;

static int32_t score(zeren_text *out) { return zeren_scheme_score_cohort(scheme, facts, facts_len, out, NULL); }
static int32_t read_back(zeren_text *out) { return zeren_scheme_read_back(scheme, out, NULL); }

/* FNV-1a, so that main.rs can compare the answers. */
static unsigned long long sum(const zeren_text *text) {
  unsigned long long sum = 14695981039346656037ULL;
  size_t at;
  for (at = 0; at < text->len; at++) sum = (sum ^ (unsigned char)text->data[at]) * 1099511628211ULL;
  return sum;
}

static void timed(const char *name, double milliseconds, int32_t (*call)(zeren_text *)) {
  double best = 1e300, begin = now();
  long batch = 1, at;
  zeren_text text;
  for (;;) {
    double start = now(), spent;
    for (at = 0; at < batch; at++) {
      if (call(&text) != ZEREN_OK) exit(1);
      zeren_text_free(&text);
    }
    spent = now() - start;
    if (spent / (double)batch < best) best = spent / (double)batch;
    if (now() - begin >= milliseconds * 1e6) break;
    if (spent < milliseconds * 5e4) batch *= 2;
  }
  if (call(&text) != ZEREN_OK) exit(1);
  printf("%s %.1f %llu\n", name, best, sum(&text));
  zeren_text_free(&text);
}

int main(int count, char **arguments) {
  if (count != 3) return 1;
  facts = document(arguments[2], "facts-donghe.json", "[", "]");
  facts_len = strlen(facts);
  if (zeren_scheme_parse(document(arguments[2], "scheme.json", "", ""), ZEREN_NUL, &scheme, NULL) != ZEREN_OK) return 1;
  timed("score", atof(arguments[1]), score);
  timed("read_back", atof(arguments[1]), read_back);
  timed("version", atof(arguments[1]), zeren_version);
  zeren_scheme_free(scheme);
  return 0;
}
