package zeren;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;

/**
 * A ledger's file, open for writing, for programs without a database. It holds the lines of the ledger, one a line of text, and
 * nothing else; one program writes to it at a time. What {@link #append} or {@link #enter} returned from was synced to the disk.
 *
 * <p>A path is a String and goes to the library as UTF-8: a {@code java.nio.file.Path} cannot even hold 账本.jsonl where the JVM
 * was started under the locale C.
 */
public final class Store implements AutoCloseable {
    private final Handle handle;
    private final ResponsibilitySystem system;
    private final List<Finding> findings;

    private Store(long[] store, long[] system, List<Finding> findings) {
        this.handle = new Handle(store, Native::zeren_store_free);
        this.system = new ResponsibilitySystem(system);
        this.findings = findings;
    }

    /** Makes a new file for an empty ledger; a file that is there is never overwritten. */
    public static Store create(String path, String ledger) {
        byte[] file = Text.bytes(path);
        byte[] id = Text.bytes(ledger);
        long[] store = new long[1];
        long[] system = new long[1];
        Outcome.done(error -> Native.zeren_store_create(file, file.length, id, id.length, store, system, error));
        return new Store(store, system, Collections.<Finding>emptyList());
    }

    /** Opens a file that is there and replays its lines; the file is not changed. */
    public static Store open(String path, String ledger) {
        byte[] file = Text.bytes(path);
        byte[] id = Text.bytes(ledger);
        long[] store = new long[1];
        long[] system = new long[1];
        String noticed = Outcome.text((findings, error) ->
                Native.zeren_store_open(file, file.length, id, id.length, store, system, findings, error));
        return new Store(store, system, Finding.all(Json.parse(noticed)));
    }

    /** Reads a file as far as it holds, without writing to it and whoever else has it. */
    public static ReadStore read(String path, String ledger) {
        byte[] file = Text.bytes(path);
        byte[] id = Text.bytes(ledger);
        long[] system = new long[1];
        String wrong = Outcome.text((findings, error) ->
                Native.zeren_store_read(file, file.length, id, id.length, system, findings, error));
        return new ReadStore(new ResponsibilitySystem(system), Finding.all(Json.parse(wrong)));
    }

    /** The state that the file's lines lead to. It is closed with the store. */
    public ResponsibilitySystem system() {
        return system;
    }

    /** What was noticed on opening, such as a last batch that a crash left unfinished: the next batch replaces it. */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * Writes a batch that {@link #system} prepared, and returns once it is synced. Commit it then.
     *
     * @throws ConflictException when it does not continue the file
     * @throws ZerenException kind {@code storage} when the file does not take it: nothing has happened
     */
    public void append(Prepared prepared) {
        handle.use(store -> prepared.handle.use(batch -> {
            Outcome.done(error -> Native.zeren_store_append(store, batch, error));
            return null;
        }));
    }

    /**
     * Prepares acts at the head of the file, writes and commits them, and gives the receipts as {@link Prepared#receipts}.
     *
     * @param acts a JSON array of acts
     */
    public String enter(String acts, OffsetDateTime time, String operator) {
        try (Prepared prepared = system.prepare(system.head(), time, operator, acts)) {
            append(prepared);
            system.commit(prepared);
            return prepared.receipts();
        }
    }

    /**
     * Leaves a snapshot of the state beside the file, so that the next {@link #open} replays only what came since. It proves
     * nothing, is of use to this version of the library only, and may be deleted at any time.
     */
    public void saveSnapshot() {
        handle.use(store -> system.handle.use(state -> {
            Outcome.done(error -> Native.zeren_store_save_snapshot(store, state, error));
            return null;
        }));
    }

    /** Closes the file, so that another program may write to it, and frees the state. Again does nothing. */
    @Override
    public void close() {
        handle.close();
        system.close();
    }
}
