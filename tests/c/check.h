/* What the test programs share. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zeren.h"

#define CHECK(truth)                                                   \
  do {                                                                 \
    if (!(truth)) {                                                    \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth); \
      exit(1);                                                         \
    }                                                                  \
  } while (0)

/* Checks that an error fits the status and names the code, and frees it. */
static void failed(int32_t status, int32_t wanted, zeren_error *error, const char *code) {
  zeren_text json = {NULL, 0}, message = {NULL, 0};
  char number[32];
  if (status != wanted) fprintf(stderr, "status %d, not %d\n", (int)status, (int)wanted);
  CHECK(status == wanted && error != NULL);
  CHECK(zeren_error_json(error, &json) == ZEREN_OK);
  CHECK(zeren_error_message(error, &message) == ZEREN_OK);
  snprintf(number, sizeof number, "\"status\":%d,", (int)wanted);
  CHECK(strstr(json.data, number) != NULL);
  CHECK(strstr(json.data, code) != NULL);
  CHECK(strstr(message.data, code) != NULL);
  CHECK(json.data[json.len] == '\0' && strlen(json.data) == json.len);
  zeren_text_free(&json);
  zeren_text_free(&message);
  zeren_error_free(error);
}

/* The call first, then the error that it wrote: C does not say in which order arguments are evaluated. */
#define expect(call, wanted, error, code)    \
  do {                                       \
    int32_t status_of_call = (call);         \
    failed(status_of_call, wanted, error, code); \
  } while (0)

#endif
