/* What is done with every function of the header. */
#ifndef PASSES_H
#define PASSES_H

#include "attempt.h"

/* Each call in a world of its own, so that none finds what another changed. */
#define EACH(f, w)                                                                       \
  for (int each = 0; each < FUNCTION_COUNT; each++)                                      \
    for (const function *f = &FUNCTIONS[each]; f != NULL; f = NULL)                      \
      for (world w, *once = (world_make(&w), &w); once != NULL; world_free(&w), once = NULL)

/* The good call succeeds; asked again, and asked with texts that a NUL ends, it says the same. */
static void pass_good(void) {
  EACH(f, w) {
    attempt a, again;
    int at;
    if (f->frees >= 0) continue;
    attempt_good(&a, f, &w);
    wanted(f, "good arguments", attempt_run(&a, f, NULL), ZEREN_OK);
    if (f->disturbs) {
      attempt_free(&a, f);
      continue;
    }
    attempt_good(&again, f, &w);
    for (at = 0; at < f->count; at++)
      if (f->parameters[at].role == A_TEXT) again.values[at + 1].number = ZEREN_NUL;
    wanted(f, "texts that a NUL ends", attempt_run(&again, f, NULL), ZEREN_OK);
    for (at = 0; at < f->count; at++) {
      if (f->parameters[at].role == A_OUT_TEXT)
        CHECK(a.texts[at].len == again.texts[at].len && memcmp(a.texts[at].data, again.texts[at].data, a.texts[at].len) == 0);
      if (f->parameters[at].role == A_OUT_ARRAY) {
        CHECK(memcmp(a.arrays[at], again.arrays[at], ARRAY_BYTES) == 0 && !all_soiled(a.arrays[at]));
      }
    }
    attempt_free(&a, f);
    attempt_free(&again, f);
  }
}

/* NULL for each pointer in turn. */
static void pass_nulls(void) {
  EACH(f, w) {
    int at;
    for (at = 0; at < f->count; at++) {
      const parameter *p = &f->parameters[at];
      attempt a;
      int32_t status = p->may_be_null || f->frees >= 0 || p->role == A_FREED_TEXT ? ZEREN_OK : ZEREN_NULL_ARGUMENT;
      if (p->role == A_LENGTH || p->role == A_NUMBER || p->role == A_ERROR) continue;
      attempt_good(&a, f, &w);
      a.values[at].pointer = NULL;
      if (p->may_be_null == 2) {
        CHECK(attempt_both(&a, f, NULL) != ZEREN_NULL_ARGUMENT);
        continue;
      }
      wanted(f, "NULL", attempt_both(&a, f, "capi.null_argument"), status);
      if (p->role != A_TEXT && p->role != A_BYTES) continue;
      attempt_good(&a, f, &w);
      a.values[at].pointer = NULL;
      a.values[at + 1].number = ZEREN_NUL;
      wanted(f, "NULL for a text that a NUL ends", attempt_both(&a, f, "capi.null_argument"), status);
    }
  }
}

/* For each handle every other type of handle, and an address that is none. Frees leave what is not theirs alone. */
static void pass_wrong_handles(void) {
  EACH(f, w) {
    int at, type;
    for (at = 0; at < f->count; at++) {
      const parameter *p = &f->parameters[at];
      if (p->role != A_HANDLE) continue;
      for (type = -1; type < TYPE_COUNT; type++) {
        attempt a;
        if (type == p->type) continue;
        attempt_good(&a, f, &w);
        a.values[at].pointer = type < 0 ? (char *)w.handle[p->type] + 1 : w.handle[type];
        wanted(f, "a handle of another type", attempt_both(&a, f, "capi.wrong_handle"),
               f->frees >= 0 ? ZEREN_OK : ZEREN_WRONG_HANDLE);
      }
    }
  }
}

/* `whole` in the place of the text at `at`. */
static int32_t with_text(const function *f, const world *w, int at, const char *whole, size_t len, const char *piece) {
  attempt a;
  attempt_good(&a, f, w);
  a.values[at].pointer = (void *)whole;
  a.values[at + 1].number = len;
  return attempt_both(&a, f, piece);
}

