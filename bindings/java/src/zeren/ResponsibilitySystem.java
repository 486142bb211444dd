package zeren;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The state that a ledger leads to. The ledger's lines are yours: store them in your own database.
 *
 * <p>Every call may come from any thread. Close it when nobody uses it any more; nothing else frees it.
 */
public final class ResponsibilitySystem implements AutoCloseable {
    final Handle handle;

    /** A system that a function of the library made. */
    ResponsibilitySystem(long[] system) {
        handle = new Handle(system, Native::zeren_system_free);
    }

    /** The system of an empty ledger. {@code ledger} is its id; one ledger a tenant. */
    public static ResponsibilitySystem empty(String ledger) {
        byte[] id = Text.bytes(ledger);
        long[] system = new long[1];
        Outcome.done(error -> Native.zeren_system_new(id, id.length, system, error));
        return new ResponsibilitySystem(system);
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
        Outcome.done(error -> Native.zeren_system_open(id, id.length, all, all.length, system, error));
        return new ResponsibilitySystem(system);
    }

    /** The same, moving a counter: a step a line. */
    public static ResponsibilitySystem open(String ledger, Iterable<String> lines, Progress progress) {
        ResponsibilitySystem system = empty(ledger);
        try {
            system.follow(lines, progress);
        } catch (RuntimeException refused) {
            system.close();
            throw refused;
        }
        return system;
    }

    /**
     * The state that a snapshot holds; follow the lines that came since.
     *
     * @throws ZerenException where another version of the library wrote it or where it was changed: open the system from its
     *     lines then
     */
    public static ResponsibilitySystem fromSnapshot(String ledger, byte[] snapshot) {
        byte[] id = Text.bytes(ledger);
        long[] system = new long[1];
        Outcome.done(error ->
                Native.zeren_system_open_snapshot(id, id.length, snapshot, snapshot.length, system, error));
        return new ResponsibilitySystem(system);
    }

    /** The state as bytes, for {@link #fromSnapshot}: it saves a replay, and proves nothing; keep the lines. */
    public byte[] snapshot() {
        return handle.use(
                system -> Outcome.bytes((bytes, error) -> Native.zeren_system_snapshot(system, bytes, error)));
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
        handle.use(system -> {
            Outcome.done(error -> Native.zeren_system_follow(system, all, all.length, error));
            return null;
        });
    }

    /** The same, moving a counter: a step a line. When it is cancelled, none is taken over. */
    public void follow(Iterable<String> lines, Progress progress) {
        byte[] all = Text.lines(lines);
        handle.use(system -> progress.handle.use(counter -> {
            Outcome.done(error -> Native.zeren_system_follow_watched(system, all, all.length, counter, error));
            return null;
        }));
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

    /**
     * The certificate page of a letter: who signed which manifestation when in which capacity, what was verified by whom,
     * amendments and successions in order.
     *
     * @param query a JSON object: {@code letter}, {@code day}, and where wanted {@code format} ({@code data}, {@code markdown} or
     *     {@code html}), {@code known}, {@code names}, {@code keys}; {@code Zeren.schema("certificate_request")} describes it
     */
    public String certificate(String query) {
        byte[] bytes = Text.bytes(query);
        return handle.use(system -> Outcome.text(
                (text, error) -> Native.zeren_letter_certificate(system, bytes, bytes.length, text, error)));
    }

    /** The certificate page of a letter in one form, {@code data}, {@code markdown} or {@code html}. */
    public String certificate(String letter, LocalDate day, String form) {
        return certificate("{\"letter\":" + Json.quote(letter) + ",\"day\":\"" + day + "\",\"format\":" + Json.quote(form) + "}");
    }

    /**
     * The archive package of a subject under a scheme: one JSON object a line ({@code docs/archive.md}). {@link
     * Evidence#verifyArchive} checks it, and so does a program that needs nothing but Python.
     *
     * @param lines all that is stored, since the package carries acts byte for byte
     */
    public String archive(Scheme scheme, String subject, LocalDate day, Iterable<String> lines) {
        byte[] query = Text.bytes("{\"subject\":" + Json.quote(subject) + ",\"day\":\"" + day + "\"}");
        byte[] all = Text.lines(lines);
        return handle.use(system -> scheme.handle.use(rules -> Outcome.text((text, error) -> Native.zeren_archive_write(
                system, rules, query, query.length, all, all.length, text, error))));
    }

    /**
     * Makes a paper (文书) in the form that the request names: data, Markdown or one HTML page.
     *
     * @param request a JSON object: {@code kind}, {@code day}, {@code format}, and what the paper is about; {@code
     *     Zeren.schema("paper_request")} lists all of it
     * @param scheme for the papers about results and missing data; null for the others
     * @throws ZerenException for what is not for the audience, or not yet settled
     */
    public String paper(String request, Scheme scheme) {
        byte[] bytes = Text.bytes(request);
        Handle.Call<String> asking = rules -> handle.use(system -> Outcome.text(
                (text, error) -> Native.zeren_system_paper(system, rules, bytes, bytes.length, text, error)));
        return scheme == null ? asking.on(null) : scheme.handle.use(asking);
    }

    /**
     * Makes a paper (文书) in its three forms, from acts up to a position of the ledger.
     *
     * @param kind such as {@code letter}, {@code score_feedback} or {@code cascade_map}
     * @param scheme for the papers about results and missing data; null for the others
     * @param more a JSON object of what else the request bears, such as {@code {"letter": "l-1"}}, {@code audience}, {@code
     *     number}; {@code {}} when nothing
     */
    public Paper paper(String kind, LocalDate day, long known, Scheme scheme, String more) {
        String asked = "\"kind\":" + Json.quote(kind) + ",\"day\":\"" + day + "\",\"known\":" + known;
        return new Paper(
                paper(form("data", asked, more), scheme),
                paper(form("markdown", asked, more), scheme),
                paper(form("html", asked, more), scheme));
    }

    /** The same from all acts that there are now: of one state, whatever follows meanwhile. */
    public Paper paper(String kind, LocalDate day, Scheme scheme, String more) {
        return paper(kind, day, head().position(), scheme, more);
    }

    /** What is asked, within the object that the caller gave: one that is none stays so, and the library says where. */
    private static String form(String form, String asked, String more) {
        int inside = more.indexOf('{') + 1;
        String rest = more.substring(inside);
        String comma = rest.trim().startsWith("}") ? "" : ",";
        return more.substring(0, inside) + "\"format\":\"" + form + "\"," + asked + comma + rest;
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
