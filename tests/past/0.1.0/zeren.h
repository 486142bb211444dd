/*
 * zeren (责任) 0.1.0: responsibility systems of public bodies.
 *
 * Licensed under MIT or Apache-2.0, at your choice. This file is generated from src/capi; edit there.
 *
 * FIVE RULES
 *
 * 1. Who frees. What a function gives through an output is yours: free it with the function of its type
 *    (zeren_text_free, zeren_error_free, ...), in any order, from any thread. Freeing NULL does nothing.
 * 2. Outputs are always written: the value on ZEREN_OK; NULL, {NULL, 0} or 0 on everything else. What stood there before
 *    is overwritten, not freed. So one cleanup at the end that frees everything is right on every path.
 *    Arrays of yours that a function fills (zeren_scored_...) are filled on ZEREN_OK and left as they were on everything
 *    else.
 *    Each function that can fail returns a status, ZEREN_OK or one of the numbers below. Parameters named error may be
 *    NULL; else they receive NULL, or an error that says what happened. It belongs to no thread.
 * 3. Nothing is retained. No pointer that you pass is used after the call returns. Text in is a pointer and a length
 *    in bytes, UTF-8; the length ZEREN_NUL says that a NUL ends it. NULL with length 0 is the empty text.
 *    But for zeren_store_*, which open the file that you name, the library opens no file or socket, reads no clock or
 *    environment, starts no thread and prints nothing.
 * 4. Threads. Every handle may be used from any number of threads at once. Free it when nobody uses it any more.
 * 5. The promise. From ABI 1 on functions are only added. Until then (ABI 0) compare zeren_abi_version() with
 *    ZEREN_ABI_VERSION before anything else. Status numbers never change their meaning.
 *
 * THE ORDER OF THIS FILE
 *
 *    Statuses and types; then THE LIBRARY, TEXT, ERRORS, PROGRESS OF LONG WORK; THE SYSTEM and STORED LINES (who answers
 *    for what: acts in a ledger that you store), EVIDENCE (what can be proven of it), or A LEDGER IN A FILE (that zeren
 *    stores); SCHEMES and COLUMNS (what it scores: one subject, a cohort, a nation); THE YEAR (both together), its ARCHIVES
 *    and its PAPERS. Documents are JSON; zeren_schema gives the JSON Schema of each.
 *
 * A COMPLETE PROGRAM: cc program.c -lzeren
 *
 *     #include <stdio.h>
 *     #include "zeren.h"
 *
 *     static const char rules[] =
 *       "{\"kind\": \"scheme\", \"format\": 1, \"edition\": \"1\", \"id\": \"2023\", \"version\": \"1\","
 *       " \"title\": \"示例办法\", \"year\": 2023, \"status\": \"draft\","
 *       " \"facts\": [{\"name\": \"会议次数\", \"kind\": \"count\", \"max\": 12}],"
 *       " \"items\": [{\"id\": \"1\", \"title\": \"专题会议\", \"points\": 10, \"rule\": {\"kind\": \"formula\","
 *       "   \"value\": \"会议次数 * 5 / 2\", \"floor\": 0, \"cap\": 10}}]}";
 *     static const char facts[] =
 *       "{\"kind\": \"facts\", \"format\": 1, \"subject\": \"甲镇\", \"scheme\": \"2023\","
 *       " \"facts\": {\"会议次数\": 3}}";
 *
 *     int main(void) {
 *       zeren_scheme *scheme = NULL;
 *       zeren_text sheet = {NULL, 0}, message = {NULL, 0};
 *       zeren_error *error = NULL;
 *       int32_t status = ZEREN_INTERNAL;
 *
 *       if (zeren_abi_version() != ZEREN_ABI_VERSION) return 1;
 *       status = zeren_scheme_parse(rules, ZEREN_NUL, &scheme, &error);
 *       if (status != ZEREN_OK) goto done;
 *       status = zeren_scheme_score(scheme, facts, ZEREN_NUL, &sheet, &error);
 *       if (status == ZEREN_OK) puts(sheet.data);  // 7.5 points, and the reason of each
 *
 *     done:
 *       if (status != ZEREN_OK && zeren_error_message(error, &message) == ZEREN_OK)
 *         fprintf(stderr, "%s\n", message.data);
 *       zeren_text_free(&sheet);
 *       zeren_text_free(&message);
 *       zeren_error_free(error);
 *       zeren_scheme_free(scheme);
 *       return status == ZEREN_OK ? 0 : 1;
 *     }
 *
 * A SECOND ONE: acts into a ledger
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

/* What a column of results says of a row that has no single number, or none that fits: see its sheet. */
#define ZEREN_SEE_SHEET INT64_MIN

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

// A format, edition or version that this library does not know, or that it was built without.
#define ZEREN_UNSUPPORTED 15

// A store's file could not be read or written; the error says why and what to do.
#define ZEREN_STORAGE 16

