package zeren;

/** The library itself. */
public final class Zeren {
    private Zeren() {}

    /** The version of the library that was loaded, such as {@code 0.1.0}. */
    public static String version() {
        return Outcome.text((text, error) -> Native.zeren_version(text));
    }

    /**
     * How the library that was loaded was built, as JSON: {@code version}, {@code abi}, {@code editions}, {@code features}, {@code
     * arch}, {@code os}, {@code debug}. For the first line of a log.
     */
    public static String buildInfo() {
        return Outcome.text((text, error) -> Native.zeren_build_info(text));
    }

    /** Computes what is known, about a millisecond long; throws when the library was spoilt on its way. Call it at the start. */
    public static void selfTest() {
        Outcome.done(Native::zeren_self_test);
    }

    /** The JSON Schema (draft 2020-12) of a kind of document: {@code act}, {@code request}, {@code scheme}, {@code query}, … */
    public static String schema(String kind) {
        byte[] bytes = Text.bytes(kind);
        return Outcome.text((text, error) -> Native.zeren_schema(bytes, bytes.length, text, error));
    }

    /**
     * Findings about a text that stays with you, such as the name of a person: private-use characters, which converters of
     * older encodings leave, each with the character that is meant. A JSON array, empty when there is nothing to say.
     */
    public static String checkText(String text) {
        byte[] bytes = Text.bytes(text);
        return Outcome.text((found, error) -> Native.zeren_text_check(bytes, bytes.length, found, error));
    }

    /**
     * Checks the chain of stored lines from the first, and gives their head. This finds accidents and partial edits, not an owner
     * who rewrites it all or cuts its tail: see {@link Evidence#verifyAgainst}.
     */
    public static Head verify(String ledger, Iterable<String> lines) {
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        return Head.parse(Outcome.text(
                (text, error) -> Native.zeren_ledger_verify(id, id.length, all, all.length, text, error)));
    }

    /** The same, moving a counter: a step a line. */
    public static Head verify(String ledger, Iterable<String> lines, Progress progress) {
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        return Head.parse(progress.handle.use(counter -> Outcome.text((text, error) ->
                Native.zeren_ledger_verify_watched(id, id.length, all, all.length, counter, text, error))));
    }
}
