/*
 * zeren (责任) 0.1.0: responsibility systems of public bodies.
 *
 * Licensed under MIT or Apache-2.0, at your choice. This file is generated from src/capi; edit there.
 *
 * FIVE RULES
 *
 * 1. Who frees. What a function gives through an output is yours: free it with the function of its type
 *    (zeren_text_free, zeren_error_free, ...), in any order, from any thread. Freeing NULL does nothing.
 * 2. Outputs are always written: the value on ZEREN_OK, NULL or {NULL, 0} on everything else. What stood there before
 *    is overwritten, not freed. So one cleanup at the end that frees everything is right on every path.
 *    Each function that can fail returns a status, ZEREN_OK or one of the numbers below. Parameters named error may be
 *    NULL; else they receive NULL, or an error that says what happened. It belongs to no thread.
 * 3. Nothing is retained. No pointer that you pass is used after the call returns. Text in is a pointer and a length
 *    in bytes, UTF-8; the length ZEREN_NUL says that a NUL ends it. NULL with length 0 is the empty text.
 *    The library opens no file or socket, reads no clock or environment, starts no thread and prints nothing.
 * 4. Threads. Every handle may be used from any number of threads at once. Free it when nobody uses it any more.
 * 5. The promise. From ABI 1 on functions are only added. Until then (ABI 0) compare zeren_abi_version() with
 *    ZEREN_ABI_VERSION before anything else. Status numbers never change their meaning.
 *
 * A COMPLETE PROGRAM: cc program.c -lzeren
 *
 *     #include <stdio.h>
 *     #include "zeren.h"
 *
 *     static const char request[] =
 *       "{\"head\": {\"position\": 0, \"digest\":"
 *       "  \"0000000000000000000000000000000000000000000000000000000000000000\"},"
 *       " \"time\": \"2022-01-04T09:00:00+08:00\", \"operator\": \"u-17\","
 *       " \"acts\": [{\"act\": \"edges.declared\", \"id\": \"a-1\", \"effective\": \"2022-01-01\","
 *       "   \"edges\": [{\"id\": \"line\", \"name\": \"隶属\", \"single\": true, \"acyclic\": true}]}]}";
 *
 *     int main(void) {
 *       zeren_system *system = NULL;
 *       zeren_prepared *prepared = NULL;
 *       zeren_text lines = {NULL, 0}, head = {NULL, 0}, message = {NULL, 0};
 *       zeren_error *error = NULL;
 *       int32_t status = ZEREN_INTERNAL;
 *
 *       if (zeren_abi_version() != ZEREN_ABI_VERSION) return 1;
 *       status = zeren_system_new("example-district", ZEREN_NUL, &system, &error);
 *       if (status != ZEREN_OK) goto done;
 *       status = zeren_system_prepare(system, request, ZEREN_NUL, &prepared, &lines, &error);
 *       if (status != ZEREN_OK) goto done;
 *       fwrite(lines.data, 1, lines.len, stdout);  // store them here, in a transaction of your own
 *       status = zeren_system_commit(system, prepared, &error);
 *       if (status != ZEREN_OK) goto done;
 *       status = zeren_system_view(system, "{\"view\": \"head\", \"day\": \"2022-03-01\"}", ZEREN_NUL, &head, &error);
 *       if (status == ZEREN_OK) puts(head.data);
 *
 *     done:
 *       if (status != ZEREN_OK && zeren_error_message(error, &message) == ZEREN_OK)
 *         fprintf(stderr, "%s\n", message.data);
 *       zeren_text_free(&lines);
 *       zeren_text_free(&head);
 *       zeren_text_free(&message);
 *       zeren_error_free(error);
 *       zeren_prepared_free(prepared);
 *       zeren_system_free(system);
 *       return status == ZEREN_OK ? 0 : 1;
 *     }
 */


#ifndef ZEREN_H
#define ZEREN_H

#include <stddef.h>
#include <stdint.h>

/* The version of this header; compare ZEREN_VERSION_NUMBER in #if. */
#define ZEREN_VERSION "0.1.0"
#define ZEREN_VERSION_NUMBER 1000

/* A length: the text ends at its NUL. */
#define ZEREN_NUL SIZE_MAX

