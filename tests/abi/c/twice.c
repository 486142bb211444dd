/* Frees a copy of a text, on purpose: the checkers must see memory that is freed twice. */
#include "call.h"

int main(void) {
  zeren_text version, copy;
  CHECK(zeren_version(&version) == ZEREN_OK);
  copy = version;
  zeren_text_free(&version);
  zeren_text_free(&copy);
  return 0;
}
