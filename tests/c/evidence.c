/* Evidence: checkpoints, proofs of one line, signatures, the certificate page, archives. */
#include "request.h"

/* The worked values of GB/T 32918.5. */
#define KEY                                                            \
  "\"key\": \"0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020" \
  "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13\""
#define VALUE                                                          \
  "\"signature\": \"f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3" \
  "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa\""
#define E "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"

#define LEDGER "示例新区", ZEREN_NUL

/* Enters two acts, one batch each, and gives the stored lines; free them. */
static char *two_lines(zeren_system *system) {
  char *all = calloc(1, 1);
  for (int act = 1; act <= 2; act++) {
    zeren_text head = {NULL, 0}, lines = {NULL, 0};
    zeren_prepared *prepared = NULL;
    char name[8], *text;
    snprintf(name, sizeof name, "a-%d", act);
    CHECK(zeren_system_view(system, HEAD, ZEREN_NUL, &head, NULL) == ZEREN_OK);
    text = request(head.data, name);
    CHECK(zeren_system_prepare(system, text, ZEREN_NUL, &prepared, &lines, NULL) == ZEREN_OK);
    CHECK(zeren_system_commit(system, prepared, NULL) == ZEREN_OK);
    all = realloc(all, strlen(all) + lines.len + 1);
    CHECK(all != NULL);
    strcat(all, lines.data);
    free(text);
    zeren_text_free(&head);
    zeren_text_free(&lines);
    zeren_prepared_free(prepared);
  }
  return all;
}

static void of_the_ledger(zeren_system *system) {
  zeren_text kept = {NULL, 0}, said = {NULL, 0}, proof = {NULL, 0};
  zeren_error *error = NULL;
  char *all = two_lines(system), *array, *second = strchr(all, '\n') + 1;

  CHECK(zeren_ledger_checkpoint(LEDGER, all, ZEREN_NUL, &kept, &error) == ZEREN_OK);
  array = malloc(kept.len + 3);
  CHECK(array != NULL);
  snprintf(array, kept.len + 3, "[%s]", kept.data);

  /* verify says which of the two it did. */
  CHECK(zeren_ledger_verify_against(LEDGER, all, ZEREN_NUL, NULL, 0, &said, &error) == ZEREN_OK);
  CHECK(strstr(said.data, "\"proven\":null") != NULL);
  zeren_text_free(&said);
  CHECK(zeren_ledger_verify_against(LEDGER, all, ZEREN_NUL, array, ZEREN_NUL, &said, &error) == ZEREN_OK);
  CHECK(strstr(said.data, "\"proven\":2") != NULL);
  zeren_text_free(&said);
  expect(zeren_ledger_verify_against(LEDGER, all, (size_t)(second - all), array, ZEREN_NUL, &said, &error), ZEREN_INTEGRITY,
         error, "ledger.tail_cut");
  expect(zeren_ledger_verify_against(LEDGER, all, ZEREN_NUL, "[{}]", ZEREN_NUL, &said, &error), ZEREN_DOCUMENT, error,
         "document.missing_field");

  CHECK(zeren_ledger_inclusion(LEDGER, all, ZEREN_NUL, 2, &proof, &error) == ZEREN_OK);
  CHECK(zeren_inclusion_verify(proof.data, proof.len, kept.data, kept.len, &said, &error) == ZEREN_OK);
  CHECK(strstr(said.data, "\"id\":\"a-2\"") != NULL && strstr(said.data, "\"id\":\"a-1\"") == NULL);
  zeren_text_free(&said);
  strstr(proof.data, "u-17")[0] = 'v';
  expect(zeren_inclusion_verify(proof.data, proof.len, kept.data, kept.len, &said, &error), ZEREN_INTEGRITY, error,
         "ledger.line_changed");
  zeren_text_free(&proof);
  expect(zeren_ledger_inclusion(LEDGER, all, ZEREN_NUL, 3, &proof, &error), ZEREN_NOT_FOUND, error, "ledger.no_line");
  expect(zeren_ledger_inclusion(LEDGER, all, ZEREN_NUL, SIZE_MAX, &proof, &error), ZEREN_NOT_FOUND, error, "ledger.no_line");
  zeren_text_free(&kept);
  free(array);
  free(all);
}