// You asked the work to stop, through its zeren_progress. The state is as it was.
#define ZEREN_CANCELLED 17

// A pointer that is no handle of the type that the function asks for.
#define ZEREN_WRONG_HANDLE 20

// NULL where something is needed.
#define ZEREN_NULL_ARGUMENT 21

// Text that is not UTF-8.
#define ZEREN_NOT_UTF8 22

// A length that no text can have: half of the address space or more.
#define ZEREN_TOO_LONG 23

// An array of another length than there are rows, or at an address where no such number can stand.
#define ZEREN_WRONG_ARRAY 24

// A fault of this library; please report it. Other handles go on working. A system or a year that was being
// changed answers nothing but this from then on: free it, and open the system again from its lines.
#define ZEREN_INTERNAL 90

// The ABI that this header describes, and the number in the SONAME. 0 until the ABI is frozen as 1: under 0 a function
// may still change; from 1 on functions are only added.
#define ZEREN_ABI_VERSION 0

// The state of a value: it is there, and exact.
#define ZEREN_KNOWN 0

// The state of a value: nobody knows it.
#define ZEREN_UNKNOWN 1

// The state of a value: it does not apply to the subject.
#define ZEREN_NOT_APPLICABLE 2

// A scheme compiled for columns: many subjects at once, as exact as one by one. It never changes, and outlives the scheme.
//
// The way: `zeren_columns_new`, `zeren_columns_about`; then for each run `zeren_table_new`, a `zeren_table_set_...` for
// every column that is needed, `zeren_table_score`, and `zeren_scored_...` for every column of results that is wanted.
typedef struct zeren_columns zeren_columns;

// Why a call failed. Owned by the caller, tied to no thread; free it with `zeren_error_free`.
typedef struct zeren_error zeren_error;

// A batch that was checked and has not happened yet. It never changes, and outlives the system that prepared it.
typedef struct zeren_prepared zeren_prepared;

// A counter that long work moves and another thread reads: no callback, so nothing of yours runs inside the library. The
// functions that take one end in `_watched`, and do what those without it do.
//
// The way: `zeren_progress_new`; start a `_watched` function on one thread; on another call `zeren_progress_read` as often
// as the screen wants, and `zeren_progress_cancel` when the user does; free it when both are through.
typedef struct zeren_progress zeren_progress;

// A scheme that was read and checked. It never changes.
typedef struct zeren_scheme zeren_scheme;

// The results of a table, as it was when it was scored. They never change.
typedef struct zeren_scored zeren_scored;

// A ledger's file, open for writing: for hosts without a database. The file holds the lines as `zeren_system_prepare`
// gives them and nothing else. These functions alone open a file, the one that you name.
typedef struct zeren_store zeren_store;

// The state that a ledger leads to. Views run side by side; prepare, commit and follow wait for one another.
typedef struct zeren_system zeren_system;

// Facts of many subjects, column by column: one row a subject. Columns may be set again and the table scored again.
// Calls wait for one another.
typedef struct zeren_table zeren_table;

// A year under way: it keeps what each scheme gave each subject, for the schemes that include it. Calls wait for one
// another.
typedef struct zeren_year zeren_year;

// Text that the library gave: UTF-8 (or, where a function says so, the bytes of a file), `len` bytes, and a NUL behind them
// that `len` does not count.
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

// How the library that was loaded was built: a JSON object of `version`, `abi`, `editions` (of the scheme language),
// `features` (the optional parts that are in), `arch`, `os` and `debug` (built with the checks of a debug build, slow).
// For the first line of a log, and for reports to us.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_build_info(struct zeren_text *out);

// Computes what is known: digests, exact numbers, dates, a stored line, a sheet to its last byte. A library that was
// spoilt on its way says so before it scores anybody: call this once at the start; it takes about a millisecond.
//
// Returns ZEREN_OK, ZEREN_INTERNAL (the error names what differs; install the library again). Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_self_test(struct zeren_error **error);

// The JSON Schema (draft 2020-12) of a kind of document, for editors and for checks of your own. `kind` is act,
// assess_query, calendar, checkpoint, facts, inclusion, paper_request, query, request, rule_set, scheme or template_query.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (another kind; the error names all), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8,
// ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_schema(const char *kind,
                     size_t kind_len,
                     struct zeren_text *out,
                     struct zeren_error **error);

/* ---- TEXT ---- */

// Frees a text and clears it, so that a second call does nothing. `text` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_text_free(struct zeren_text *text);

// Looks at a text that stays with you, such as the name of a person or the text of a letter, as the checks look at every text
// that they meet. `out` receives an array of findings, empty when there is nothing to say: "document.private_use" names
// private-use characters, which converters of older encodings leave, and the characters that are meant.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_text_check(const char *data,
                         size_t len,
                         struct zeren_text *out,
                         struct zeren_error **error);

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

