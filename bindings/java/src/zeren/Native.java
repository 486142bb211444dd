package zeren;

import com.sun.jna.Pointer;

/** The functions of {@code include/zeren.h} that this package calls: text in is bytes and their number, outputs are arrays of words. */
final class Native {
    private Native() {}

    static native int zeren_version(long[] text);

    static native int zeren_schema(byte[] kind, long length, long[] text, long[] error);

    static native int zeren_text_check(byte[] data, long length, long[] text, long[] error);

    static native void zeren_text_free(long[] text);

    static native int zeren_error_json(Pointer error, long[] text);

    static native void zeren_error_free(Pointer error);

    static native int zeren_system_open(
            byte[] ledger, long ledgerLength, byte[] lines, long linesLength, long[] system, long[] error);

    static native int zeren_system_prepare(
            Pointer system, byte[] request, long length, long[] prepared, long[] lines, long[] error);

    static native int zeren_prepared_receipts(Pointer prepared, long[] text, long[] error);

    static native void zeren_prepared_free(Pointer prepared);

    static native int zeren_system_commit(Pointer system, Pointer prepared, long[] error);

    static native int zeren_system_follow(Pointer system, byte[] lines, long length, long[] error);

    static native int zeren_system_view(Pointer system, byte[] query, long length, long[] text, long[] error);

    static native void zeren_system_free(Pointer system);

    static native int zeren_ledger_verify(
            byte[] ledger, long ledgerLength, byte[] lines, long linesLength, long[] head, long[] error);

    static native int zeren_scheme_parse(byte[] scheme, long length, long[] out, long[] error);

    static native int zeren_scheme_about(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_read_back(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_score(Pointer scheme, byte[] facts, long length, long[] sheet, long[] error);

    static native int zeren_scheme_score_cohort(Pointer scheme, byte[] facts, long length, long[] sheets, long[] error);

    static native int zeren_scheme_check(Pointer scheme, long[] text, long[] error);

    static native int zeren_scheme_would_take(Pointer scheme, byte[] query, long length, long[] text, long[] error);

    static native int zeren_scheme_difference(
            Pointer scheme, Pointer after, byte[] query, long length, long[] text, long[] error);

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

    static native void zeren_year_free(Pointer year);

    static {
        Loader.load(Native.class);
    }
}
