/* One call of any function, and what every call must keep: a documented status, outputs written or cleared, an error that
   fits the status. */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "world.h"

#define ARRAY_BYTES 512

/* What a program does around each call of the library. */
#ifndef AROUND
#define AROUND(call) (call)
#endif

typedef struct {
  value values[MOST_PARAMETERS];
  zeren_text texts[MOST_PARAMETERS];
  void *handles[MOST_PARAMETERS];
  /* Numbers of eight bytes may stand there. */
  uint64_t arrays[MOST_PARAMETERS][ARRAY_BYTES / 8];
} attempt;

static char rubbish[64];

/* Good values for every argument; every output soiled. */
static void attempt_good(attempt *a, const function *f, const world *w) {
  int at;
  memset(a->values, 0, sizeof a->values);
  for (at = 0; at < f->count; at++) {
    const parameter *p = &f->parameters[at];
    value *v = &a->values[at];
    a->texts[at].data = rubbish;
    a->texts[at].len = 3;
    a->handles[at] = rubbish;
    memset(a->arrays[at], 0xA5, ARRAY_BYTES);
    switch (p->role) {
      case A_HANDLE: v->pointer = world_handle(w, p); break;
      case A_TEXT:
      case A_BYTES:
        if (p->kept != NULL) {
          zeren_text kept = world_text(w, p->kept);
          v->pointer = kept.data;
          a->values[at + 1].number = kept.len;
        } else {
          v->pointer = (void *)p->text;
          a->values[at + 1].number = p->text_len;
        }
        a->texts[at + 1].data = rubbish;
        at++;
        break;
      case A_LENGTH: CHECK(!"a length without a text"); break;
      case A_ARRAY: v->pointer = (void *)p->array; break;
      case A_NUMBER: v->number = (uint64_t)p->number; break;
      case A_OUT_TEXT: v->pointer = &a->texts[at]; break;
      case A_OUT_HANDLE:
      case A_ERROR: v->pointer = &a->handles[at]; break;
      case A_OUT_ARRAY:
      case A_OUT_NUMBER: v->pointer = a->arrays[at]; break;
      case A_FREED_TEXT:
        a->texts[at].data = NULL;
        a->texts[at].len = 0;
        v->pointer = &a->texts[at];
        break;
    }
  }
}

static int is_documented(const function *f, int32_t status) {
  int at;
  for (at = 0; at < f->documented_count; at++)
    if (f->documented[at] == status) return 1;
  return 0;
}

static int all_soiled(const uint64_t *array) {
  const unsigned char *bytes = (const unsigned char *)array;
  int at;
  for (at = 0; at < ARRAY_BYTES; at++)
    if (bytes[at] != 0xA5) return 0;
  return 1;
}

static void error_fits(zeren_error *error, int32_t status, const function *f, const char *piece) {
  zeren_text json, message;
  char number[32];
  CHECK(error != NULL);
  CHECK(zeren_error_json(error, &json) == ZEREN_OK && zeren_error_message(error, &message) == ZEREN_OK);
  snprintf(number, sizeof number, "\"status\":%d,", (int)status);
  if (strstr(json.data, number) == NULL || (piece != NULL && strstr(json.data, piece) == NULL)) {
    fprintf(stderr, "%s: status %d, wanted \"%s\", but the error says %s\n", f->name, (int)status, piece ? piece : "", json.data);
    abort();
  }
  CHECK(strlen(json.data) == json.len && strlen(message.data) == message.len && message.len > 0);
  zeren_text_free(&json);
  zeren_text_free(&message);
}

/* Makes the call, checks what always holds, and gives the status. `piece` is what the error must hold, or NULL. */
static int32_t attempt_run(attempt *a, const function *f, const char *piece) {
  int32_t status = AROUND(f->call(a->values));
  int at;
  if (!is_documented(f, status)) {
    fprintf(stderr, "%s gave the status %d, which its comment does not name\n", f->name, (int)status);
    abort();
  }
  for (at = 0; at < f->count; at++) {
    const parameter *p = &f->parameters[at];
    if (a->values[at].pointer == NULL) continue;
    switch (p->role) {
      case A_OUT_TEXT:
        if (status == ZEREN_OK) {
          CHECK(a->texts[at].data != NULL && a->texts[at].data != rubbish && a->texts[at].data[a->texts[at].len] == '\0');
        } else {
          CHECK(a->texts[at].data == NULL && a->texts[at].len == 0);
        }
        break;
      case A_OUT_HANDLE:
        CHECK(a->handles[at] != rubbish && (a->handles[at] == NULL) == (status != ZEREN_OK));
        break;
      case A_OUT_ARRAY: CHECK(status == ZEREN_OK || all_soiled(a->arrays[at])); break;
      case A_OUT_NUMBER: CHECK(status == ZEREN_OK || *(int64_t *)a->values[at].pointer == 0); break;
      case A_ERROR:
        CHECK((a->handles[at] == NULL) == (status == ZEREN_OK));
        if (status != ZEREN_OK) error_fits(a->handles[at], status, f, piece);
        break;
      default: break;
    }
  }
  return status;
}

/* Frees what the call gave. */
static void attempt_free(attempt *a, const function *f) {
  int at;
  for (at = 0; at < f->count; at++) {
    const parameter *p = &f->parameters[at];
    if (a->values[at].pointer == NULL) continue;
    if (p->role == A_OUT_TEXT) zeren_text_free(&a->texts[at]);
    if (p->role == A_OUT_HANDLE && a->handles[at] != NULL) handle_free(p->type, a->handles[at]);
    if (p->role == A_ERROR) zeren_error_free(a->handles[at]);
  }
}

static const parameter *error_of(const function *f) {
  const parameter *last = &f->parameters[f->count > 0 ? f->count - 1 : 0];
  return f->count > 0 && last->role == A_ERROR ? last : NULL;
}

/* Runs what `a` holds twice, with an error object and without, and gives the status, which is the same; but what changed
   something is not asked again. */
static int32_t attempt_both(attempt *a, const function *f, const char *piece) {
  attempt without = *a;
  int32_t status = attempt_run(a, f, piece);
  attempt_free(a, f);
  if (error_of(f) != NULL && !(f->disturbs && status == ZEREN_OK)) {
    int at;
    for (at = 0; at < f->count; at++) {
      /* Places of its own. */
      if (without.values[at].pointer == NULL) continue;
      if (f->parameters[at].role == A_OUT_TEXT) without.values[at].pointer = &without.texts[at];
      if (f->parameters[at].role == A_OUT_HANDLE) without.values[at].pointer = &without.handles[at];
      if (f->parameters[at].role == A_OUT_ARRAY || f->parameters[at].role == A_OUT_NUMBER)
        without.values[at].pointer = without.arrays[at];
    }
    without.values[f->count - 1].pointer = NULL;
    CHECK(attempt_run(&without, f, NULL) == status);
    attempt_free(&without, f);
  }
  return status;
}

static void wanted(const function *f, const char *what, int32_t status, int32_t wanted_status) {
  if (status == wanted_status) return;
  fprintf(stderr, "%s with %s gave the status %d, not %d\n", f->name, what, (int)status, (int)wanted_status);
  abort();
}

#endif