/* ---- PROGRESS OF LONG WORK: poll, cancel ---- */

// Makes a counter of work that has not begun.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_progress_new(struct zeren_progress **out,
                           struct zeren_error **error);

// Tells how far the work has come: steps done, and steps that there are (0 before the work has begun). Both only grow, and
// are equal once the work has succeeded; of several calls one after another under one counter the total grows with each.
// What a step is differs; only the share of the total means something. Never waits.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_progress_read(const struct zeren_progress *progress,
                            int64_t *out_done,
                            int64_t *out_total,
                            struct zeren_error **error);

// Asks the work to stop: its function returns ZEREN_CANCELLED soon after, with the state as it was, or ZEREN_OK where it was
// as good as done. Whatever begins under this counter later is cancelled at once.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_progress_cancel(const struct zeren_progress *progress,
                              struct zeren_error **error);

// Frees a counter that nobody uses any more. `progress` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_progress_free(struct zeren_progress *progress);

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

// Gives the state as bytes for `zeren_system_open_snapshot`: `out` holds any bytes, NULs too, and is no text. The same
// state gives the same bytes. A snapshot saves the time of a replay and proves nothing: keep the lines.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_snapshot(const struct zeren_system *system,
                              struct zeren_text *out,
                              struct zeren_error **error);

// Makes the system that a snapshot holds, `snapshot_len` bytes; then follow the lines that came since. Where this fails,
// open it from its lines.
//
// Returns ZEREN_OK, ZEREN_UNSUPPORTED (another version of the library wrote it), ZEREN_INTEGRITY (it was cut or changed, or
// is of another ledger), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG.
// Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_open_snapshot(const char *ledger,
                                   size_t ledger_len,
                                   const char *snapshot,
                                   size_t snapshot_len,
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

// As `zeren_system_follow`, moving a counter: a step a line. A long ledger is opened so from `zeren_system_new`; others wait
// for the system meanwhile, readers of the counter do not.
//
// Returns as `zeren_system_follow`; ZEREN_CANCELLED (the system is as it was). Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_follow_watched(const struct zeren_system *system,
                                    const char *lines,
                                    size_t lines_len,
                                    const struct zeren_progress *progress,
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
// `lines` as for `zeren_system_open`. `out_head` receives {"position": last line, "digest": its SM3 digest}: this
// finds accidents and partial edits, while a cut tail or a chain written anew cannot be seen in the lines themselves. For
// that, and for words that say which of the two was done, see `zeren_ledger_verify_against`.
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

// As `zeren_ledger_verify`, moving a counter: a step a line.
//
// Returns as `zeren_ledger_verify`; ZEREN_WRONG_HANDLE, ZEREN_CANCELLED. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_ledger_verify_watched(const char *ledger,
                                    size_t ledger_len,
                                    const char *lines,
                                    size_t lines_len,
                                    const struct zeren_progress *progress,
                                    struct zeren_text *out_head,
                                    struct zeren_error **error);

/* ---- EVIDENCE: checkpoints, proofs, signatures ---- */

// Makes a checkpoint of the end of a ledger, to be kept, signed or posted where its owner cannot reach it. `lines` as for
// `zeren_system_open`. `out` receives a JSON object: `kind`, `format`, `ledger`, `position`, `digest`, `root`.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_ledger_checkpoint(const char *ledger,
                                size_t ledger_len,
                                const char *lines,
                                size_t lines_len,
                                struct zeren_text *out,
                                struct zeren_error **error);

// Checks stored lines as `zeren_ledger_verify` does, and against `checkpoints` that were kept elsewhere: a JSON array of
// what `zeren_ledger_checkpoint` gave, or the empty text. `out` receives what `zeren_ledger_verify` gives; `proven` is the
// last line that a checkpoint vouches for.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank, a checkpoint is none or is of another ledger), ZEREN_INTEGRITY (the
// error names the first line that does not hold, the lines between which everything was rewritten, or from which the
// tail is cut off), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_ledger_verify_against(const char *ledger,
                                    size_t ledger_len,
                                    const char *lines,
                                    size_t lines_len,
                                    const char *kept,
                                    size_t kept_len,
                                    struct zeren_text *out,
                                    struct zeren_error **error);

// Proves one line: `out` receives a JSON object that shows, together with a checkpoint of the same end, that the line at
// `position` stands in the ledger, without showing any other. `lines` as for `zeren_system_open`.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_NOT_FOUND (there is no such line), ZEREN_INTEGRITY (the error
// names the first line that does not hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_ledger_inclusion(const char *ledger,
                               size_t ledger_len,
                               const char *lines,
                               size_t lines_len,
                               size_t position,
                               struct zeren_text *out,
                               struct zeren_error **error);