/* Define ZEREN_DLL on Windows when you link to zeren.dll. */
#ifndef ZEREN_API
#if defined(_WIN32) && defined(ZEREN_DLL)
#define ZEREN_API __declspec(dllimport)
#else
#define ZEREN_API
#endif
#endif

/* A status that nobody looks at is a mistake. */
#if defined(__GNUC__)
#define ZEREN_CHECK __attribute__((warn_unused_result))
#else
#define ZEREN_CHECK
#endif

// Done.
#define ZEREN_OK 0

// A document is not what it should be. Mend the document; the error names every place.
#define ZEREN_DOCUMENT 10

// The document is well formed, but what it asks for is impossible in this state.
#define ZEREN_REFUSED 11

// The ledger has moved on. Follow the new lines, then try again.
#define ZEREN_CONFLICT 12

// The thing asked for does not exist on that day, as known at that position.
#define ZEREN_NOT_FOUND 13

// Stored lines do not hold together. Nothing was taken over.
#define ZEREN_INTEGRITY 14

// A format, edition or version that this library does not know.
#define ZEREN_UNSUPPORTED 15

// A pointer that is no handle of the type that the function asks for.
#define ZEREN_WRONG_HANDLE 20

// NULL where something is needed.
#define ZEREN_NULL_ARGUMENT 21

// Text that is not UTF-8.
#define ZEREN_NOT_UTF8 22

// A length that no text can have: half of the address space or more.
#define ZEREN_TOO_LONG 23

// A fault of this library; please report it. Other handles go on working. A system or a year that was being
// changed answers nothing but this from then on: free it, and open the system again from its lines.
#define ZEREN_INTERNAL 90

// The ABI that this header describes, and the number in the SONAME. 0 until the ABI is frozen as 1: under 0 a function
// may still change; from 1 on functions are only added.
#define ZEREN_ABI_VERSION 0

// Why a call failed. Owned by the caller, tied to no thread; free it with `zeren_error_free`.
typedef struct zeren_error zeren_error;

// A batch that was checked and has not happened yet. It never changes, and outlives the system that prepared it.
typedef struct zeren_prepared zeren_prepared;

// A scheme that was read and checked. It never changes.
typedef struct zeren_scheme zeren_scheme;

// The state that a ledger leads to. Views run side by side; prepare, commit and follow wait for one another.
typedef struct zeren_system zeren_system;

// A year under way: it keeps what each scheme gave each subject, for the schemes that include it. Calls wait for one
// another.
typedef struct zeren_year zeren_year;

// Text that the library gave: UTF-8, `len` bytes, and a NUL behind them that `len` does not count.
// Read both fields, change neither, and free the text with `zeren_text_free`. After a failure it is `{NULL, 0}`.
typedef struct zeren_text {
  // The bytes; NULL only when there is no text.
  char *data;
  // How many, without the NUL behind them.
  size_t len;
} zeren_text;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/* ---- THE LIBRARY ---- */

// The ABI of the library that was loaded. If it is not ZEREN_ABI_VERSION, call nothing else.
//
// Since 0.1.0.
ZEREN_API ZEREN_CHECK int32_t zeren_abi_version(void);

// The version of the library that was loaded, such as "0.1.0".
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API ZEREN_CHECK int32_t zeren_version(struct zeren_text *out);

/* ---- TEXT ---- */

// Frees a text and clears it, so that a second call does nothing. `text` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_text_free(struct zeren_text *text);

/* ---- ERRORS ---- */

// The error as a JSON object: `kind` (a word), `status` (the number that the call returned) and `findings`, each with
// `code`, `severity`, `zh`, `en` and, where they apply, `pointer` (where in the document), `subject`, `basis`.
// Codes are stable and may be compared; sentences are for people and may change.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_error_json(const struct zeren_error *error,
                         struct zeren_text *out);

// The error for a log or a message box: one line a finding, with code, place, Chinese and English sentence.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_error_message(const struct zeren_error *error,
                            struct zeren_text *out);

// Frees an error. `error` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_error_free(struct zeren_error *error);

/* ---- THE SYSTEM: prepare, store, commit; follow; view ---- */

// Makes the system of an empty ledger. `ledger` is its id; one ledger a tenant.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_new(const char *ledger,
                         size_t ledger_len,
                         struct zeren_system **out,
                         struct zeren_error **error);

