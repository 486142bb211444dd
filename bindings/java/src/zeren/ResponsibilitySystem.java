package zeren;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;

/**
 * The state that a ledger leads to. The ledger's lines are yours: store them in your own database.
 *
 * <p>Every call may come from any thread. Close it when nobody uses it any more; nothing else frees it.
 */
public final class ResponsibilitySystem implements AutoCloseable {
    final Handle handle;

    private ResponsibilitySystem(Handle handle) {
        this.handle = handle;
    }

    /** The system of an empty ledger. {@code ledger} is its id; one ledger a tenant. */
    public static ResponsibilitySystem empty(String ledger) {
        return open(ledger, Collections.<String>emptyList());
    }

    /**
     * The system that stored lines lead to: all of them, in order, as {@link Prepared#lines} gave them.
     *
     * @throws ZerenException kind {@code integrity} when the lines do not hold together; it names the first that does not
     */
    public static ResponsibilitySystem open(String ledger, Iterable<String> lines) {
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        long[] system = new long[1];
        long[] error = new long[1];
        Outcome.check(Native.zeren_system_open(id, id.length, all, all.length, system, error), error);
        return new ResponsibilitySystem(new Handle(system, Native::zeren_system_free));
    }

    /**
     * Checks a batch of acts against the state, and changes nothing.
     *
     * @param head the head that your database shows
     * @param time the moment of the ledger, to the second
     * @param operator an opaque id of who enters the acts
     * @param acts a JSON array of acts
     * @throws ConflictException when the head has moved
     * @throws ZerenException with every problem of every act
     */
    public Prepared prepare(Head head, OffsetDateTime time, String operator, String acts) {
        String moment = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
        return prepare("{\"head\":" + head.toJson() + ",\"time\":" + Json.quote(moment) + ",\"operator\":"
                + Json.quote(operator) + ",\"acts\":" + acts + "}");
    }

    /** The same for a whole request document: {@code head}, {@code time}, {@code operator}, {@code acts}. */
    public Prepared prepare(String request) {
        byte[] bytes = Text.bytes(request);
        long[] prepared = new long[1];
        long[] lines = new long[2];
        long[] error = new long[1];
        handle.use(system -> {
            Outcome.check(
                    Native.zeren_system_prepare(system, bytes, bytes.length, prepared, lines, error), error);
            return null;
        });
        return new Prepared(new Handle(prepared, Native::zeren_prepared_free), Text.split(Text.take(lines)));
    }

    /**
     * Takes a prepared batch over, once your transaction has stored its lines.
     *
     * @throws ConflictException when other lines came first, or another thread has followed these very lines
     */
    public void commit(Prepared prepared) {
        long[] error = new long[1];
        handle.use(system -> prepared.handle.use(batch -> {
            Outcome.check(Native.zeren_system_commit(system, batch, error), error);
            return null;
        }));
    }

    /** Takes over lines that others have stored since {@link #head}: all of them or none. */
    public void follow(Iterable<String> lines) {
        byte[] all = Text.lines(lines);
        long[] error = new long[1];
        handle.use(system -> {
            Outcome.check(Native.zeren_system_follow(system, all, all.length, error), error);
            return null;
        });
    }

    /**
     * Answers a question about a day, as JSON text; the same state and question give the same bytes.
     *
     * @param query a JSON object: {@code view}, {@code day} and what narrows the question; {@code Zeren.schema("query")} lists
     *     all of them
     */
    public String view(String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(system -> Outcome.text(
                (text, error) -> Native.zeren_system_view(system, bytes, bytes.length, text, error)));
    }

    /** A question that needs no more than its name and a day, such as {@code findings} or {@code cascade}. */
    public String view(String view, LocalDate day) {
        return view("{\"view\":" + Json.quote(view) + ",\"day\":\"" + day + "\"}");
    }

    /** Where this system stands. */
    public Head head() {
        return Head.parse(view("head", LocalDate.of(2000, 1, 1)));
    }

    /** Frees the state, once the calls that are under way return. Batches that it prepared stay good. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
