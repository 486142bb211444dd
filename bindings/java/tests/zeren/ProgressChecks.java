package zeren;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work under a counter: read from another thread it only grows, the work gives the same, and stopped work leaves nothing. */
final class ProgressChecks {
    /** Work that takes a counter. */
    private interface Work<T> {
        T under(Progress progress) throws Exception;
    }

    private ProgressChecks() {}

    static void check() throws Exception {
        List<String> lines = Recorded.lines();
        try (ResponsibilitySystem plain = ResponsibilitySystem.open(Recorded.LEDGER, lines)) {
            Head head = plain.head();
            Checks.that(polled(progress -> Zeren.verify(Recorded.LEDGER, lines, progress)).equals(head), "another head");
            Checks.that(polled(progress -> {
                try (ResponsibilitySystem counted = ResponsibilitySystem.open(Recorded.LEDGER, lines, progress)) {
                    return counted.head();
                }
            }).equals(head), "another head");
            year(plain);
        }
        cohort();
        cancelled(lines);
    }

    /** What the work gave, while this thread read its counter. */
    private static <T> T polled(Work<T> work) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Progress progress = new Progress()) {
            Checks.that(progress.read().total() == 0, "work before it has begun");
            Future<T> given = pool.submit(() -> work.under(progress));
            Reading before = progress.read();
            while (!given.isDone()) {
                Reading now = progress.read();
                Checks.that(now.done() >= before.done() && now.total() >= before.total() && now.done() <= now.total(), before + " " + now);
                before = now;
            }
            T result = given.get();
            Reading end = progress.read();
            Checks.that(end.total() > 0 && end.done() == end.total(), end.toString());
            return result;
        } finally {
            pool.shutdown();
        }
    }

    private static void year(ResponsibilitySystem system) throws Exception {
        String query = "{\"day\":\"2024-01-31\"}";
        try (Scheme scheme = Scheme.parse(Repository.text("examples/district/schemes/2023.json")); Year year = new Year()) {
            String plain = year.assess(system, scheme, LocalDate.of(2024, 1, 31));
            Checks.that(polled(progress -> year.assess(system, scheme, query, progress)).equals(plain), "other sheets");
            Progress stopped = new Progress();
            stopped.cancel();
            cancelled(() -> year.assess(system, scheme, query, stopped));
            stopped.close();
        }
    }

    private static String facts(int number) {
        return "{\"kind\":\"facts\",\"format\":1,\"subject\":\"s-" + number + "\",\"scheme\":\"办法\",\"facts\":{\"场次\":"
                + (number % 9 + 1) + "}}";
    }

    private static void cohort() throws Exception {
        List<String> everybody = new ArrayList<>();
        long[] column = new long[50];
        for (int number = 0; number < column.length; number++) {
            everybody.add(facts(number));
            column[number] = number % 9 + 1;
        }
        String facts = "[" + String.join(",", everybody) + "]";
        try (Scheme scheme = Scheme.parse(EntryChecks.SCHEME); Columns columns = scheme.columns();
                Table table = columns.table(column.length).numbers("场次", column, 0, null); Scored plain = table.score()) {
            Checks.that(polled(progress -> scheme.scoreCohort(facts, progress)).equals(scheme.scoreCohort(facts)), "other sheets");
            long[] totals = polled(progress -> {
                try (Scored scored = table.score(progress)) {
                    return scored.total().numerators;
                }
            });
            Checks.that(Arrays.equals(totals, plain.total().numerators) && totals[4] != totals[0], "other totals");
            Progress stopped = new Progress();
            stopped.cancel();
            cancelled(() -> table.score(stopped));
            cancelled(() -> scheme.scoreCohort(facts, stopped));
            stopped.close();
            stopped.close();
            Checks.thrown(IllegalStateException.class, stopped::read);
            Checks.thrown(IllegalStateException.class, () -> table.score(stopped));
        }
    }

    private static void cancelled(List<String> lines) {
        try (Progress progress = new Progress(); ResponsibilitySystem system = ResponsibilitySystem.empty(Recorded.LEDGER)) {
            progress.cancel();
            cancelled(() -> {
                system.follow(lines, progress);
                return null;
            });
            cancelled(() -> Zeren.verify(Recorded.LEDGER, lines, progress));
            cancelled(() -> ResponsibilitySystem.open(Recorded.LEDGER, lines, progress));
            Checks.that(system.head().position() == 0, "stopped work moved the state");
            system.follow(lines);
            Checks.that(system.head().position() == lines.size(), "it does not go on after that");
        }
    }

    private static void cancelled(java.util.concurrent.Callable<?> work) {
        ZerenException stopped = Checks.thrown(ZerenException.class, work);
        Checks.that(stopped.kind().equals("cancelled") && stopped.status() == 17, stopped.json());
    }
}