// Makes the system that stored lines lead to. `lines` holds them byte for byte as `zeren_system_prepare` gave them, in
// order, one a line of text: each ended by a line feed (CR LF does no harm; after the last it may be missing).
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_open(const char *ledger,
                          size_t ledger_len,
                          const char *lines,
                          size_t lines_len,
                          struct zeren_system **out,
                          struct zeren_error **error);

// Checks a batch of acts against the state, and changes nothing. `request` is a JSON object: `head` (the head that your
// database shows: position and digest), `time` (of the ledger), `operator` (an opaque id of yours), `acts`.
// `out_lines` receives the lines to store, each ended by a line feed, so that they can be appended to what is stored;
// it is empty when the ledger holds every act already. Store them in a transaction of your own, unique by ledger and
// sequence; then commit `out_prepared`, or free it and nothing has happened.
//
// Returns ZEREN_OK, ZEREN_CONFLICT (the head has moved: follow, then prepare again), ZEREN_DOCUMENT, ZEREN_REFUSED (the
// error names every problem of every act), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG.
// Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_prepare(const struct zeren_system *system,
                             const char *request,
                             size_t request_len,
                             struct zeren_prepared **out_prepared,
                             struct zeren_text *out_lines,
                             struct zeren_error **error);

// Where each act of a prepared batch stands or will stand: a JSON array of {"act": id, "position": number,
// "repeated": whether the ledger held it before}.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_prepared_receipts(const struct zeren_prepared *prepared,
                                struct zeren_text *out,
                                struct zeren_error **error);

// Frees a prepared batch, committed or not. `prepared` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_prepared_free(struct zeren_prepared *prepared);

// Takes a prepared batch over, once its lines are stored. The batch stays yours to free.
//
// Returns ZEREN_OK, ZEREN_CONFLICT (the system has moved on since: other lines came first, or another thread has
// followed these very lines), ZEREN_INTEGRITY (a batch of another ledger), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE.
// Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_commit(const struct zeren_system *system,
                            const struct zeren_prepared *prepared,
                            struct zeren_error **error);

// Takes over lines that others have stored since this system's head: all of them or none. `lines` as for
// `zeren_system_open`.
//
// Returns ZEREN_OK, ZEREN_INTEGRITY (the error names the first line that does not hold), ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_follow(const struct zeren_system *system,
                            const char *lines,
                            size_t lines_len,
                            struct zeren_error **error);

// Answers a question about a day, as JSON; the same state and question give the same bytes. `query` is a JSON object:
// `view` (what is asked for: findings, cascade, due, facts, head, ...), `day` ("2022-03-01"), and where wanted `known`
// (acts up to this position) and what narrows the question; every topic and field stands in docs/acts.md.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (what the question names is not there, or no rule set of that day
// describes a cascade), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_view(const struct zeren_system *system,
                          const char *query,
                          size_t query_len,
                          struct zeren_text *out,
                          struct zeren_error **error);

// Frees a system. Batches that it prepared stay good. `system` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_system_free(struct zeren_system *system);

/* ---- STORED LINES ---- */

// Checks stored lines from the first, as `zeren_system_open` does, but looks at the chain alone and not at the acts.
// `lines` as for `zeren_system_open`. `out_head` receives {"position": last line, "digest": its SM3 digest}: compare it
// with a head kept elsewhere, for a cut tail or a chain written anew cannot be seen in the lines themselves.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_ledger_verify(const char *ledger,
                            size_t ledger_len,
                            const char *lines,
                            size_t lines_len,
                            struct zeren_text *out_head,
                            struct zeren_error **error);

/* ---- SCHEMES: parse, read back, score ---- */

// Reads and checks a scheme document. `scheme` is its JSON text.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the error names every problem), ZEREN_REFUSED (an adopted scheme leaves questions
// open; the error names each), ZEREN_UNSUPPORTED (another kind, format or edition), ZEREN_NULL_ARGUMENT,
// ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_parse(const char *scheme,
                           size_t scheme_len,
                           struct zeren_scheme **out,
                           struct zeren_error **error);

// What a scheme says of itself: a JSON object of `id`, `version`, `title`, `year`, `status` (draft, adopted), `digest`
// (SM3, of the document), `table_digest` (SM3, of what `zeren_scheme_read_back` gives) and `questions` (what a
// draft leaves open: objects of a `finding` and its `answers`).
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_about(const struct zeren_scheme *scheme,
                           struct zeren_text *out,
                           struct zeren_error **error);