// Checks what `zeren_ledger_inclusion` gave against a checkpoint that was kept elsewhere. `out` receives the line as a
// JSON object: `ledger`, `sequence`, `time`, `operator`, `payload` (the act) and so on.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (another kind or format), ZEREN_INTEGRITY (nothing is proven),
// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_inclusion_verify(const char *inclusion,
                               size_t inclusion_len,
                               const char *checkpoint,
                               size_t checkpoint_len,
                               struct zeren_text *out,
                               struct zeren_error **error);

// Tells what a signer outside signs with SM2: `out` receives {"z", "e"}, e = SM3(Z‖M). `query` is a JSON object: `key` (the
// public key, raw or SPKI) or `certificate`, `message` (text) or `content` (base64), and where wanted `user_id`. The
// message for a letter is what `zeren_system_view` gives for the view "statement".
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a certificate, in a library built without sign),
// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_signature_digest(const char *query,
                               size_t query_len,
                               struct zeren_text *out,
                               struct zeren_error **error);

// Verifies an SM2 signature with SM3. `query` as for `zeren_signature_digest`, with `signature` (hexadecimal or base64, DER
// or r‖s) and where wanted `signed` (the day), `chain` (certificates of the issuers) and `revocation` (what you know).
// `out` receives a JSON object with `mathematics`, `chain`, `validity`, `revocation`, each "holds", "fails" or
// "not_checked". A signature that does not fit is an answer, not an error.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a library built without sign), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8,
// ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_signature_verify(const char *query,
                               size_t query_len,
                               struct zeren_text *out,
                               struct zeren_error **error);

// Writes the certificate page of a letter: who signed which manifestation when in which capacity, what was verified by
// whom, amendments and successions in order. `query` is a JSON object: `letter`, `day`, and where wanted `known`, `format`
// ("data", "markdown" or "html"; data when missing), `names` (what people are called) and `keys` (keys of signers, with
// which the library verifies; nothing of them is kept).
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such letter on that day), ZEREN_UNSUPPORTED (keys, in a library
// built without sign), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_letter_certificate(const struct zeren_system *system,
                                 const char *query,
                                 size_t query_len,
                                 struct zeren_text *out,
                                 struct zeren_error **error);

/* ---- A LEDGER IN A FILE, for hosts without a database: create or open; prepare, append, commit ---- */

// Makes a new file for an empty ledger. `path` is UTF-8; `ledger` is the ledger's id. `out_system` receives the state to
// prepare on, as from `zeren_system_new`.
//
// Returns ZEREN_OK, ZEREN_STORAGE (the file is there already, or cannot be made), ZEREN_DOCUMENT (the id is blank),
// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_store_create(const char *path,
                           size_t path_len,
                           const char *ledger,
                           size_t ledger_len,
                           struct zeren_store **out_store,
                           struct zeren_system **out_system,
                           struct zeren_error **error);

// Opens a file and replays its lines into `out_system`; the file is not changed. It has one writer at a time.
// `out_findings` receives a JSON array: empty, or what was noticed, such as a last batch that a crash left unfinished
// (nobody was told that it is there; the next batch replaces it).
//
// Returns ZEREN_OK, ZEREN_STORAGE (no such file, not writable, another writer has it), ZEREN_INTEGRITY (the error names the
// first line that does not hold; `zeren_store_read` gives what stands before it), ZEREN_UNSUPPORTED (a newer version wrote
// a line), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_store_open(const char *path,
                         size_t path_len,
                         const char *ledger,
                         size_t ledger_len,
                         struct zeren_store **out_store,
                         struct zeren_system **out_system,
                         struct zeren_text *out_findings,
                         struct zeren_error **error);

// Reads a file as far as it holds, without writing to it and whoever else has it. `out_system` receives the state up to
// the last whole batch that holds, `out_findings` a JSON array of what is wrong behind it: empty, an unfinished batch, or
// the first line that does not hold.
//
// Returns ZEREN_OK, ZEREN_STORAGE (no such file, not readable), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT,
// ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_store_read(const char *path,
                         size_t path_len,
                         const char *ledger,
                         size_t ledger_len,
                         struct zeren_system **out_system,
                         struct zeren_text *out_findings,
                         struct zeren_error **error);

// Writes a prepared batch to the file and returns once it is synced to the disk; then commit it. Where this fails, free the
// batch: nothing has happened, and the same acts may be handed in again.
//
// Returns ZEREN_OK, ZEREN_CONFLICT (the batch does not continue the file: it was prepared on another state),
// ZEREN_STORAGE (the disk is full, or the file was changed or replaced by others; the error says what to do),
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_store_append(const struct zeren_store *store,
                           const struct zeren_prepared *prepared,
                           struct zeren_error **error);

// Leaves a snapshot of the state beside the file, under its name with ".snapshot" behind it, so that the next
// `zeren_store_open` replays only what came since. `system` is the one that was opened with the file and stands at its end.
// A snapshot proves nothing, is of use to this version of the library only, and may be deleted at any time.
//
// Returns ZEREN_OK, ZEREN_CONFLICT (the state is not that of the file), ZEREN_STORAGE, ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_store_save_snapshot(const struct zeren_store *store,
                                  const struct zeren_system *system,
                                  struct zeren_error **error);

