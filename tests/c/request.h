/* What the programs about a system share. */
#ifndef REQUEST_H
#define REQUEST_H

#include "check.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define HEAD "{\"view\": \"head\", \"day\": \"2022-03-01\"}"

/* A request that declares one edge kind; free it. */
static char *request(const char *head, const char *act) {
  static const char form[] =
      "{\"head\": %s, \"time\": \"2022-01-04T09:00:00+08:00\", \"operator\": \"u-17\", \"acts\": [{\"act\":"
      " \"edges.declared\", \"id\": \"%s\", \"effective\": \"2022-01-01\", \"edges\": [{\"id\": \"%s\","
      " \"name\": \"隶属\", \"single\": true, \"acyclic\": true}]}]}";
  size_t size = sizeof form + strlen(head) + 2 * strlen(act);
  char *text = malloc(size);
  CHECK(text != NULL);
  snprintf(text, size, form, head, act, act);
  return text;
}

#endif
