package zeren;

/**
 * A counter that long work moves and another thread reads. Give it to a call, and read it meanwhile:
 *
 * <pre>{@code
 * Future<?> work = pool.submit(() -> system.follow(lines, progress));
 * while (!work.isDone()) {
 *     Reading now = progress.read();
 *     bar.show(now.done(), now.total());
 *     Thread.sleep(200);
 * }
 * }</pre>
 */
public final class Progress implements AutoCloseable {
    final Handle handle;

    /** The counter of work that has not begun. */
    public Progress() {
        long[] progress = new long[1];
        Outcome.done(error -> Native.zeren_progress_new(progress, error));
        handle = new Handle(progress, Native::zeren_progress_free);
    }

    /** How far the work has come. Never waits for it. */
    public Reading read() {
        long[] done = new long[1];
        long[] total = new long[1];
        handle.use(progress -> {
            Outcome.done(error -> Native.zeren_progress_read(progress, done, total, error));
            return null;
        });
        return new Reading(done[0], total[0]);
    }

    /**
     * Asks the work to stop: it throws a {@link ZerenException} of kind {@code cancelled} soon after, with the state as it was.
     * Whatever begins under this counter later is cancelled at once.
     */
    public void cancel() {
        handle.use(progress -> {
            Outcome.done(error -> Native.zeren_progress_cancel(progress, error));
            return null;
        });
    }

    /** Frees the counter, once the work under way has ended. Again does nothing. */
    @Override
    public void close() {
        handle.close();
    }
}