// Closes the file and frees the store; the state that was opened with it stays good. `store` may be NULL.
//
// Since 0.1.0.
ZEREN_API
void zeren_store_free(struct zeren_store *store);

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
// (SM3, of the document), `table_digest` (SM3, of what `zeren_scheme_read_back` gives), `questions` (what a
// draft leaves open: objects of a `finding` and its `answers`) and `templates` (the tables for data entry: objects of a
// `supplier` and, for a list of events, `events`).
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
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme; a scheme that compares subjects, which
// `zeren_scheme_score_cohort` scores; or a value that has no bound while facts are unknown), ZEREN_UNSUPPORTED (another kind or format), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8,
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

// As `zeren_scheme_score_cohort`, moving a counter.
//
// Returns as `zeren_scheme_score_cohort`; ZEREN_CANCELLED. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_score_cohort_watched(const struct zeren_scheme *scheme,
                                          const char *facts,
                                          size_t facts_len,
                                          const struct zeren_progress *progress,
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
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (no such subject among the facts; else as `zeren_scheme_score_cohort`),
// ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
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
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (no such subject among the facts; else as `zeren_scheme_score_cohort`),
// ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_difference(const struct zeren_scheme *scheme,
                                const struct zeren_scheme *after,
                                const char *query,
                                size_t query_len,
                                struct zeren_text *out,
                                struct zeren_error **error);

// A table for data entry, to be filled in with a spreadsheet. `query` is a JSON object: `subjects` (an array of objects of
// an `id` and, where wanted, a `name` and `facts` that stand in the cells already), and where wanted `supplier` (whose
// facts), `events` (the fact whose events are wanted, a row an event) or `opening` (the earlier year whose values are
// wanted), and `format`: "csv" (UTF-8 with a byte order mark) or "xlsx". `out` receives the bytes of the file: those of a
// workbook are no text and may hold NUL, so `len` alone says where they end.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such supplier or list of events; `zeren_scheme_about` tells them),
// ZEREN_UNSUPPORTED (a workbook, and the library was built without the feature xlsx), ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_template(const struct zeren_scheme *scheme,
                              const char *query,
                              size_t query_len,
                              struct zeren_text *out,
                              struct zeren_error **error);

// Reads a table that was made by `zeren_scheme_template` and filled in. `table` is the file as it is, CSV or workbook: the
// table itself says which one it is. `out` receives a JSON object: `scheme`, `version`, `content` ("values", "events" with
// `fact`, "opening" with `year`), `supplier`, `subjects` (objects of a `subject` and its `facts`, which the act
// facts.recorded takes as they are; of an opening the `values` of opening_values.imported) and `findings` (what is worth a
// look). In findings and in the error `pointer` is the address of the cell, such as "C4".
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (the error names every cell that cannot be read; nothing of such a table is taken),
// ZEREN_NOT_FOUND (a supplier or list of events that the scheme does not have), ZEREN_UNSUPPORTED (a workbook, and the
// library was built without the feature xlsx), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scheme_read_template(const struct zeren_scheme *scheme,
                                   const char *table,
                                   size_t table_len,
                                   struct zeren_text *out,
                                   struct zeren_error **error);

// Frees a scheme. What it scored stays good. `scheme` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_scheme_free(struct zeren_scheme *scheme);

/* ---- COLUMNS: many subjects at once ---- */

// Compiles a scheme. Do it once and score many tables.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_columns_new(const struct zeren_scheme *scheme,
                          struct zeren_columns **out,
                          struct zeren_error **error);

// What goes in and what comes out, as a JSON object.
//
// `columns` are wanted: `name`, `kind` (count, number, money, date, yes_no, choice, events, ballots), `needed` (false:
// nothing reads it, leave it out), and where they apply `unit`, `places` (of declared decimals), `least` and `greatest`,
// `words` (of a choice), `fields` (of events: `name`, `kind`, `words`). Of another scheme whose result is included,
// "result:" and its id are the scores (numbers) and "grade:" and its id the grades (texts). `cohorts` and `parents` say
// whether the table has to tell them.
//
// `results` are given: `what` (points, total, grade, earned_grade, rank), `item` and `title` (of points), `per` (what all
// numbers of the column are over: 100 where they are hundredths), `fractions` (whether each row has a denominator
// besides), `words` (of grades).
//
// `bits` is the width that was proven enough. `rows_because` says why some values are worked out row by row, which takes
// longer. `exact_because` says why nothing is computed in columns: every row has a sheet then, which takes a thousand times
// longer.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_columns_about(const struct zeren_columns *columns,
                            struct zeren_text *out,
                            struct zeren_error **error);

