/* Two nodes of a cluster share a ledger: prepare, commit, conflict, follow, view, verify, open; frees in any order. */
#include "request.h"

/* A request that names a unit nobody founded; free it. */
static char *impossible(const char *head) {
  static const char form[] =
      "{\"head\": %s, \"time\": \"2022-01-04T09:00:00+08:00\", \"operator\": \"u-17\", \"acts\": [{\"act\":"
      " \"unit.ended\", \"id\": \"x-1\", \"effective\": \"2022-01-01\", \"unit\": \"nowhere\"}]}";
  size_t size = sizeof form + strlen(head);
  char *text = malloc(size);
  CHECK(text != NULL);
  snprintf(text, size, form, head);
  return text;
}

int main(void) {
  zeren_system *one = NULL, *two = NULL, *three = NULL;
  zeren_prepared *first = NULL, *rival = NULL, *second = NULL, *again = NULL, *bad = (zeren_prepared *)&one;
  zeren_text lines, other, more, none, head, same, receipts, version;
  zeren_error *error = NULL;
  char *text, *all;

  CHECK(zeren_abi_version() == ZEREN_ABI_VERSION);
  CHECK(zeren_version(&version) == ZEREN_OK && strcmp(version.data, ZEREN_VERSION) == 0);
  zeren_text_free(&version);
  CHECK(version.data == NULL && version.len == 0);
  zeren_text_free(&version);

  /* With a length, and up to the NUL. */
  CHECK(zeren_system_new("示例新区!", strlen("示例新区"), &one, &error) == ZEREN_OK && error == NULL);
  CHECK(zeren_system_open("示例新区", ZEREN_NUL, NULL, 0, &two, NULL) == ZEREN_OK);

  text = request("{\"position\": 0, \"digest\": \"" ZEROS "\"}", "a-1");
  CHECK(zeren_system_prepare(one, text, strlen(text), &first, &lines, &error) == ZEREN_OK);
  CHECK(lines.len > 0 && lines.data[lines.len - 1] == '\n' && lines.data[lines.len] == '\0');
  CHECK(zeren_system_prepare(one, text, ZEREN_NUL, &rival, &other, &error) == ZEREN_OK);
  CHECK(other.len == lines.len && memcmp(other.data, lines.data, lines.len) == 0);
  CHECK(zeren_prepared_receipts(first, &receipts, &error) == ZEREN_OK);
  CHECK(strcmp(receipts.data, "[{\"act\":\"a-1\",\"position\":1,\"repeated\":false}]") == 0);

  /* Nothing has happened before the commit; after it, the rival is late. */
  CHECK(zeren_system_view(one, HEAD, ZEREN_NUL, &head, &error) == ZEREN_OK);
  CHECK(strncmp(head.data, "{\"position\":0,", 14) == 0);
  zeren_text_free(&head);
  CHECK(zeren_system_commit(one, first, &error) == ZEREN_OK);
  expect(zeren_system_commit(one, rival, &error), ZEREN_CONFLICT, error, "system.head_moved");
  bad = (zeren_prepared *)&one;
  none.data = text;
  none.len = 7;
  expect(zeren_system_prepare(one, text, ZEREN_NUL, &bad, &none, &error), ZEREN_CONFLICT, error, "system.head_moved");
  CHECK(bad == NULL && none.data == NULL && none.len == 0);
  free(text);

  /* The other node follows, and both see the same bytes. */
  CHECK(zeren_system_follow(two, lines.data, lines.len, &error) == ZEREN_OK);
  CHECK(zeren_system_view(one, HEAD, ZEREN_NUL, &head, &error) == ZEREN_OK);
  CHECK(zeren_system_view(two, HEAD, ZEREN_NUL, &same, &error) == ZEREN_OK);
  CHECK(head.len == same.len && memcmp(head.data, same.data, head.len) == 0);

  /* A repeated act has a receipt and no line. */
  text = request(head.data, "a-1");
  CHECK(zeren_system_prepare(two, text, ZEREN_NUL, &again, &none, &error) == ZEREN_OK);
  CHECK(none.data != NULL && none.len == 0 && none.data[0] == '\0');
  zeren_text_free(&none);
  free(text);

  /* An impossible act is refused, and the state stays. */
  text = impossible(head.data);
  expect(zeren_system_prepare(two, text, ZEREN_NUL, &bad, &none, &error), ZEREN_REFUSED, error, "/acts/0");
  free(text);

  text = request(head.data, "a-2");
  CHECK(zeren_system_prepare(two, text, ZEREN_NUL, &second, &more, &error) == ZEREN_OK);
  free(text);
  zeren_text_free(&head);

  /* Frees in any order: the batch outlives its system, and does on another node. */
  zeren_system_free(two);
  CHECK(zeren_system_commit(one, second, &error) == ZEREN_OK);

  /* What is stored: lines appended to lines; verified, opened, damaged. */
  all = malloc(lines.len + more.len + 1);
  CHECK(all != NULL);
  memcpy(all, lines.data, lines.len);
  memcpy(all + lines.len, more.data, more.len + 1);
  CHECK(zeren_ledger_verify("示例新区", ZEREN_NUL, all, ZEREN_NUL, &head, &error) == ZEREN_OK);
  CHECK(zeren_system_open("示例新区", ZEREN_NUL, all, lines.len + more.len, &three, &error) == ZEREN_OK);
  zeren_text_free(&same);
  CHECK(zeren_system_view(three, HEAD, ZEREN_NUL, &same, &error) == ZEREN_OK);
  CHECK(strcmp(head.data, same.data) == 0);
  zeren_text_free(&head);
  expect(zeren_system_follow(three, all, ZEREN_NUL, &error), ZEREN_INTEGRITY, error, "ledger.sequence_broken");
  expect(zeren_ledger_verify("别处", ZEREN_NUL, all, ZEREN_NUL, &head, &error), ZEREN_INTEGRITY, error,
         "ledger.other_ledger");
  all[lines.len / 2] ^= 1;
  expect(zeren_ledger_verify("示例新区", ZEREN_NUL, all, ZEREN_NUL, &head, &error), ZEREN_INTEGRITY, error,
         "ledger.line_changed");
  CHECK(head.data == NULL && head.len == 0);
  free(all);

  expect(zeren_system_view(one, "{\"view\": \"cascade\", \"day\": \"2022-03-01\"}", ZEREN_NUL, &head, &error),
         ZEREN_NOT_FOUND, error, "system.no_cascade_rule");
  expect(zeren_system_view(one, "{\"veiw\": 1}", ZEREN_NUL, &head, &error), ZEREN_DOCUMENT, error,
         "document.unknown_field");

  zeren_system_free(three);
  zeren_system_free(one);
  zeren_prepared_free(again);
  zeren_prepared_free(second);
  zeren_prepared_free(rival);
  CHECK(zeren_prepared_receipts(first, &none, NULL) == ZEREN_OK);
  zeren_text_free(&none);
  zeren_prepared_free(first);
  zeren_text_free(&receipts);
  zeren_text_free(&same);
  zeren_text_free(&more);
  zeren_text_free(&other);
  zeren_text_free(&lines);
  return 0;
}
