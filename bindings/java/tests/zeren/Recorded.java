package zeren;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Rust recorded under tests/past: the ledger of the first case, digests of schemes, sheets to the last byte. */
final class Recorded {
    static final String LEDGER = "示例新区";
    private static final String PAST = "tests/past/0.1.0/";

    private Recorded() {}

    static List<String> lines() {
        return Repository.lines(PAST + "ledger.jsonl");
    }

    static void check() {
        List<String> lines = lines();
        String wanted = Repository.text(PAST + "head.json").trim();
        try (ResponsibilitySystem system = ResponsibilitySystem.open(LEDGER, lines);
                ResponsibilitySystem restored = ResponsibilitySystem.fromSnapshot(LEDGER, system.snapshot())) {
            Checks.that(system.head().toJson().equals(wanted) && restored.head().toJson().equals(wanted), wanted);
            Checks.that(Zeren.verify(LEDGER, lines).toJson().equals(wanted), "verify gives another head");
            snapshots(system, restored);
        }
        for (Path scheme : Repository.listed(PAST + "schemes", ".json")) {
            sheets(PAST + "schemes/" + scheme.getFileName().toString().replace(".json", ""));
        }
    }

    /** The same state gives the same bytes; a changed snapshot and one of another ledger are refused. */
    private static void snapshots(ResponsibilitySystem system, ResponsibilitySystem restored) {
        byte[] bytes = system.snapshot();
        Checks.that(java.util.Arrays.equals(bytes, restored.snapshot()), "a restored state gives another snapshot");
        String asked = "{\"view\":\"findings\",\"day\":\"2022-12-31\"}";
        Checks.that(system.view(asked).equals(restored.view(asked)), "a restored state answers otherwise");
        ZerenException other =
                Checks.thrown(ZerenException.class, () -> ResponsibilitySystem.fromSnapshot("别处", bytes));
        Checks.that(other.kind().equals("integrity"), other.json());
        bytes[bytes.length / 2] ^= 1;
        ZerenException changed =
                Checks.thrown(ZerenException.class, () -> ResponsibilitySystem.fromSnapshot(LEDGER, bytes));
        Checks.that(changed.status() == 14, changed.json());
    }

    private static void sheets(String scheme) {
        List<String> facts = new ArrayList<>();
        if (Repository.path(scheme + ".facts").toFile().isDirectory()) {
            String folder = scheme + ".facts";
            Repository.listed(folder, ".json").forEach(path -> facts.add(Repository.text(path)));
        }
        try (Scheme parsed = Scheme.parse(Repository.text(scheme + ".json")); Progress progress = new Progress()) {
            Map<?, ?> about = (Map<?, ?>) Json.parse(parsed.about());
            String digests = about.get("digest") + "\n" + about.get("table_digest") + "\n";
            Checks.that(digests.equals(Repository.text(scheme + ".digests")), scheme + ": " + digests);
            String everybody = "[" + String.join(",", facts) + "]";
            String wanted = "[" + Repository.text(scheme + ".sheets").trim().replace("\n", ",") + "]";
            Checks.that(parsed.scoreCohort(everybody).equals(wanted), scheme + ": other sheets");
            Checks.that(parsed.scoreCohort(everybody, progress).equals(wanted), scheme + ": other sheets when counted");
            Checks.that(progress.read().done() == progress.read().total(), scheme + ": " + progress.read());
        }
    }
}
