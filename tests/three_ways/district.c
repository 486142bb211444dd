/* The case of examples/district through the C ABI: district TRANSCRIPT DISTRICT REQUEST... (files, in order). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zeren.h"

/* Ends the program with what the error says, unless the call went well. */
static void ok(int32_t status, zeren_error *error) {
  zeren_text message = {NULL, 0};
  if (status == ZEREN_OK) return;
  if (zeren_error_message(error, &message) == ZEREN_OK) fprintf(stderr, "%s\n", message.data);
  exit(1);
}

static void must(int truth, const char *what) {
  if (truth) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

/* The call first, then the error that it wrote: C does not say in which order arguments are evaluated. */
#define OK(call)                 \
  do {                           \
    int32_t status_ = (call);    \
    ok(status_, error);          \
  } while (0)

static zeren_error *error;
static FILE *out;

/* What a file holds, with a NUL behind; free it. */
static char *contents(const char *path) {
  FILE *file = fopen(path, "rb");
  long size;
  char *text;
  must(file != NULL && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0, path);
  rewind(file);
  text = malloc((size_t)size + 1);
  must(text != NULL && fread(text, 1, (size_t)size, file) == (size_t)size, path);
  text[size] = '\0';
  fclose(file);
  return text;
}

/* Writes a text as a line of the transcript, and frees it. */
static void tell(zeren_text *text) {
  must(fwrite(text->data, 1, text->len, out) == text->len && fputc('\n', out) != EOF, "the transcript");
  zeren_text_free(text);
}

static zeren_text view(zeren_system *system, const char *query) {
  zeren_text answer;
  OK(zeren_system_view(system, query, ZEREN_NUL, &answer, &error));
  return answer;
}

/* Adds the head to a request file, prepares it, stores its lines, and commits it. */
static void enter(zeren_system *system, const char *path) {
  zeren_text head = view(system, "{\"view\": \"head\", \"day\": \"2000-01-01\"}"), lines;
  zeren_prepared *prepared;
  char *file = contents(path), *brace = strchr(file, '{'), *request;
  must(brace != NULL, path);
  request = malloc(head.len + strlen(brace) + sizeof "{\"head\": ,");
  must(request != NULL, "memory");
  sprintf(request, "{\"head\": %s,%s", head.data, brace + 1);
  OK(zeren_system_prepare(system, request, ZEREN_NUL, &prepared, &lines, &error));
  must(fwrite(lines.data, 1, lines.len, out) == lines.len, "the transcript");
  OK(zeren_system_commit(system, prepared, &error));
  zeren_prepared_free(prepared);
  zeren_text_free(&lines);
  zeren_text_free(&head);
  free(request);
  free(file);
}

/* The table of a scheme, its assessment, and the score of one subject from the facts that the view gives. */
static void assess(zeren_system *system, zeren_year *year, const char *district, const char *name, const char *id,
                   const char *day, const char *query, const char *first) {
  zeren_scheme *scheme;
  zeren_text answer;
  char place[1024], *document;
  must(snprintf(place, sizeof place, "%s/schemes/%s.json", district, name) < (int)sizeof place, district);
  document = contents(place);
  OK(zeren_scheme_parse(document, ZEREN_NUL, &scheme, &error));
  free(document);
  fprintf(out, "scheme %s\n", name);
  OK(zeren_scheme_about(scheme, &answer, &error));
  tell(&answer);
  OK(zeren_scheme_read_back(scheme, &answer, &error));
  tell(&answer);
  OK(zeren_year_assess(year, system, scheme, query, ZEREN_NUL, &answer, &error));
  tell(&answer);
  snprintf(place, sizeof place, "{\"view\": \"facts\", \"day\": \"%s\", \"scheme\": \"%s\", \"subject\": \"%s\"}", day, id,
           first);
  answer = view(system, place);
  {
    zeren_text sheet;
    OK(zeren_scheme_score(scheme, answer.data, answer.len, &sheet, &error));
    tell(&sheet);
  }
  zeren_text_free(&answer);
  zeren_scheme_free(scheme);
}

int main(int argc, char **argv) {
  static const char *const views[] = {"findings", "cascade", "obligations", "due", "duties", "burden", "letters"};
  static const char *const days[] = {"2022-12-31", "2023-12-31"};
  zeren_system *system;
  zeren_year *year;
  int number, day;

  must(argc > 3, "district TRANSCRIPT DISTRICT REQUEST...");
  must(zeren_abi_version() == ZEREN_ABI_VERSION, "another ABI");
  out = fopen(argv[1], "wb");
  must(out != NULL, argv[1]);
  OK(zeren_system_new("示例新区", ZEREN_NUL, &system, &error));
  OK(zeren_year_new(&year, &error));

  fputs("lines\n", out);
  for (number = 3; number < argc; number++) enter(system, argv[number]);
  for (number = 0; number < (int)(sizeof views / sizeof *views); number++) {
    for (day = 0; day < 2; day++) {
      char query[128];
      zeren_text answer;
      sprintf(query, "{\"view\": \"%s\", \"day\": \"%s\"}", views[number], days[day]);
      fprintf(out, "%s %s\n", views[number], days[day]);
      answer = view(system, query);
      tell(&answer);
    }
  }
  assess(system, year, argv[2], "2022-trial", "xinqu-zrz-2022", "2022-12-31",
         "{\"day\": \"2022-12-31\", \"subjects\": [\"s-xinqu\"]}", "s-xinqu");
  assess(system, year, argv[2], "2023", "xinqu-zrz-2023", "2024-01-31", "{\"day\": \"2024-01-31\"}", "s-jia");
  assess(system, year, argv[2], "2023-annual", "xinqu-jxkh-2023", "2024-01-31", "{\"day\": \"2024-01-31\"}", "s-jia");

  zeren_year_free(year);
  zeren_system_free(system);
  must(fclose(out) == 0, argv[1]);
  return 0;
}
