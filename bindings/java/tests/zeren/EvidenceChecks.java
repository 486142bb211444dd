package zeren;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What evidence refuses: a changed line, a cut tail, a forged proof, another signature, a changed archive. */
final class EvidenceChecks {
    private static final String KEY = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final String SIGNATURE = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    private static final String E = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";

    private EvidenceChecks() {}

    static void check() {
        List<String> lines = Recorded.lines();
        String kept = Evidence.checkpoint(Recorded.LEDGER, lines);
        checkpoints(lines, kept);
        inclusions(lines, kept);
        archives(lines, kept);
        certificates(lines);
        signatures();
    }

    private static void refused(String code, java.util.concurrent.Callable<?> call) {
        ZerenException refused = Checks.thrown(ZerenException.class, call);
        Checks.that(refused.code().equals(code), refused.json());
    }

    private static void checkpoints(List<String> lines, String kept) {
        Map<?, ?> plain = told(Evidence.verifyAgainst(Recorded.LEDGER, lines, Collections.<String>emptyList()));
        Checks.that(plain.containsKey("proven") && plain.get("proven") == null, plain.toString());
        Map<?, ?> proven = told(Evidence.verifyAgainst(Recorded.LEDGER, lines, Collections.singletonList(kept)));
        Checks.that(Repository.written(proven.get("proven")).equals("47"), proven.toString());
        List<String> one = Collections.singletonList(kept);
        // A cut within a batch shows in the lines; one between two batches shows only by a checkpoint.
        int whole = lines.size() - 1;
        while (!lines.get(whole - 1).contains("\"last\":true")) {
            whole--;
        }
        List<String> cut = lines.subList(0, whole);
        Checks.that(Zeren.verify(Recorded.LEDGER, cut).position() == whole, "a cut tail is seen in the lines themselves");
        refused("ledger.tail_cut", () -> Evidence.verifyAgainst(Recorded.LEDGER, cut, one));
    }

    private static void inclusions(List<String> lines, String kept) {
        String proof = Evidence.inclusion(Recorded.LEDGER, lines, 4);
        String said = Evidence.verifyInclusion(proof, kept);
        Checks.that(lines.get(3).startsWith(said.substring(0, said.length() - 1)), said);
        refused("ledger.line_changed", () -> Evidence.verifyInclusion(proof.replace("office-1", "office-2"), kept));
        refused("ledger.no_line", () -> Evidence.inclusion(Recorded.LEDGER, lines, 99));
        Checks.thrown(IllegalArgumentException.class, () -> Evidence.inclusion(Recorded.LEDGER, lines, -1));
    }

    private static void archives(List<String> lines, String kept) {
        LocalDate day = LocalDate.of(2024, 2, 21);
        try (ResponsibilitySystem system = ResponsibilitySystem.open(Recorded.LEDGER, lines);
                Scheme scheme = Scheme.parse(Repository.text("tests/past/0.1.0/schemes/2023.json"))) {
            String archive = system.archive(scheme, "s-jia", day, lines);
            Checks.that(archive.equals(system.archive(scheme, "s-jia", day, lines)), "the same question, other bytes");
            Checks.that(told(Evidence.verifyArchive(archive)).get("proven").equals(false), "proven without a checkpoint");
            Checks.that(told(Evidence.verifyArchive(archive, kept)).get("proven").equals(true), "not proven");
            refused("year.archive_changed", () -> Evidence.verifyArchive(archive.replaceFirst("p-013", "p-014")));
            Checks.that(Checks.thrown(ZerenException.class, () -> system.archive(scheme, "s-无", day, lines))
                    .kind().equals("not_found"), "an archive of nobody");
            Checks.thrown(ZerenException.class, () -> system.archive(scheme, "s-jia", day, lines.subList(0, 46)));
        }
    }

    private static void certificates(List<String> lines) {
        LocalDate day = LocalDate.of(2023, 6, 30);
        try (ResponsibilitySystem system = ResponsibilitySystem.open(Recorded.LEDGER, lines)) {
            String page = system.certificate("l-2023-jia", day, "markdown");
            Checks.that(page.startsWith("# ") && !page.contains("张示例"), page);
            String named = system.certificate("{\"letter\":\"l-2023-jia\",\"day\":\"2023-06-30\",\"format\":\"markdown\","
                    + "\"names\":[{\"person\":\"p-013\",\"name\":\"张示例\"}]}");
            Checks.that(named.contains("张示例（p-013）"), named);
            refused("system.not_known", () -> system.certificate("l-无", day, "data"));
        }
    }

    /** The example of GB/T 32918: what is signed, and the signature that fits and one that does not. */
    private static void signatures() {
        String query = "{\"key\":\"" + KEY + "\",\"message\":\"message digest\"";
        Checks.that(told(Evidence.signatureDigest(query + "}")).get("e").equals(E), "another digest");
        boolean builtWithSign = ((List<?>) told(Zeren.buildInfo()).get("features")).contains("sign");
        if (!builtWithSign) {
            refused("letter.built_without_sign", () -> Evidence.verifySignature(query + ",\"signature\":\"" + SIGNATURE + "\"}"));
            return;
        }
        Map<?, ?> fits = told(Evidence.verifySignature(query + ",\"signature\":\"" + SIGNATURE + "\"}"));
        Checks.that(fits.get("mathematics").equals("holds") && fits.get("chain").equals("not_checked"), fits.toString());
        String other = SIGNATURE.replace("f5a0", "f5a1");
        Map<?, ?> fails = told(Evidence.verifySignature(query + ",\"signature\":\"" + other + "\"}"));
        Checks.that(fails.get("mathematics").equals("fails"), fails.toString());
    }

    private static Map<?, ?> told(String json) {
        return (Map<?, ?>) Json.parse(json);
    }
}