// The scheme as the table that its adopters approve, Chinese, in Markdown.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_read_back(const struct zeren_scheme *scheme,
                               struct zeren_text *out,
                               struct zeren_error **error);

// Scores one facts document, apart from any ledger. `facts` is a JSON object: `kind` "facts", `format` 1, `subject`,
// `scheme` (the id), `facts` (values by name), as the view facts of `zeren_system_view` gives it. `out_sheet` receives
// the sheet as JSON. An item that includes another scheme's result counts as pending; `zeren_year_assess` knows results.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme, or a value that has no bound while facts are
// unknown), ZEREN_UNSUPPORTED (another kind or format), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8,
// ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_score(const struct zeren_scheme *scheme,
                           const char *facts,
                           size_t facts_len,
                           struct zeren_text *out_sheet,
                           struct zeren_error **error);

// Scores subjects that are compared with each other, apart from any ledger. `facts` is a JSON array of facts documents;
// those of one `cohort` are ranked together, and `parent` says who stands below whom. `out` receives an array of sheets
// in the same order. Everybody's problems come at once.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme, a subject twice, a value without bound while
// facts are unknown, a year that the scheme's calendar lacks), ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_score_cohort(const struct zeren_scheme *scheme,
                                  const char *facts,
                                  size_t facts_len,
                                  struct zeren_text *out,
                                  struct zeren_error **error);

// Looks a scheme over: its worked examples are scored and compared, and what is most likely a slip is named (rates above
// the item, grades that nobody can reach, facts that nothing uses). `out` receives an array of findings, empty when there
// is nothing to say; what a draft leaves open stands in `zeren_scheme_about`.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_check(const struct zeren_scheme *scheme,
                           struct zeren_text *out,
                           struct zeren_error **error);

// What it would take: for each fact that is declared improvable, everything else fixed, the nearest value that reaches a
// goal. `query` is a JSON object: `facts` (an array of facts documents: everybody who is scored together), `subject` (its
// id), and either `total` (at least this) or `grade` (this or a better one). `out` receives a JSON object.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED, ZEREN_NOT_FOUND (no such subject among the facts), ZEREN_UNSUPPORTED,
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_would_take(const struct zeren_scheme *scheme,
                                const char *query,
                                size_t query_len,
                                struct zeren_text *out,
                                struct zeren_error **error);

// What leads from one run to another, for one subject: first the rules (`scheme` to `after`), then its own facts, then those
// of others; the steps sum exactly. `query` is a JSON object: `before` and `after` (arrays of facts documents) and
// `subject`. `out` receives a JSON object. The two schemes may be the same handle.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED, ZEREN_NOT_FOUND (no such subject among the facts), ZEREN_UNSUPPORTED,
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_difference(const struct zeren_scheme *scheme,
                                const struct zeren_scheme *after,
                                const char *query,
                                size_t query_len,
                                struct zeren_text *out,
                                struct zeren_error **error);

// Frees a scheme. What it scored stays good. `scheme` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_scheme_free(struct zeren_scheme *scheme);

/* ---- THE YEAR: score rosters from the ledger, include results ---- */

// Makes a year in which nothing is scored yet.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API ZEREN_CHECK int32_t zeren_year_new(struct zeren_year **out, struct zeren_error **error);

// Scores subjects under a scheme from the facts of the ledger, and keeps the results. A scheme that another includes
// must be assessed before it. `query` is a JSON object: `day` ("2024-01-31"), and where wanted `known` (acts up to this
// position) and `subjects` (an array of ids; when missing, the roster that the ledger holds on that day). `out` receives
// a JSON object: `scheme` (its id), `sheets` (one a subject, in the order of the roster), `findings` (facts that may
// count the same things twice). After a failure the year is as it was.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no subjects are given, and no roster was adopted by that day),
// ZEREN_REFUSED (the facts of a subject cannot be scored), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8,
// ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_year_assess(const struct zeren_year *year,
                          const struct zeren_system *system,
                          const struct zeren_scheme *scheme,
                          const char *query,
                          size_t query_len,
                          struct zeren_text *out,
                          struct zeren_error **error);

// Frees a year. `year` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_year_free(struct zeren_year *year);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ZEREN_H */
