/* What both programs need. */
#ifndef COMMON_H
#define COMMON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zeren.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* The document between two other texts; it is never freed. */
static char *document(const char *folder, const char *name, const char *before, const char *after) {
  char path[4096];
  size_t at = strlen(before), most = 1 << 20;
  char *text = malloc(most);
  FILE *file;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  file = fopen(path, "rb");
  if (file == NULL || text == NULL) {
    perror(path);
    exit(1);
  }
  memcpy(text, before, at);
  at += fread(text + at, 1, most - at - strlen(after) - 1, file);
  memcpy(text + at, after, strlen(after) + 1);
  fclose(file);
  return text;
}

#endif