static void of_signatures(void) {
  zeren_text said = {NULL, 0};
  zeren_error *error = NULL;
  int32_t status;

  CHECK(zeren_signature_digest("{" KEY ", \"message\": \"message digest\"}", ZEREN_NUL, &said, &error) == ZEREN_OK);
  CHECK(strstr(said.data, "\"e\":\"" E "\"") != NULL);
  zeren_text_free(&said);
  expect(zeren_signature_digest("{\"key\": \"04\", \"message\": \"\"}", ZEREN_NUL, &said, &error), ZEREN_DOCUMENT, error,
         "letter.not_a_key");

  /* A library built without sign says so; one built with it verifies. */
  status = zeren_signature_verify("{" KEY ", " VALUE ", \"message\": \"message digest\"}", ZEREN_NUL, &said, &error);
  if (status == ZEREN_OK) {
    CHECK(strstr(said.data, "\"mathematics\":\"holds\"") != NULL && strstr(said.data, "\"chain\":\"not_checked\"") != NULL);
    zeren_text_free(&said);
  } else {
    failed(status, ZEREN_UNSUPPORTED, error, "letter.built_without_sign");
  }
}

static void of_nothing(zeren_system *system, const zeren_scheme *scheme) {
  zeren_text out = {NULL, 0};
  zeren_error *error = NULL;
  const char *none = "{\"letter\": \"l\", \"day\": \"2022-03-01\"}";

  expect(zeren_letter_certificate(system, none, ZEREN_NUL, &out, &error), ZEREN_NOT_FOUND, error, "system.not_known");
  expect(zeren_archive_verify("", 0, "", 0, &out, &error), ZEREN_INTEGRITY, error, "year.archive_cut");
  CHECK(out.data == NULL && out.len == 0);
#define IS_NULL(call) expect(call, ZEREN_NULL_ARGUMENT, error, "capi.null_argument")
  IS_NULL(zeren_ledger_checkpoint(NULL, 1, "", 0, &out, &error));
  IS_NULL(zeren_ledger_checkpoint("a", 1, NULL, 1, &out, &error));
  IS_NULL(zeren_ledger_checkpoint("a", 1, "", 0, NULL, &error));
  IS_NULL(zeren_ledger_verify_against("a", 1, "", 0, NULL, 1, &out, &error));
  IS_NULL(zeren_ledger_verify_against("a", 1, "", 0, "", 0, NULL, &error));
  IS_NULL(zeren_ledger_inclusion("a", 1, NULL, 1, 1, &out, &error));
  IS_NULL(zeren_ledger_inclusion("a", 1, "", 0, 1, NULL, &error));
  IS_NULL(zeren_inclusion_verify(NULL, 1, "{}", 2, &out, &error));
  IS_NULL(zeren_inclusion_verify("{}", 2, "{}", 2, NULL, &error));
  IS_NULL(zeren_signature_digest(NULL, 1, &out, &error));
  IS_NULL(zeren_signature_digest("{}", 2, NULL, &error));
  IS_NULL(zeren_signature_verify(NULL, 1, &out, &error));
  IS_NULL(zeren_signature_verify("{}", 2, NULL, &error));
  IS_NULL(zeren_letter_certificate(NULL, none, ZEREN_NUL, &out, &error));
  IS_NULL(zeren_letter_certificate(system, none, ZEREN_NUL, NULL, &error));
  IS_NULL(zeren_archive_write(NULL, scheme, "{}", 2, "", 0, &out, &error));
  IS_NULL(zeren_archive_write(system, NULL, "{}", 2, "", 0, &out, &error));
  IS_NULL(zeren_archive_verify(NULL, 1, "", 0, &out, &error));
  IS_NULL(zeren_archive_verify("", 0, "", 0, NULL, &error));
}

int main(void) {
  zeren_system *system = NULL;
  CHECK(zeren_system_new("示例新区", ZEREN_NUL, &system, NULL) == ZEREN_OK);
  of_the_ledger(system);
  of_signatures();
  of_nothing(system, NULL);
  zeren_system_free(system);
  return 0;
}
