/* Two Rust libraries in one program, each with its own standard library. */
#include <stdio.h>
#include <string.h>
#include <zeren.h>

size_t other_panics(size_t number);

int main(void) {
  zeren_scheme *scheme = NULL;
  zeren_error *error = NULL;
  zeren_text told = {NULL, 0};
  int right;

  if (other_panics(7) != strlen("panic of the other library: 7")) return 1;
  if (zeren_scheme_parse("{\"kind\": 1}", ZEREN_NUL, &scheme, &error) != ZEREN_UNSUPPORTED) return 2;
  if (zeren_error_json(error, &told) != ZEREN_OK) return 3;
  right = strstr(told.data, "/kind") != NULL && other_panics(10) == strlen("panic of the other library: 10");
  zeren_text_free(&told);
  zeren_error_free(error);
  puts(right ? "both" : "wrong");
  return right ? 0 : 4;
}
