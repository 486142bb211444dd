package zeren;

/** A scheme (考核办法): what is declared, what is scored and how. It never changes. Answers are JSON text, else it is said. */
public final class Scheme implements AutoCloseable {
    final Handle handle;

    private Scheme(Handle handle) {
        this.handle = handle;
    }

    /**
     * Reads and checks a scheme document.
     *
     * @throws ZerenException with every problem at once; for an adopted scheme also with every question that it leaves open
     */
    public static Scheme parse(String document) {
        byte[] bytes = Text.bytes(document);
        long[] scheme = new long[1];
        long[] error = new long[1];
        Outcome.check(Native.zeren_scheme_parse(bytes, bytes.length, scheme, error), error);
        return new Scheme(new Handle(scheme, Native::zeren_scheme_free));
    }

    /**
     * {@code id}, {@code version}, {@code title}, {@code year}, {@code status}, digests, {@code questions} of a draft, and {@code
     * templates}, the tables for data entry.
     */
    public String about() {
        return handle.use(scheme -> Outcome.text((text, error) -> Native.zeren_scheme_about(scheme, text, error)));
    }

    /** The table that its adopters approve, Chinese, in Markdown. */
    public String readBack() {
        return handle.use(scheme -> Outcome.text((text, error) -> Native.zeren_scheme_read_back(scheme, text, error)));
    }

    /** Findings: worked examples that come out otherwise, and what is most likely a slip. An empty array when all is well. */
    public String check() {
        return handle.use(scheme -> Outcome.text((text, error) -> Native.zeren_scheme_check(scheme, text, error)));
    }

    /** Scores one facts document, apart from any ledger, and gives the sheet. */
    public String score(String facts) {
        byte[] bytes = Text.bytes(facts);
        return handle.use(scheme -> Outcome.text(
                (text, error) -> Native.zeren_scheme_score(scheme, bytes, bytes.length, text, error)));
    }

    /** Scores an array of facts documents that are compared with each other, and gives an array of sheets in the same order. */
    public String scoreCohort(String facts) {
        byte[] bytes = Text.bytes(facts);
        return handle.use(scheme -> Outcome.text(
                (text, error) -> Native.zeren_scheme_score_cohort(scheme, bytes, bytes.length, text, error)));
    }

    /** The same, moving a counter. */
    public String scoreCohort(String facts, Progress progress) {
        byte[] bytes = Text.bytes(facts);
        return handle.use(scheme -> progress.handle.use(counter -> Outcome.text((text, error) ->
                Native.zeren_scheme_score_cohort_watched(scheme, bytes, bytes.length, counter, text, error))));
    }

    /**
     * For each improvable fact, everything else fixed: the nearest value that reaches a goal. {@code query} has {@code facts}
     * (an array), {@code subject}, and {@code total} or {@code grade}.
     */
    public String wouldTake(String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(scheme -> Outcome.text(
                (text, error) -> Native.zeren_scheme_would_take(scheme, bytes, bytes.length, text, error)));
    }

    /**
     * What leads from one run to another, in steps that sum exactly. {@code query} has {@code before} and {@code after}
     * (arrays of facts documents) and {@code subject}; {@code after} is the scheme of the second run, and may be this one.
     */
    public String difference(Scheme after, String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(first -> after.handle.use(second -> Outcome.text(
                (text, error) -> Native.zeren_scheme_difference(first, second, bytes, bytes.length, text, error))));
    }

    /**
     * A table for data entry, to be filled in with WPS or Excel: the bytes of a file. {@link #about} tells the tables that there
     * are.
     *
     * @param query {@code subjects} (an array of objects of an {@code id} and where wanted {@code name}, {@code facts}), and where
     *     wanted {@code supplier}, {@code events}, {@code opening}, and {@code format}: {@code csv}, or {@code xlsx} where the
     *     library was built with it; {@code Zeren.schema("template_query")} describes it
     */
    public byte[] template(String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(scheme -> Outcome.bytes(
                (table, error) -> Native.zeren_scheme_template(scheme, bytes, bytes.length, table, error)));
    }

    /**
     * Reads a filled table, CSV or workbook: {@code scheme}, {@code version}, {@code content}, {@code supplier}, {@code subjects}
     * (a {@code subject} and its {@code facts}, which the act {@code facts.recorded} takes as they are) and {@code findings}.
     *
     * @throws ZerenException with every cell that cannot be read; {@link Finding#pointer} is its address, such as {@code C4}
     */
    public String readTemplate(byte[] table) {
        return handle.use(scheme -> Outcome.text(
                (text, error) -> Native.zeren_scheme_read_template(scheme, table, table.length, text, error)));
    }

    /** The scheme compiled for columns: many subjects at once, as exact as one by one. */
    public Columns columns() {
        return handle.use(Columns::new);
    }

    /** Frees the scheme, once the calls that are under way return. What it scored stays good. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
