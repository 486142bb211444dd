/* The shape of the table that tests/abi/table.rs writes, and the table. */
#ifndef CALL_H
#define CALL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zeren.h"

#define CHECK(truth)                                                      \
  do {                                                                    \
    if (!(truth)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #truth); \
      abort();                                                            \
    }                                                                     \
  } while (0)

typedef enum {
  A_HANDLE,
  A_TEXT,
  A_BYTES, /* of a file, in whatever encoding */
  A_LENGTH,
  A_ARRAY,
  A_NUMBER,
  A_OUT_TEXT,
  A_OUT_HANDLE,
  A_OUT_ARRAY,
  A_OUT_NUMBER,
  A_ERROR,
  A_FREED_TEXT
} role;

typedef struct {
  const char *name;
  role role;
  int type;  /* of a handle: TYPE_... */
  int width; /* of a number, in bytes */
  int may_be_null; /* 1: always; 2: not with what else is given here */
  /* A good argument: text, array, number, or the name of a text that the world keeps. */
  const char *text;
  size_t text_len;
  const void *array;
  int64_t number;
  const char *kept;
} parameter;

typedef struct {
  void *pointer;
  uint64_t number;
} value;

typedef struct {
  const char *name;
  int count;
  const parameter *parameters;
  int32_t (*call)(const value *);
  const int32_t *documented;
  int documented_count;
  int disturbs; /* a good call changes what other good calls find */
  int frees;    /* the type of handle, or -1 */
} function;

#include "table.h"

#define MOST_PARAMETERS 16

#endif
