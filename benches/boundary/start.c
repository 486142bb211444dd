/* How long the library takes from nothing: start LIBRARY FOLDER prints "load" and "first", in nanoseconds. */
#include <dlfcn.h>

#include "common.h"

int main(int count, char **arguments) {
  int32_t (*version)(zeren_text *);
  int32_t (*parse)(const char *, size_t, zeren_scheme **, zeren_error **);
  int32_t (*score)(const zeren_scheme *, const char *, size_t, zeren_text *, zeren_error **);
  char *scheme_text, *facts;
  double begin, loaded, first;
  void *library;
  zeren_scheme *scheme;
  zeren_text text;
  if (count != 3) return 1;
  scheme_text = document(arguments[2], "scheme.json", "", "");
  facts = document(arguments[2], "facts-donghe.json", "[", "]");

  begin = now();
  library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  *(void **)&version = dlsym(library, "zeren_version");
  *(void **)&parse = dlsym(library, "zeren_scheme_parse");
  *(void **)&score = dlsym(library, "zeren_scheme_score_cohort");
  if (version == NULL || parse == NULL || score == NULL || version(&text) != ZEREN_OK) return 1;
  loaded = now();
  if (parse(scheme_text, ZEREN_NUL, &scheme, NULL) != ZEREN_OK) return 1;
  if (score(scheme, facts, ZEREN_NUL, &text, NULL) != ZEREN_OK) return 1;
  first = now();
  printf("load %.1f\nfirst %.1f\n", loaded - begin, first - begin);
  return 0;
}
