package zeren;

import java.util.Collections;
import java.util.List;

/** A batch that was checked and has not happened yet. Closing it before the commit leaves everything as it was. */
public final class Prepared implements AutoCloseable {
    final Handle handle;
    private final List<String> lines;

    Prepared(Handle handle, List<String> lines) {
        this.handle = handle;
        this.lines = Collections.unmodifiableList(lines);
    }

    /** The lines to store, in order, without line feeds; none when the ledger holds every act already. */
    public List<String> lines() {
        return lines;
    }

    /** Where each act stands or will stand: a JSON array of {@code act}, {@code position}, {@code repeated}. */
    public String receipts() {
        return handle.use(
                batch -> Outcome.text((text, error) -> Native.zeren_prepared_receipts(batch, text, error)));
    }

    /** Frees the batch. A committed one has happened. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
