/* Leaks a text, on purpose: the leak checkers must see it. */
#include "call.h"

int main(void) {
  zeren_text version;
  CHECK(zeren_version(&version) == ZEREN_OK);
  version.data = NULL;
  return 0;
}
