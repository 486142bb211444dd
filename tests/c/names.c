/* Texts that stay with the host: rare characters pass, private-use ones are told, bytes that are no UTF-8 are refused. */
#include "check.h"

int main(void) {
  zeren_text found = {NULL, 0};
  zeren_error *error = NULL;

  CHECK(zeren_text_check("䶮㙍𬱖𫘦𨱔", ZEREN_NUL, &found, &error) == ZEREN_OK && strcmp(found.data, "[]") == 0);
  zeren_text_free(&found);
  CHECK(zeren_text_check(NULL, 0, &found, &error) == ZEREN_OK && strcmp(found.data, "[]") == 0);
  zeren_text_free(&found);

  /* What a GBK table made of 䶮, and where. */
  CHECK(zeren_text_check("\xE5\xBC\xA0\xEE\xA1\xA3", 6, &found, &error) == ZEREN_OK);
  CHECK(strstr(found.data, "\"code\":\"document.private_use\"") != NULL);
  CHECK(strstr(found.data, "U+E863（应为“䶮”U+4DAE）") != NULL);
  zeren_text_free(&found);

  /* 张 in GBK behind two good characters: the place of the first bad byte. */
  expect(zeren_text_check("\xE4\xB8\xAD\xE6\x96\x87\xD5\xC5", ZEREN_NUL, &found, &error), ZEREN_NOT_UTF8, error,
         "第 6 字节");
  CHECK(found.data == NULL && found.len == 0);
  return 0;
}