// Frees a compiled scheme. Its tables stay good. `columns` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_columns_free(struct zeren_columns *columns);

// Makes a table without columns of so many rows, a hundred million at most.
//
// Returns ZEREN_OK, ZEREN_WRONG_ARRAY (more rows), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_new(const struct zeren_columns *columns,
                        size_t rows,
                        struct zeren_table **out,
                        struct zeren_error **error);

// Sets a column of counts, numbers or money. `places` says of how many decimals the values are whole numbers: at 2, 1250 is
// 12.50. A count has 0, others may have other than the declared places; fewer cost nothing, and a value with more is left
// to the exact run. `states` has one of ZEREN_KNOWN, ZEREN_UNKNOWN, ZEREN_NOT_APPLICABLE a row, and what stands in
// `values` where it is not ZEREN_KNOWN does not matter; it may be NULL: all are known. `rows` is the length of both.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme reads no such column), ZEREN_REFUSED (a column of another kind),
// ZEREN_DOCUMENT (a value outside of the declared range, a state or places that cannot be), ZEREN_WRONG_ARRAY,
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_numbers(const struct zeren_table *table,
                                const char *name,
                                size_t name_len,
                                const int64_t *values,
                                int32_t places,
                                const uint8_t *states,
                                size_t rows,
                                struct zeren_error **error);

// Sets a column of days, each yyyymmdd: 20230331. The rest as for `zeren_table_set_numbers`.
//
// Returns as `zeren_table_set_numbers`. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_days(const struct zeren_table *table,
                             const char *name,
                             size_t name_len,
                             const int32_t *values,
                             const uint8_t *states,
                             size_t rows,
                             struct zeren_error **error);

// Sets a column of yes (not 0) and no (0). The rest as for `zeren_table_set_numbers`.
//
// Returns as `zeren_table_set_numbers`. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_truths(const struct zeren_table *table,
                               const char *name,
                               size_t name_len,
                               const uint8_t *values,
                               const uint8_t *states,
                               size_t rows,
                               struct zeren_error **error);

// Sets a column of a choice, each value the place of its word in what `zeren_columns_about` tells, from 0. The rest as for
// `zeren_table_set_numbers`.
//
// Returns as `zeren_table_set_numbers`. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_words(const struct zeren_table *table,
                              const char *name,
                              size_t name_len,
                              const int32_t *values,
                              const uint8_t *states,
                              size_t rows,
                              struct zeren_error **error);

// Sets a column of events: those of a row, all of them and only those that count, go from the end of the row before to its
// own end in `ends`. Then every field is a column of its own with one value an event: `name` is 事件/级别, and its values
// are set as those of other columns are (a matter by `zeren_table_set_texts`, a holder as a word). Setting the events again
// forgets the fields.
//
// Returns as `zeren_table_set_numbers`. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_events(const struct zeren_table *table,
                               const char *name,
                               size_t name_len,
                               const int64_t *ends,
                               const uint8_t *states,
                               size_t rows,
                               struct zeren_error **error);

// Sets a column of texts: a field of events, or grades of another scheme. They stand one behind another in `texts`: each
// goes from the end of the one before to its own end in `ends`, in bytes. `rows` is the length of `ends` and `states`. The
// rest as for `zeren_table_set_numbers`.
//
// Returns as `zeren_table_set_numbers`. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_texts(const struct zeren_table *table,
                              const char *name,
                              size_t name_len,
                              const char *texts,
                              size_t texts_len,
                              const int64_t *ends,
                              const uint8_t *states,
                              size_t rows,
                              struct zeren_error **error);

// Sets who is compared with whom: rows with the same number, 0 or above, are one cohort. NULL: all rows are one, as when
// nothing is set.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (a number below 0), ZEREN_WRONG_ARRAY, ZEREN_WRONG_HANDLE, ZEREN_NULL_ARGUMENT.
// Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_cohorts(const struct zeren_table *table,
                                const int32_t *cohorts,
                                size_t rows,
                                struct zeren_error **error);

// Sets who stands below whom: the row above each row, -1 where there is none. NULL: nobody told, as when nothing is set.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (no such row, or the row itself), ZEREN_WRONG_ARRAY, ZEREN_WRONG_HANDLE,
// ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_set_parents(const struct zeren_table *table,
                                const int64_t *parents,
                                size_t rows,
                                struct zeren_error **error);

// Scores the table. Rows in which something is unknown or does not apply are left to the exact run, with their cohort
// where subjects are compared: `zeren_scored_by_sheet` tells them, and `zeren_scored_sheet` gives their sheets.
//
// Returns ZEREN_OK, ZEREN_REFUSED (columns that are needed and were not set; or a value has no bound while facts are
// unknown), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_score(const struct zeren_table *table,
                          struct zeren_scored **out,
                          struct zeren_error **error);

