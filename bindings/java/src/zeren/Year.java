package zeren;

import java.time.LocalDate;

/** An assessment year: it keeps what each scheme gave each subject, for the schemes that include it. */
public final class Year implements AutoCloseable {
    final Handle handle;

    /** A year in which nothing is scored yet. */
    public Year() {
        long[] year = new long[1];
        long[] error = new long[1];
        Outcome.check(Native.zeren_year_new(year, error), error);
        handle = new Handle(year, Native::zeren_year_free);
    }

    /**
     * Scores subjects under a scheme from the facts of the ledger, keeps the results, and gives JSON text. A scheme that
     * another includes must be assessed before it. After an exception the year is as it was.
     *
     * @param query a JSON object: {@code day}, and where wanted {@code known}, {@code subjects}, {@code view},
     *     {@code audience}; {@code Zeren.schema("assess_query")} describes it
     */
    public String assess(ResponsibilitySystem system, Scheme scheme, String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(year -> system.handle.use(state -> scheme.handle.use(rules -> Outcome.text((text, error) ->
                Native.zeren_year_assess(year, state, rules, bytes, bytes.length, text, error)))));
    }

    /** The same, moving a counter while sheets are scored. When it is cancelled, the year is as it was. */
    public String assess(ResponsibilitySystem system, Scheme scheme, String query, Progress progress) {
        byte[] bytes = Text.bytes(query);
        return handle.use(year -> system.handle.use(state -> scheme.handle.use(rules -> progress.handle.use(counter ->
                Outcome.text((text, error) -> Native.zeren_year_assess_watched(
                        year, state, rules, bytes, bytes.length, counter, text, error))))));
    }

    /** The sheets of the roster that the ledger holds on that day. */
    public String assess(ResponsibilitySystem system, Scheme scheme, LocalDate day) {
        return assess(system, scheme, "{\"day\":\"" + day + "\"}");
    }

    /** Frees the year, once the calls that are under way return. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
