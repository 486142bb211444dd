package zeren;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;

/** A ledger in one file: what was entered is there again, what is damaged is told, a snapshot spares the replay. */
final class StoreChecks {
    private static final String LEDGER = "示例新区";
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2022-01-04T09:00:00+08:00");

    private final Path file;

    private StoreChecks(Path file) {
        this.file = file;
    }

    static void check() throws IOException {
        Path folder = Files.createTempDirectory("zeren");
        try {
            new StoreChecks(folder.resolve("a.jsonl")).entered();
            new StoreChecks(folder.resolve("b.jsonl")).refused();
            new StoreChecks(folder.resolve("c.jsonl")).damaged();
            new StoreChecks(folder.resolve("d.jsonl")).snapshot();
            name(folder);
        } finally {
            FirstCase.delete(folder);
        }
    }

    private static String act(String id) {
        return "[{\"act\":\"edges.declared\",\"id\":\"" + id + "\",\"effective\":\"2022-01-01\",\"edges\":[{\"id\":\"" + id
                + "\",\"name\":\"隶属𬱖\",\"single\":true,\"acyclic\":true}]}]";
    }

    private String path() {
        return file.toString();
    }

    /** Through append and enter; the file is the lines that prepare gave. */
    private void entered() throws IOException {
        Head head;
        StringBuilder lines = new StringBuilder();
        try (Store store = Store.create(path(), LEDGER)) {
            Checks.that(store.findings().isEmpty() && store.system().head().position() == 0, "an empty ledger");
            try (Prepared prepared = store.system().prepare(store.system().head(), TIME, "u-17", act("a-1"))) {
                store.append(prepared);
                store.system().commit(prepared);
                prepared.lines().forEach(line -> lines.append(line).append('\n'));
            }
            Checks.that(store.enter(act("a-2"), TIME, "u-17").contains("\"position\":2"), "another position");
            head = store.system().head();
        }
        try (Store store = Store.open(path(), LEDGER); ReadStore read = Store.read(path(), LEDGER)) {
            Checks.that(store.system().head().equals(head) && read.system().head().equals(head), "another head");
            Checks.that(store.findings().isEmpty() && read.findings().isEmpty(), "findings about a whole file");
            Checks.that(store.enter(act("a-1"), TIME, "u-17").contains("\"repeated\":true"), "not known again");
        }
        String text = Repository.text(file);
        Checks.that(text.startsWith(lines.toString()) && text.contains("𬱖"), text);
        Checks.that(Zeren.verify(LEDGER, Text.split(text)).equals(head), "the file verifies to another head");
    }

    private void refused() {
        refused("storage", "store.not_found", () -> Store.open(path(), LEDGER));
        refused("storage", "store.not_found", () -> Store.read(path(), LEDGER));
        try (Store store = Store.create(path(), LEDGER); ResponsibilitySystem other = ResponsibilitySystem.empty(LEDGER)) {
            refused("storage", "store.in_use", () -> Store.open(path(), LEDGER));
            refused("storage", "store.exists", () -> Store.create(path(), LEDGER));
            try (Prepared prepared = other.prepare(other.head(), TIME, "u", act("a-1"))) {
                store.append(prepared);
            }
            // The state that was opened with the file does not know of it.
            ConflictException moved =
                    Checks.thrown(ConflictException.class, () -> store.enter(act("a-2"), TIME, "u"));
            Checks.that(moved.code().equals("store.other_head"), moved.json());
            Checks.thrown(ConflictException.class, () -> {
                store.saveSnapshot();
                return null;
            });
        }
        Store closed = Store.open(path(), LEDGER);
        closed.close();
        closed.close();
        Checks.thrown(IllegalStateException.class, () -> closed.system().head());
        Checks.thrown(IllegalStateException.class, () -> closed.enter(act("a-2"), TIME, "u"));
    }

    private static void refused(String kind, String code, java.util.concurrent.Callable<?> call) {
        ZerenException refused = Checks.thrown(ZerenException.class, call);
        Checks.that(refused.kind().equals(kind) && refused.code().equals(code), refused.json());
    }

    /** A line that was changed, and a tail that a crash left. */
    private void damaged() throws IOException {
        try (Store store = Store.create(path(), LEDGER)) {
            for (String id : new String[] {"a-1", "a-2", "a-3"}) {
                store.enter(act(id), TIME, "u-17");
            }
        }
        String whole = Repository.text(file);
        write(whole.replace("\"a-2\"", "\"a-9\""));
        ZerenException changed = Checks.thrown(ZerenException.class, () -> Store.open(path(), LEDGER));
        Checks.that(changed.kind().equals("integrity") && changed.findings().get(0).subject().equals("2"), changed.json());
        try (ReadStore read = Store.read(path(), LEDGER)) {
            Checks.that(read.system().head().position() == 1, "another state before the changed line");
            Checks.that(read.findings().get(0).code().equals("ledger.line_changed"), read.findings().toString());
        }
        write(whole.substring(0, whole.length() - 10));
        try (Store store = Store.open(path(), LEDGER)) {
            Checks.that(store.system().head().position() == 2, "another state before the tail");
            Checks.that(store.findings().get(0).code().equals("store.tail_dropped"), store.findings().toString());
            store.enter(act("a-3"), TIME, "u-17");
        }
        Checks.that(Repository.text(file).equals(whole), "the tail was not replaced by the same");
    }

    private void snapshot() throws IOException {
        Head head;
        byte[] held;
        try (Store store = Store.create(path(), LEDGER)) {
            store.enter(act("a-1"), TIME, "u-17");
            store.saveSnapshot();
            store.enter(act("a-2"), TIME, "u-17");
            head = store.system().head();
            held = store.system().snapshot();
        }
        String whole = Repository.text(file);
        // What the snapshot knows of is not read again, what came since is.
        write("x" + whole.substring(1));
        try (Store store = Store.open(path(), LEDGER)) {
            Checks.that(store.system().head().equals(head) && store.findings().isEmpty(), "the snapshot was not used");
            Checks.that(java.util.Arrays.equals(store.system().snapshot(), held), "another state");
        }
        write(whole);
        Files.write(file.resolveSibling("d.jsonl.snapshot"), new byte[] {1, 2, 3});
        try (Store store = Store.open(path(), LEDGER)) {
            Checks.that(store.findings().get(0).code().equals("store.snapshot_unused"), store.findings().toString());
            Checks.that(store.system().head().equals(head), "another head without the snapshot");
        }
    }

    /** A Chinese name, which a Path cannot hold under the locale C. */
    private static void name(Path folder) {
        String named = folder + File.separator + "账本.jsonl";
        try (Store store = Store.create(named, LEDGER)) {
            store.enter(act("a-1"), TIME, "u-17");
        }
        try (Store store = Store.open(named, LEDGER)) {
            Checks.that(store.system().head().position() == 1, "another file");
        }
    }

    private void write(String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