// As `zeren_table_score`, moving a counter.
//
// Returns as `zeren_table_score`; ZEREN_CANCELLED (the table is as it was). Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_score_watched(const struct zeren_table *table,
                                  const struct zeren_progress *progress,
                                  struct zeren_scored **out,
                                  struct zeren_error **error);

// The sheet of any row, with the reason of every point, as `zeren_scheme_score_cohort` gives it; its subject is the number
// of the row. All who are compared with it are scored exactly for that, so ask for few rows of large cohorts.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (no such row), ZEREN_REFUSED (as `zeren_table_score`), ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_table_sheet(const struct zeren_table *table,
                          size_t row,
                          struct zeren_text *out,
                          struct zeren_error **error);

// Frees a table. Its results stay good. `table` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_table_free(struct zeren_table *table);

// Writes the points of an item, bonus or penalty (penalties are negative) into `out`: whole numbers over the `per` that
// `zeren_columns_about` tells, and over `out_denominators` where it says that they are fractions; there it must not be
// NULL, elsewhere it may be, or receives 1 in every row. ZEREN_SEE_SHEET stands where there is no single number, or none
// that fits. `rows` is the length of both arrays; they must not overlap. On failure they are left as they were.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (no such item), ZEREN_REFUSED (fractions and no place for denominators),
// ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_points(const struct zeren_scored *scored,
                            const char *item,
                            size_t item_len,
                            int64_t *out,
                            int64_t *out_denominators,
                            size_t rows,
                            struct zeren_error **error);

// Writes the totals into `out`. The rest as for `zeren_scored_points`.
//
// Returns ZEREN_OK, ZEREN_REFUSED (fractions and no place for denominators), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_total(const struct zeren_scored *scored,
                           int64_t *out,
                           int64_t *out_denominators,
                           size_t rows,
                           struct zeren_error **error);

// Writes the grades after quotas into `out`, each the place of its word in what `zeren_columns_about` tells, best first,
// from 0. The rest as for `zeren_scored_points`.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme grants no grades), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_grade(const struct zeren_scored *scored,
                           int64_t *out,
                           size_t rows,
                           struct zeren_error **error);

// Writes the grades before quotas into `out`. The rest as for `zeren_scored_grade`.
//
// Returns as `zeren_scored_grade`; ZEREN_NOT_FOUND also where the scheme has no quotas. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_earned_grade(const struct zeren_scored *scored,
                                  int64_t *out,
                                  size_t rows,
                                  struct zeren_error **error);

// Writes the ranks within the cohorts into `out`, the best 1. The rest as for `zeren_scored_points`.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme does not rank), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_rank(const struct zeren_scored *scored,
                          int64_t *out,
                          size_t rows,
                          struct zeren_error **error);

// Tells the rows that were left to the exact run: 1 in `out` where there is a sheet, else 0.
//
// Returns ZEREN_OK, ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_by_sheet(const struct zeren_scored *scored,
                              uint8_t *out,
                              size_t rows,
                              struct zeren_error **error);

// The sheet of a row that was left to the exact run, as `zeren_scheme_score` gives it; its subject is the number of the row.
//
// Returns ZEREN_OK, ZEREN_NOT_FOUND (the row was computed in columns, or there is no such row), ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_scored_sheet(const struct zeren_scored *scored,
                           size_t row,
                           struct zeren_text *out,
                           struct zeren_error **error);

// Frees results. Their memory serves the next ones, and goes with the last handle of the compiled scheme, its tables and
// results. `scored` may be NULL.
//
// Since 0.1.0.
ZEREN_API
void zeren_scored_free(struct zeren_scored *scored);

/* ---- THE YEAR: score rosters from the ledger, include results ---- */

// Makes a year in which nothing is scored yet.
//
// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
ZEREN_API ZEREN_CHECK int32_t zeren_year_new(struct zeren_year **out, struct zeren_error **error);

// Scores subjects under a scheme from the facts of the ledger, and keeps the results. A scheme that another includes
// must be assessed before it, or its results be approved in the ledger. A scheme that compares subjects scores its whole
// roster together. `query` is a JSON object: `day` ("2024-01-31"), and where wanted `known` (acts up to this position),
// `subjects` (an array of ids; when missing, the roster that the ledger holds on that day), `view` (what is asked) and
// `audience` (an object that says for whom the answer is: `who` is "subject" with `subject`, "scorer" with `unit`,
// "office", "leaders" or "public"; when missing, the office). `out` receives JSON, by `view`:
//
// - "sheets", or no `view`: an object with `scheme` (its id), `sheets` (one a subject, in the order of the roster),
//   `findings` (facts that may count the same things twice), and where there are any `prorated` and `left_out` (entries of
//   the roster that count by a share, or have no sheet). With an `audience` an object with `scheme`, `audience`, `sheets`
//   (as much of each as it may see), `others` (of how many more there are sheets), `findings`.
// - "compare": an array, what subjects claim of themselves beside what was verified, item by item.
// - "missing": an object with `items` and `facts`, what is missing, from whom, by when.
// - "draft": what changed facts would move; `draft` in the query has `subject` and `facts`. For the office.
// - "versions": an array, the sheets that were issued to each subject and what led from one to the next.
// - "findings": an array, results that are no longer what the ledger's facts give. For the office.
//
// Only "sheets" keeps results. After a failure the year is as it was.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no subjects are given, and no roster was adopted by that day),
// ZEREN_REFUSED (the facts of a subject cannot be scored, a calendar lacks a year, or the audience may not ask this),
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_year_assess(const struct zeren_year *year,
                          const struct zeren_system *system,
                          const struct zeren_scheme *scheme,
                          const char *query,
                          size_t query_len,
                          struct zeren_text *out,
                          struct zeren_error **error);

