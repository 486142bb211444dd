package zeren;

import com.sun.jna.Pointer;

/**
 * The functions of {@code include/zeren.h}, all of them and in its order: text in is bytes and their number, outputs are arrays of
 * words. {@code tests/zeren/Header.java} compares them with the header, number and kinds of arguments.
 */
final class Native {
    private Native() {}

    static native int zeren_abi_version();

    static native int zeren_version(long[] text);

    static native int zeren_build_info(long[] text);

    static native int zeren_self_test(long[] error);

    static native int zeren_schema(byte[] kind, long length, long[] text, long[] error);

    static native void zeren_text_free(long[] text);

    static native int zeren_text_check(byte[] data, long length, long[] text, long[] error);

    static native int zeren_error_json(Pointer error, long[] text);

    static native int zeren_error_message(Pointer error, long[] text);

    static native void zeren_error_free(Pointer error);

    static native int zeren_progress_new(long[] progress, long[] error);

    static native int zeren_progress_read(Pointer progress, long[] done, long[] total, long[] error);

    static native int zeren_progress_cancel(Pointer progress, long[] error);

    static native void zeren_progress_free(Pointer progress);

    static native int zeren_system_new(byte[] ledger, long length, long[] system, long[] error);

    static native int zeren_system_open(
            byte[] ledger, long ledgerLength, byte[] lines, long linesLength, long[] system, long[] error);

    static native int zeren_system_snapshot(Pointer system, long[] snapshot, long[] error);

    static native int zeren_system_open_snapshot(
            byte[] ledger, long ledgerLength, byte[] snapshot, long snapshotLength, long[] system, long[] error);

    static native int zeren_system_prepare(
            Pointer system, byte[] request, long length, long[] prepared, long[] lines, long[] error);

    static native int zeren_prepared_receipts(Pointer prepared, long[] text, long[] error);

    static native void zeren_prepared_free(Pointer prepared);

    static native int zeren_system_commit(Pointer system, Pointer prepared, long[] error);

    static native int zeren_system_follow(Pointer system, byte[] lines, long length, long[] error);

    static native int zeren_system_follow_watched(
            Pointer system, byte[] lines, long length, Pointer progress, long[] error);

    static native int zeren_system_view(Pointer system, byte[] query, long length, long[] text, long[] error);

    static native void zeren_system_free(Pointer system);

    static native int zeren_ledger_verify(
            byte[] ledger, long ledgerLength, byte[] lines, long linesLength, long[] head, long[] error);

    static native int zeren_ledger_verify_watched(
            byte[] ledger,
            long ledgerLength,
            byte[] lines,
            long linesLength,
            Pointer progress,
            long[] head,
            long[] error);

    static native int zeren_ledger_checkpoint(
            byte[] ledger, long ledgerLength, byte[] lines, long linesLength, long[] text, long[] error);

    static native int zeren_ledger_verify_against(
            byte[] ledger,
            long ledgerLength,
            byte[] lines,
            long linesLength,
            byte[] kept,
            long keptLength,
            long[] text,
            long[] error);

    static native int zeren_ledger_inclusion(
            byte[] ledger,
            long ledgerLength,
            byte[] lines,
            long linesLength,
            long position,
            long[] text,
            long[] error);

    static native int zeren_inclusion_verify(
            byte[] inclusion, long inclusionLength, byte[] checkpoint, long checkpointLength, long[] text, long[] error);

    static native int zeren_signature_digest(byte[] query, long length, long[] text, long[] error);

    static native int zeren_signature_verify(byte[] query, long length, long[] text, long[] error);

    static native int zeren_letter_certificate(Pointer system, byte[] query, long length, long[] text, long[] error);

    static native int zeren_store_create(
            byte[] path, long pathLength, byte[] ledger, long ledgerLength, long[] store, long[] system, long[] error);

    static native int zeren_store_open(
            byte[] path,
            long pathLength,
            byte[] ledger,
            long ledgerLength,
            long[] store,
            long[] system,
            long[] findings,
            long[] error);

    static native int zeren_store_read(
            byte[] path,
            long pathLength,
            byte[] ledger,
            long ledgerLength,
            long[] system,
            long[] findings,
            long[] error);

    static native int zeren_store_append(Pointer store, Pointer prepared, long[] error);

    static native int zeren_store_save_snapshot(Pointer store, Pointer system, long[] error);

    static native void zeren_store_free(Pointer store);

