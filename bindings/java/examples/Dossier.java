import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import zeren.Evidence;
import zeren.Paper;
import zeren.Prepared;
import zeren.Progress;
import zeren.ResponsibilitySystem;
import zeren.Scheme;
import zeren.Store;
import zeren.Year;

/**
 * The first case without a database: {@code java Dossier examples/district OUT}. Its ledger in a file, and what an office takes out
 * of it: evidence, papers, tables for data entry, what a subject would need.
 */
public final class Dossier {
    private static final String LEDGER = "示例新区";
    private static final LocalDate DAY = LocalDate.of(2024, 2, 21);

    private final Path district;
    private final Path out;

    private Dossier(Path district, Path out) {
        this.district = district;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Dossier run = new Dossier(Paths.get(arguments[0]), Files.createDirectories(Paths.get(arguments[1])));
        String file = run.out.resolve("ledger.jsonl").toString();
        try (Store store = Store.create(file, LEDGER)) {
            run.enter(store, "2022");
            store.saveSnapshot();
            run.enter(store, "2023");
        }
        // Another day, another program: the snapshot spares it the first year.
        try (Store store = Store.open(file, LEDGER);
                Scheme scheme = Scheme.parse(read(run.district.resolve("schemes/2023.json")))) {
            store.findings().forEach(System.err::println);
            List<String> lines = Arrays.asList(read(Paths.get(file)).split("\n"));
            run.evidence(store.system(), scheme, lines);
            run.papers(store.system(), scheme);
            run.tables(scheme);
            run.year(store.system(), scheme);
            run.counted(lines);
        }
    }

    /** Enters every request of a folder: prepare, write to the file, commit. */
    private void enter(Store store, String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(district.resolve(folder), "*.json")) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            String document = read(file);
            String head = "{\"head\":" + store.system().head().toJson() + ",";
            try (Prepared prepared = store.system().prepare(head + document.substring(document.indexOf('{') + 1))) {
                store.append(prepared);
                store.system().commit(prepared);
            }
        }
    }

    /** A checkpoint, to be kept elsewhere; one act and one subject's whole year that are proven by it. */
    private void evidence(ResponsibilitySystem system, Scheme scheme, List<String> lines) throws IOException {
        String kept = Evidence.checkpoint(LEDGER, lines);
        write("checkpoint.json", kept);
        write("proven.json", Evidence.verifyAgainst(LEDGER, lines, Collections.singletonList(kept)));
        String proof = Evidence.inclusion(LEDGER, lines, 14);
        write("inclusion.json", proof);
        write("line.json", Evidence.verifyInclusion(proof, kept));
        String archive = system.archive(scheme, "s-jia", DAY, lines);
        write("archive.jsonl", archive);
        write("archive.json", Evidence.verifyArchive(archive, kept));
    }

    /** What is printed: a letter as it was amended, with its certificate page, the cascade, what is missing. */
    private void papers(ResponsibilitySystem system, Scheme scheme) throws IOException {
        write("certificate.html", system.certificate("l-2023-jia", DAY, "html"));
        write("certificate.json", system.certificate("l-2023-jia", DAY, "data"));
        String text = read(district.resolve("letters/l-2023-jia-xiuding.txt"));
        write("letter", system.paper("letter", DAY, null, "{\"letter\":\"l-2023-jia\",\"text\":" + quoted(text) + "}"));
        write("cascade", system.paper("cascade_map", LocalDate.of(2023, 12, 31), null, "{}"));
        write("missing-data", system.paper("missing_data", LocalDate.of(2024, 1, 31), scheme, "{\"number\":\"示考〔2024〕1号\"}"));
    }

    /** A table for data entry, filled in, and read back as facts. */
    private void tables(Scheme scheme) throws IOException {
        byte[] table = scheme.template("{\"supplier\":\"宣传文化部\",\"subjects\":[{\"id\":\"s-jia\",\"name\":\"甲镇\"},"
                + "{\"id\":\"s-yi\",\"name\":\"乙镇\",\"facts\":{\"宣讲场次\":9}}]}");
        Files.write(out.resolve("table.csv"), table);
        String filled = new String(table, StandardCharsets.UTF_8).replace("s-jia,甲镇,,,", "s-jia,甲镇,无,jia-shuji,12");
        write("entered.json", scheme.readTemplate(filled.getBytes(StandardCharsets.UTF_8)));
    }

    /** A subject's own sheet; what would bring it further; what a change would move; what the office is told. */
    private void year(ResponsibilitySystem system, Scheme scheme) throws IOException {
        String asked = "{\"view\":\"facts\",\"day\":\"2024-01-31\",\"scheme\":\"xinqu-zrz-2023\",\"subject\":\"s-yi\"}";
        String facts = system.view(asked);
        write("facts.json", facts);
        write("would-take.json", scheme.wouldTake("{\"facts\":[" + facts + "],\"subject\":\"s-yi\",\"total\":99}"));
        String more = facts.replaceFirst("\"宣讲场次\":\\d+", "\"宣讲场次\":20");
        write("difference.json", scheme.difference(
                scheme, "{\"before\":[" + facts + "],\"after\":[" + more + "],\"subject\":\"s-yi\"}"));
        try (Year year = new Year()) {
            String audience = "\"audience\":{\"who\":\"subject\",\"subject\":\"s-yi\"}";
            write("own-sheet.json", year.assess(system, scheme, "{\"day\":\"2024-01-31\"," + audience + "}"));
            String draft = "\"draft\":{\"subject\":\"s-yi\",\"facts\":{\"宣讲场次\":20}}";
            write("draft.json", year.assess(system, scheme, "{\"day\":\"2024-01-31\",\"view\":\"draft\"," + draft + "}"));
            for (String view : new String[] {"missing", "compare", "versions", "findings"}) {
                write(view + ".json", year.assess(system, scheme, "{\"day\":\"2024-01-31\",\"view\":\"" + view + "\"}"));
            }
        }
    }

    /** A long ledger is opened under a counter, which another thread may read. */
    private void counted(List<String> lines) throws IOException {
        try (Progress progress = new Progress();
                ResponsibilitySystem again = ResponsibilitySystem.open(LEDGER, lines, progress)) {
            write("opened.json", again.head().toJson());
            if (progress.read().done() != progress.read().total()) {
                throw new IllegalStateException("the counter stands at " + progress.read());
            }
        }
    }

    /** A text as JSON; an application has a JSON library for this. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private void write(String name, Paper paper) throws IOException {
        write(name + ".json", paper.data());
        write(name + ".md", paper.markdown());
        write(name + ".html", paper.html());
    }

    private void write(String name, String text) throws IOException {
        Files.write(out.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
