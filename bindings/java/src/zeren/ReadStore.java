package zeren;

import java.util.List;

/** What a ledger's file holds as far as it holds. {@link Store#read} gives it. */
public final class ReadStore implements AutoCloseable {
    private final ResponsibilitySystem system;
    private final List<Finding> findings;

    ReadStore(ResponsibilitySystem system, List<Finding> findings) {
        this.system = system;
        this.findings = findings;
    }

    /** The state up to the last whole batch that holds. It is closed with this. */
    public ResponsibilitySystem system() {
        return system;
    }

    /** What is wrong behind it: nothing, an unfinished batch, or the first line that does not hold. */
    public List<Finding> findings() {
        return findings;
    }

    /** Frees the state. Again does nothing. */
    @Override
    public void close() {
        system.close();
    }
}