/* Texts that cannot be, and texts that may be anything: a documented status, never a crash. */
static void pass_texts(void) {
  static const char invalid[] = "\xE7\x94\xB2 \xB2\xE2\xCA\xD4"; /* 甲 in UTF-8, then 测试 in GBK */
  static const char overlong[] = "ab\xC0\x80", surrogate[] = "a\xED\xA0\x80", cut[] = "abc\xE7\x94";
  static const char nul[] = "a\0b", han[] = "\xF0\xA0\xAE\xB7\xF0\xAC\xB1\x96"; /* 𠮷𬱖 */
  EACH(f, w) {
    int at;
    for (at = 0; at < f->count; at++) {
      static char byte[2];
      if (f->parameters[at].role == A_BYTES) {
        wanted(f, "half the address space", with_text(f, &w, at, byte, SIZE_MAX / 2 + 1, "capi.too_long"), ZEREN_TOO_LONG);
        (void)with_text(f, &w, at, invalid, sizeof invalid - 1, NULL);
        (void)with_text(f, &w, at, nul, 3, NULL);
        (void)with_text(f, &w, at, NULL, 0, NULL);
      }
      if (f->parameters[at].role != A_TEXT) continue;
      wanted(f, "GBK", with_text(f, &w, at, invalid, sizeof invalid - 1, "byte 4 (from 0)"), ZEREN_NOT_UTF8);
      wanted(f, "GBK", with_text(f, &w, at, invalid, ZEREN_NUL, "byte 4 (from 0)"), ZEREN_NOT_UTF8);
      wanted(f, "an overlong NUL", with_text(f, &w, at, overlong, sizeof overlong - 1, "byte 2 (from 0)"), ZEREN_NOT_UTF8);
      wanted(f, "a surrogate", with_text(f, &w, at, surrogate, sizeof surrogate - 1, "byte 1 (from 0)"), ZEREN_NOT_UTF8);
      wanted(f, "a cut character", with_text(f, &w, at, cut, sizeof cut - 1, "byte 3 (from 0)"), ZEREN_NOT_UTF8);
      wanted(f, "half the address space", with_text(f, &w, at, byte, SIZE_MAX / 2 + 1, "capi.too_long"), ZEREN_TOO_LONG);
      wanted(f, "all but the NUL", with_text(f, &w, at, byte, SIZE_MAX - 1, "capi.too_long"), ZEREN_TOO_LONG);
      CHECK(with_text(f, &w, at, nul, 3, NULL) != ZEREN_NOT_UTF8);
      CHECK(with_text(f, &w, at, han, sizeof han - 1, NULL) != ZEREN_NOT_UTF8);
      /* The empty text has no address, or any. */
      CHECK(with_text(f, &w, at, NULL, 0, NULL) == with_text(f, &w, at, "", 0, NULL));
      CHECK(with_text(f, &w, at, "", ZEREN_NUL, NULL) == with_text(f, &w, at, "x", 0, NULL));
    }
  }
}

/* Counts, rows and places that cannot be. Arrays of the table are longer than they say. */
static void pass_numbers(void) {
  static const uint64_t odd[] = {0, 1, 4, INT32_MAX, (uint64_t)INT32_MIN, SIZE_MAX / 8, SIZE_MAX / 2, SIZE_MAX};
  EACH(f, w) {
    int at, one;
    for (at = 0; at < f->count; at++) {
      if (f->parameters[at].role != A_NUMBER) continue;
      for (one = 0; one < (int)(sizeof odd / sizeof *odd); one++) {
        attempt a;
        attempt_good(&a, f, &w);
        a.values[at].number = odd[one];
        (void)attempt_both(&a, f, NULL);
      }
    }
  }
}

/* Documents at the bound of depth and far beyond it. */
static void pass_deep(void) {
  static const int depths[] = {126, 127, 128, 129, 100000};
  static char nested[400001];
  int one;
  for (one = 0; one < (int)(sizeof depths / sizeof *depths); one++) {
    int depth = depths[one], at;
    EACH(f, w) {
      for (at = 0; at < f->count; at++) {
        const parameter *p = &f->parameters[at];
        char *whole;
        size_t len;
        if (p->role != A_TEXT && p->role != A_BYTES) continue;
        memset(nested, '[', (size_t)depth);
        memset(nested + depth, ']', (size_t)depth);
        (void)with_text(f, &w, at, nested, 2 * (size_t)depth, NULL);
        for (int level = 0; level < depth; level++) memcpy(nested + 4 * level, "{\"\":", 4);
        (void)with_text(f, &w, at, nested, 4 * (size_t)depth, NULL);
        /* Inside of a good document, as a field that it does not know. */
        if (p->text == NULL || p->text[0] != '{') continue;
        whole = malloc(p->text_len + 2 * (size_t)depth + 16);
        CHECK(whole != NULL);
        len = (size_t)sprintf(whole, "{\"deep\":");
        memset(whole + len, '[', (size_t)depth);
        memset(whole + len + depth, ']', (size_t)depth);
        len += 2 * (size_t)depth;
        whole[len++] = ',';
        memcpy(whole + len, p->text + 1, p->text_len - 1);
        CHECK(with_text(f, &w, at, whole, len + p->text_len - 1, "document.") == ZEREN_DOCUMENT);
        free(whole);
      }
    }
  }
}