// As `zeren_year_assess`, moving a counter while sheets are scored; other views are not counted.
//
// Returns as `zeren_year_assess`; ZEREN_CANCELLED (the year is as it was). Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_year_assess_watched(const struct zeren_year *year,
                                  const struct zeren_system *system,
                                  const struct zeren_scheme *scheme,
                                  const char *query,
                                  size_t query_len,
                                  const struct zeren_progress *progress,
                                  struct zeren_text *out,
                                  struct zeren_error **error);

// Frees a year. `year` may be NULL.
//
// Since 0.1.0.
ZEREN_API void zeren_year_free(struct zeren_year *year);

/* ---- ARCHIVES: a subject and year in one file that proves itself ---- */

// Writes the archive of a subject under a scheme: acts with their proofs, letters, the scheme, sheets, references to
// evidence, continuously numbered; one JSON object a line (docs/archive.md). `query` is a JSON object: `subject`, `day`.
// `lines` are all lines that the system stands at, as for `zeren_system_open`. The same state and question give the same
// bytes.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such subject), ZEREN_REFUSED (the ledger adopted another text of
// the scheme), ZEREN_INTEGRITY (the error names the first line that does not hold, or the lines lead elsewhere),
// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_archive_write(const struct zeren_system *system,
                            const struct zeren_scheme *scheme,
                            const char *query,
                            size_t query_len,
                            const char *lines,
                            size_t lines_len,
                            struct zeren_text *out,
                            struct zeren_error **error);

// Checks an archive by itself and, with `checkpoint` (what `zeren_ledger_checkpoint` gave when the archive was made, kept
// elsewhere; or the empty text), that its acts stand in that ledger. `out` receives a JSON object that says how far the
// proof reaches: `entries`, `acts`, `proven`, `checkpoint`, `zh`, `en`.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a checkpoint of another kind or format), ZEREN_INTEGRITY (the error
// names the first entry that does not hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_archive_verify(const char *archive,
                             size_t archive_len,
                             const char *checkpoint,
                             size_t checkpoint_len,
                             struct zeren_text *out,
                             struct zeren_error **error);

/* ---- PAPERS: letters, notices and results, for an audience ---- */

// Makes a paper (文书) from the ledger, for an audience; nothing is written. `scheme` is that of the papers about results
// and missing data, and may be NULL for the others. `request` is a JSON object: `kind`, `day` ("2024-02-21"), `format`, and
// where wanted `audience` (as for `zeren_year_assess`; when missing, the office), `known` (acts up to this position),
// `number` (发文字号), `issuer`, `date`, and what the paper is about:
//
// - "letter": `letter`; `text` (printed when its digest is the one that the letter binds), `names` of persons.
// - "score_feedback": `subject`. "ranking", "publicity": `subjects`, or the roster. "approval": `subject`, or the roster.
// - "appeal_receipt", "appeal_answer": `appeal`.
// - "rectification_notice": `finding`, or `unit` for all that are open.
// - "missing_data": `unit`, or every supplier. "duty_report": `unit`.
// - "cascade_map". "leaders_page": `since` (an earlier look: `known`, and `day` where it was another).
//
// `out` receives text by `format`: "data", or none, JSON with the parts of the paper for a template of your own;
// "markdown"; "html", one page that holds all it needs, runs no script and prints on A4. Results are told from the sheets
// that the ledger holds; nothing is scored anew unless `trial` is true. The whole form: zeren_schema "paper_request", and
// docs/papers.md.
//
// Returns ZEREN_OK, ZEREN_DOCUMENT (a field or the scheme is missing), ZEREN_NOT_FOUND, ZEREN_REFUSED (not for this
// audience, an open result was to be published or approved, a text that is not the bound one), ZEREN_NULL_ARGUMENT,
// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
ZEREN_API
ZEREN_CHECK
int32_t zeren_system_paper(const struct zeren_system *system,
                           const struct zeren_scheme *scheme,
                           const char *request,
                           size_t request_len,
                           struct zeren_text *out,
                           struct zeren_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* ZEREN_H */
