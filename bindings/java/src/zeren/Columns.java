package zeren;

import com.sun.jna.Pointer;
import java.util.List;
import java.util.Map;

/**
 * A scheme compiled for columns: many subjects at once, from arrays into arrays. {@code scheme.columns()} makes it; it outlives
 * the scheme, and serves any number of tables.
 */
public final class Columns implements AutoCloseable {
    private final Handle handle;
    private final List<?> results;

    Columns(Pointer scheme) {
        long[] columns = new long[1];
        Outcome.done(error -> Native.zeren_columns_new(scheme, columns, error));
        handle = new Handle(columns, Native::zeren_columns_free);
        results = (List<?>) ((Map<?, ?>) Json.parse(about())).get("results");
    }

    /**
     * What goes in and what comes out, as JSON: {@code columns} with name, kind, places, words; {@code results} with what their
     * numbers are over ({@code per}) and whether each row has a denominator besides ({@code fractions}); words of grades.
     */
    public String about() {
        return handle.use(columns -> Outcome.text((text, error) -> Native.zeren_columns_about(columns, text, error)));
    }

    /** A table without columns of so many rows, one a subject. */
    public Table table(int rows) {
        return handle.use(columns -> new Table(columns, rows, results));
    }

    /** Frees the compiled scheme. Its tables stay good. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