/* Expressions, long and deep: read, shown and scored, or refused; never more stack than a thread of a host has. */
static void pass_language(void) {
  static const struct {
    const char *before, *core, *after;
    int condition;
  } shapes[] = {
      {"(", "1", ")", 0},          {"-", "1", "", 0},          {"1 + ", "1", "", 0},
      {"max(1, ", "1", ")", 0},    {"abs(", "1", ")", 0},      {"true ? 1 : ", "1", "", 0},
      {"true ? (", "1", ") : 0", 0}, {"1 - (", "1", ")", 0},   {"!", "true", "", 1},
      {"true && ", "true", "", 1}, {"false || ", "true", "", 1}, {"(true || ", "true", ")", 1},
      {"1 * ", "1", "", 0},        {"1 / ", "1", "", 0},
  };
  static const int times[] = {20, 100, 1000, 30000};
  int shape, one, read = 0, refused = 0;
  for (shape = 0; shape < (int)(sizeof shapes / sizeof *shapes); shape++)
    for (one = 0; one < (int)(sizeof times / sizeof *times); one++) {
      const char *before = shapes[shape].before, *after = shapes[shape].after;
      size_t size = 1024 + (size_t)times[one] * (strlen(before) + strlen(after)), at;
      char *whole = malloc(size);
      zeren_scheme *scheme;
      zeren_error *error;
      zeren_text text;
      int32_t status;
      CHECK(whole != NULL);
      at = (size_t)sprintf(whole,
                           "{\"kind\":\"scheme\",\"format\":1,\"edition\":\"1\",\"id\":\"s\",\"version\":\"1\",\"title\":\"t\","
                           "\"year\":2023,\"status\":\"draft\",\"items\":[{\"id\":\"1\",\"title\":\"t\",\"points\":5,\"rule\":{%s\"",
                           shapes[shape].condition ? "\"kind\":\"all_or_nothing\",\"when\":"
                                                   : "\"kind\":\"formula\",\"floor\":0,\"cap\":5,\"value\":");
      for (int time = 0; time < times[one]; time++) at += (size_t)sprintf(whole + at, "%s", before);
      at += (size_t)sprintf(whole + at, "%s", shapes[shape].core);
      for (int time = 0; time < times[one]; time++) at += (size_t)sprintf(whole + at, "%s", after);
      at += (size_t)sprintf(whole + at, "\"}}]}");
      status = zeren_scheme_parse(whole, at, &scheme, &error);
      free(whole);
      if (status != ZEREN_OK) {
        CHECK(status == ZEREN_DOCUMENT && error != NULL && scheme == NULL);
        zeren_error_free(error);
        refused++;
        continue;
      }
      read++;
      CHECK(zeren_scheme_read_back(scheme, &text, NULL) == ZEREN_OK);
      zeren_text_free(&text);
      CHECK(zeren_scheme_check(scheme, &text, NULL) == ZEREN_OK);
      zeren_text_free(&text);
      CHECK(zeren_scheme_score(scheme, "{\"kind\":\"facts\",\"format\":1,\"subject\":\"a\",\"scheme\":\"s\",\"facts\":{}}",
                               ZEREN_NUL, &text, &error) == ZEREN_OK);
      zeren_text_free(&text);
      zeren_scheme_free(scheme);
    }
  CHECK(read > 0 && refused > 0);
}

/* Frees in every order: all orders of any three handles occur, and whatever can still be called after a free goes on. */
static void pass_frees(void) {
  static unsigned char seen[TYPE_COUNT][TYPE_COUNT][TYPE_COUNT];
  uint32_t random = 2463534242u;
  int orders = TYPE_COUNT * (TYPE_COUNT - 1) * (TYPE_COUNT - 2);
  while (orders > 0) {
    int order[TYPE_COUNT], at, two, three;
    world w;
    for (at = 0; at < TYPE_COUNT; at++) order[at] = at;
    for (at = TYPE_COUNT - 1; at > 0; at--) {
      int other, kept = order[at];
      random ^= random << 13;
      random ^= random >> 17;
      random ^= random << 5;
      other = (int)(random % (uint32_t)(at + 1));
      order[at] = order[other];
      order[other] = kept;
    }
    for (at = 0; at < TYPE_COUNT; at++)
      for (two = at + 1; two < TYPE_COUNT; two++)
        for (three = two + 1; three < TYPE_COUNT; three++) {
          unsigned char *mark = &seen[order[at]][order[two]][order[three]];
          if (!*mark) orders--;
          *mark = 1;
        }
    world_make(&w);
    for (at = 0; at < TYPE_COUNT; at++) {
      handle_free(order[at], w.handle[order[at]]);
      w.handle[order[at]] = NULL;
      for (two = 0; two < FUNCTION_COUNT; two++) {
        const function *f = &FUNCTIONS[two];
        int handles = 0, alive = 1;
        attempt a;
        for (three = 0; three < f->count; three++) {
          if (f->parameters[three].role != A_HANDLE) continue;
          handles++;
          alive = alive && w.handle[f->parameters[three].type] != NULL;
        }
        if (f->frees >= 0 || f->disturbs || handles == 0 || !alive) continue;
        attempt_good(&a, f, &w);
        wanted(f, "what is still alive", attempt_run(&a, f, NULL), ZEREN_OK);
        attempt_free(&a, f);
      }
    }
    world_free(&w);
  }
}

#endif