    static native int zeren_scheme_parse(byte[] scheme, long length, long[] out, long[] error);

    static native int zeren_scheme_about(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_read_back(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_score(Pointer scheme, byte[] facts, long length, long[] sheet, long[] error);

    static native int zeren_scheme_score_cohort(Pointer scheme, byte[] facts, long length, long[] sheets, long[] error);

    static native int zeren_scheme_score_cohort_watched(
            Pointer scheme, byte[] facts, long length, Pointer progress, long[] sheets, long[] error);

    static native int zeren_scheme_check(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_would_take(Pointer scheme, byte[] query, long length, long[] text, long[] error);

    static native int zeren_scheme_difference(
            Pointer scheme, Pointer after, byte[] query, long length, long[] text, long[] error);

    static native int zeren_scheme_template(Pointer scheme, byte[] query, long length, long[] table, long[] error);

    static native int zeren_scheme_read_template(Pointer scheme, byte[] table, long length, long[] text, long[] error);

    static native void zeren_scheme_free(Pointer scheme);

    static native int zeren_columns_new(Pointer scheme, long[] columns, long[] error);

    static native int zeren_columns_about(Pointer columns, long[] text, long[] error);

    static native void zeren_columns_free(Pointer columns);

    static native int zeren_table_new(Pointer columns, long rows, long[] table, long[] error);

    static native int zeren_table_set_numbers(
            Pointer table, byte[] name, long length, long[] values, int places, byte[] states, long rows, long[] error);

    static native int zeren_table_set_days(
            Pointer table, byte[] name, long length, int[] values, byte[] states, long rows, long[] error);

    static native int zeren_table_set_truths(
            Pointer table, byte[] name, long length, byte[] values, byte[] states, long rows, long[] error);

    static native int zeren_table_set_words(
            Pointer table, byte[] name, long length, int[] values, byte[] states, long rows, long[] error);

    static native int zeren_table_set_events(
            Pointer table, byte[] name, long length, long[] ends, byte[] states, long rows, long[] error);

    static native int zeren_table_set_texts(
            Pointer table,
            byte[] name,
            long length,
            byte[] texts,
            long textsLength,
            long[] ends,
            byte[] states,
            long rows,
            long[] error);

    static native int zeren_table_set_cohorts(Pointer table, int[] cohorts, long rows, long[] error);

    static native int zeren_table_set_parents(Pointer table, long[] parents, long rows, long[] error);

    static native int zeren_table_score(Pointer table, long[] scored, long[] error);

    static native int zeren_table_score_watched(Pointer table, Pointer progress, long[] scored, long[] error);

    static native int zeren_table_sheet(Pointer table, long row, long[] text, long[] error);

    static native void zeren_table_free(Pointer table);

    static native int zeren_scored_points(
            Pointer scored, byte[] item, long length, long[] out, long[] denominators, long rows, long[] error);

    static native int zeren_scored_total(Pointer scored, long[] out, long[] denominators, long rows, long[] error);

    static native int zeren_scored_grade(Pointer scored, long[] out, long rows, long[] error);

    static native int zeren_scored_earned_grade(Pointer scored, long[] out, long rows, long[] error);

    static native int zeren_scored_rank(Pointer scored, long[] out, long rows, long[] error);

    static native int zeren_scored_by_sheet(Pointer scored, byte[] out, long rows, long[] error);

    static native int zeren_scored_sheet(Pointer scored, long row, long[] text, long[] error);

    static native void zeren_scored_free(Pointer scored);

    static native int zeren_year_new(long[] year, long[] error);

    static native int zeren_year_assess(
            Pointer year, Pointer system, Pointer scheme, byte[] query, long length, long[] text, long[] error);

    static native int zeren_year_assess_watched(
            Pointer year,
            Pointer system,
            Pointer scheme,
            byte[] query,
            long length,
            Pointer progress,
            long[] text,
            long[] error);

    static native void zeren_year_free(Pointer year);

    static native int zeren_archive_write(
            Pointer system,
            Pointer scheme,
            byte[] query,
            long queryLength,
            byte[] lines,
            long linesLength,
            long[] text,
            long[] error);

    static native int zeren_archive_verify(
            byte[] archive, long archiveLength, byte[] checkpoint, long checkpointLength, long[] text, long[] error);

    static native int zeren_system_paper(
            Pointer system, Pointer scheme, byte[] request, long length, long[] text, long[] error);

    static {
        Loader.load(Native.class);
    }
}
