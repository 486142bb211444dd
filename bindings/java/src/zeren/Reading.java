package zeren;

/** How far work has come. Both numbers only grow, and are equal once the work has succeeded. */
public final class Reading {
    private final long done;
    private final long total;

    Reading(long done, long total) {
        this.done = done;
        this.total = total;
    }

    /** Steps done. */
    public long done() {
        return done;
    }

    /** Steps that there are; 0 before the work has begun. What a step is differs: only the share means something. */
    public long total() {
        return total;
    }

    @Override
    public String toString() {
        return done + "/" + total;
    }
}
