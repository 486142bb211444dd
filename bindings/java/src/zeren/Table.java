package zeren;

import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Facts of many subjects, column by column. Every array has a value a row; {@code states} has {@link #KNOWN}, {@link #UNKNOWN}
 * or {@link #NOT_APPLICABLE} a row, and null says that all are known. Columns may be set again and the table scored again.
 */
public final class Table implements AutoCloseable {
    /** The value is there, and exact. */
    public static final byte KNOWN = 0;
    /** Nobody knows the value. */
    public static final byte UNKNOWN = 1;
    /** The value does not apply to the subject. */
    public static final byte NOT_APPLICABLE = 2;

    private final Handle handle;
    private final int rows;
    private final List<?> results;

    Table(Pointer columns, int rows, List<?> results) {
        long[] table = new long[1];
        Outcome.done(error -> Native.zeren_table_new(columns, rows, table, error));
        this.handle = new Handle(table, Native::zeren_table_free);
        this.rows = rows;
        this.results = results;
    }

    /** A column that is set by one call. */
    private interface Setting {
        int call(Pointer table, byte[] name, long length, long[] error);
    }

    private Table set(String name, Setting setting) {
        byte[] bytes = Text.bytes(name);
        handle.use(table -> {
            Outcome.done(error -> setting.call(table, bytes, bytes.length, error));
            return null;
        });
        return this;
    }

    /** The length of an array, after a look at the one beside it: the library takes one length for both. */
    private static int length(int values, byte[] states) {
        if (states != null && states.length != values) {
            throw new IllegalArgumentException(values + " values and " + states.length + " states");
        }
        return values;
    }

    /** Counts, numbers, money: whole numbers of so many decimal places; at 2, 1250 is 12.50. */
    public Table numbers(String name, long[] values, int places, byte[] states) {
        int length = length(values.length, states);
        return set(name, (table, bytes, size, error) ->
                Native.zeren_table_set_numbers(table, bytes, size, values, places, states, length, error));
    }

    /** Days, each yyyymmdd: 20230331. */
    public Table days(String name, int[] values, byte[] states) {
        int length = length(values.length, states);
        return set(name, (table, bytes, size, error) ->
                Native.zeren_table_set_days(table, bytes, size, values, states, length, error));
    }

    /** Yes and no. */
    public Table truths(String name, boolean[] values, byte[] states) {
        int length = length(values.length, states);
        byte[] numbers = new byte[length];
        for (int row = 0; row < length; row++) {
            numbers[row] = (byte) (values[row] ? 1 : 0);
        }
        return set(name, (table, bytes, size, error) ->
                Native.zeren_table_set_truths(table, bytes, size, numbers, states, length, error));
    }

    /** A choice: each the place of its word in {@link Columns#about}, from 0. */
    public Table words(String name, int[] values, byte[] states) {
        int length = length(values.length, states);
        return set(name, (table, bytes, size, error) ->
                Native.zeren_table_set_words(table, bytes, size, values, states, length, error));
    }

    /**
     * Events: those of a row go from the end of the row before to its own end. Then every field is a column of its own with one
     * value an event, named 事件/级别.
     */
    public Table events(String name, long[] ends, byte[] states) {
        int length = length(ends.length, states);
        return set(name, (table, bytes, size, error) ->
                Native.zeren_table_set_events(table, bytes, size, ends, states, length, error));
    }

    /** Texts: matters of events, grades of another scheme. Where a state is not known the text does not matter, and may be null. */
    public Table texts(String name, String[] values, byte[] states) {
        int length = length(values.length, states);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long[] ends = new long[length];
        for (int row = 0; row < length; row++) {
            byte[] bytes = Text.bytes(values[row] == null ? "" : values[row]);
            all.write(bytes, 0, bytes.length);
            ends[row] = all.size();
        }
        byte[] texts = all.toByteArray();
        return set(name, (table, bytes, size, error) -> Native.zeren_table_set_texts(
                table, bytes, size, texts, texts.length, ends, states, length, error));
    }

    /** Who is compared with whom: rows with the same number, 0 or above. Null: all rows are one cohort. */
    public Table cohorts(int[] cohorts) {
        return set("", (table, bytes, size, error) ->
                Native.zeren_table_set_cohorts(table, cohorts, cohorts == null ? 0 : cohorts.length, error));
    }

    /** Who stands below whom: the row above each row, -1 where there is none. Null: nobody told. */
    public Table parents(long[] parents) {
        return set("", (table, bytes, size, error) ->
                Native.zeren_table_set_parents(table, parents, parents == null ? 0 : parents.length, error));
    }

    /** Scores the table as it is now. */
    public Scored score() {
        return handle.use(table -> {
            long[] scored = new long[1];
            Outcome.done(error -> Native.zeren_table_score(table, scored, error));
            return new Scored(scored, rows, results);
        });
    }

    /** The same, moving a counter. */
    public Scored score(Progress progress) {
        return handle.use(table -> progress.handle.use(counter -> {
            long[] scored = new long[1];
            Outcome.done(error -> Native.zeren_table_score_watched(table, counter, scored, error));
            return new Scored(scored, rows, results);
        }));
    }

    /** The sheet of any row, with the reason of every point; its subject is the number of the row. */
    public String sheet(long row) {
        return handle.use(
                table -> Outcome.text((text, error) -> Native.zeren_table_sheet(table, row, text, error)));
    }

    /** Frees the table. Its results stay good. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
