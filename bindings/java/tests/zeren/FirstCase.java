package zeren;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The examples District and Dossier run over the first case. What District writes tests/callers.rs compares with Rust to the last
 * byte, so what Dossier gives by other ways is held to it.
 */
final class FirstCase {
    private static final String EMPTY = "{\"scheme\":\"xinqu-zrz-2023\",\"items\":[],\"facts\":[]}";

    private final Path folder;

    private FirstCase(Path folder) {
        this.folder = folder;
    }

    static void check() throws Exception {
        Path folder = Files.createTempDirectory("zeren");
        try {
            FirstCase run = new FirstCase(folder);
            for (String example : new String[] {"District", "Dossier"}) {
                String[] arguments = {Repository.path("examples/district").toString(), folder.resolve(example).toString()};
                Class.forName(example).getMethod("main", String[].class).invoke(null, (Object) arguments);
            }
            run.ledger();
            run.evidence();
            run.archive();
            run.papers();
            run.tables();
            run.year();
        } finally {
            delete(folder);
        }
    }

    private String text(String name) {
        return Repository.text(folder.resolve(name));
    }

    private Map<?, ?> document(String name) {
        return (Map<?, ?>) Json.parse(text("Dossier/" + name));
    }

    /** The store's file is the ledger, opening found nothing amiss, and the snapshot of the first year led to the same end. */
    private void ledger() {
        String ledger = text("District/ledger.jsonl");
        Checks.that(text("Dossier/ledger.jsonl").equals(ledger), "the store wrote another ledger");
        Checks.that(Files.isRegularFile(folder.resolve("Dossier/ledger.jsonl.snapshot")), "no snapshot");
        try (ResponsibilitySystem system = ResponsibilitySystem.open(Recorded.LEDGER, Text.split(ledger))) {
            Checks.that(system.head().toJson().equals(text("Dossier/opened.json")), "the counted run leads elsewhere");
            String asked = "{\"view\":\"certificate_page\",\"day\":\"2024-02-21\",\"letter\":\"l-2023-jia\"}";
            Checks.that(system.view(asked).equals(text("Dossier/certificate.json")), "a view gives another page");
        }
    }

    private void evidence() {
        List<String> lines = Text.split(text("District/ledger.jsonl"));
        Map<?, ?> kept = document("checkpoint.json");
        Map<?, ?> last = (Map<?, ?>) Json.parse(lines.get(lines.size() - 1));
        Checks.that(kept.get("digest").equals(last.get("digest")), "the checkpoint is of another end");
        Checks.that(Repository.written(document("proven.json").get("proven")).equals(String.valueOf(lines.size())), "not proven");
        // The line as it is stored, without the digest that ends it.
        String said = text("Dossier/line.json");
        Checks.that(lines.get(13).startsWith(said.substring(0, said.length() - 1) + ",\"digest\":"), said);
    }

    /** The archive carries lines of the ledger byte for byte. */
    private void archive() {
        Map<?, ?> proof = document("archive.json");
        Checks.that(proof.get("proven").equals(true), text("Dossier/archive.json"));
        List<String> lines = Text.split(text("District/ledger.jsonl"));
        int carried = 0;
        for (String line : lines) {
            carried += text("Dossier/archive.jsonl").contains(Json.quote(line)) ? 1 : 0;
        }
        Checks.that(Repository.written(proof.get("acts")).equals(String.valueOf(carried)), carried + " lines in the archive");
    }

    private void papers() {
        Checks.that(text("Dossier/certificate.html").contains("<caption>"), "no tables on the page");
        Checks.that(document("certificate.json").get("letter").toString().contains("l-2023-jia"), text("Dossier/certificate.json"));
        for (String name : new String[] {"letter", "cascade", "missing-data"}) {
            String title = document(name + ".json").get("title").toString();
            Checks.that(text("Dossier/" + name + ".md").startsWith("# " + title + "\n"), name);
            String html = text("Dossier/" + name + ".html");
            Checks.that(html.startsWith("<!DOCTYPE html>") && html.contains("<title>" + title + "</title>"), name);
        }
        Checks.that(text("Dossier/missing-data.md").contains("\n示考〔2024〕1号\n"), "the number is not printed");
        String letter = Repository.text("examples/district/letters/l-2023-jia-xiuding.txt");
        Checks.that(text("Dossier/letter.md").contains(letter.split("\n")[1]), "the text of the letter is not printed");
    }

    private void tables() {
        String table = text("Dossier/table.csv");
        String digest = Repository.lines("tests/past/0.1.0/schemes/2023.digests").get(0);
        Checks.that(table.startsWith("\uFEFF办法,") && table.contains("," + digest + "\r\n"), table);
        Checks.that(table.endsWith("\r\ns-jia,甲镇,,,\r\ns-yi,乙镇,,,9\r\n"), table);
        Checks.that(Repository.written(document("entered.json").get("subjects")).equals("[{\"subject\":\"s-jia\",\"facts\":"
                + "{\"网络安全事件数\":{\"state\":\"zero\",\"declared_by\":\"jia-shuji\"},\"宣讲场次\":12}},"
                + "{\"subject\":\"s-yi\",\"facts\":{\"宣讲场次\":9}}]"), text("Dossier/entered.json"));
    }

    /** The subject's own sheet stands among those of District, and what it would take is what a draft then gives. */
    private void year() {
        List<?> own = (List<?>) document("own-sheet.json").get("sheets");
        List<?> all = (List<?>) ((Map<?, ?>) Json.parse(text("District/sheets-2023.json"))).get("sheets");
        Object total = ((Map<?, ?>) own.get(0)).get("total");
        Checks.that(own.size() == 1 && ((Map<?, ?>) all.get(1)).get("total").equals(total), own.toString());
        Map<?, ?> reached = (Map<?, ?>) ((List<?>) document("would-take.json").get("facts")).get(0);
        Checks.that(reached.get("value").equals("12"), text("Dossier/would-take.json"));
        Map<?, ?> draft = (Map<?, ?>) document("draft.json").get("difference");
        Map<?, ?> after = (Map<?, ?>) draft.get("after");
        Checks.that(after.get("total").equals(reached.get("total")), text("Dossier/draft.json"));
        Checks.that(document("difference.json").get("total").equals(draft.get("total")), text("Dossier/difference.json"));
        Checks.that(text("Dossier/findings.json").equals("[]"), text("Dossier/findings.json"));
        Checks.that(text("Dossier/missing.json").equals(EMPTY), text("Dossier/missing.json"));
    }

    static void delete(Path folder) throws IOException {
        List<Path> inside = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(inside::add);
        }
        for (Path path : inside) {
            if (Files.isDirectory(path)) {
                delete(path);
            } else {
                Files.delete(path);
            }
        }
        Files.delete(folder);
    }
}
