import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import zeren.Prepared;
import zeren.ResponsibilitySystem;
import zeren.Scheme;
import zeren.Year;
import zeren.Zeren;
import zeren.ZerenException;

/** The first case: {@code java District examples/district OUT}. Two years of acts, what the checks find, and the scores. */
public final class District {
    private final Path out;
    /** Stands in for the table of a database. */
    private final List<String> stored = new ArrayList<>();

    private District(Path out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Path district = Paths.get(arguments[0]);
        District run = new District(Files.createDirectories(Paths.get(arguments[1])));
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("示例新区")) {
            run.year2022(district, system);
            run.year2023(district, system);
            run.stored(system);
        }
        run.names();
    }

    private void year2022(Path district, ResponsibilitySystem system) throws IOException {
        enter(system, district.resolve("2022"));
        LocalDate end = LocalDate.of(2022, 12, 31);
        write("findings-2022.json", system.view("findings", end));
        write("cascade-2022.json", system.view("cascade", end));
        try (Scheme trial = Scheme.parse(read(district.resolve("schemes/2022-trial.json"))); Year year = new Year()) {
            String query = "{\"day\":\"2022-12-31\",\"subjects\":[\"s-xinqu\"]}";
            write("trial-2022.json", year.assess(system, trial, query));
        }
    }

    private void year2023(Path district, ResponsibilitySystem system) throws IOException {
        enter(system, district.resolve("2023"));
        try (Scheme own = Scheme.parse(read(district.resolve("schemes/2023.json")));
                Scheme annual = Scheme.parse(read(district.resolve("schemes/2023-annual.json")));
                Year year = new Year()) {
            write("table-2023.md", own.readBack());
            LocalDate day = LocalDate.of(2024, 1, 31);
            write("sheets-2023.json", year.assess(system, own, day));
            write("annual-2023.json", year.assess(system, annual, day));
        }
    }

    /** What is stored holds together and leads to the same state; an act that names nobody is refused. */
    private void stored(ResponsibilitySystem system) throws IOException {
        StringBuilder ledger = new StringBuilder();
        stored.forEach(line -> ledger.append(line).append('\n'));
        write("ledger.jsonl", ledger.toString());
        try (ResponsibilitySystem again = ResponsibilitySystem.open("示例新区", stored)) {
            if (!again.head().equals(system.head()) || !Zeren.verify("示例新区", stored).equals(system.head())) {
                throw new IllegalStateException("the stored lines lead elsewhere");
            }
        }
        String nobody = "{\"act\":\"unit.ended\",\"id\":\"x\",\"effective\":\"2024-01-01\",\"unit\":\"无此单位\"}";
        try (Prepared never = system.prepare(request(system, "{\"time\":\"2024-01-31T09:00:00+08:00\","
                + "\"operator\":\"office-1\",\"acts\":[" + nobody + "]}"))) {
            throw new IllegalStateException("not refused: " + never.lines());
        } catch (ZerenException refused) {
            write("refused.json", refused.json());
        }
    }

    /** Rare characters in names, four bytes each or outside of GBK, as they stand in this source. */
    private void names() throws IOException {
        try (ResponsibilitySystem system = ResponsibilitySystem.empty("生僻字")) {
            String unit = "{\"id\":\"u-𬱖\",\"name\":\"䶮㙍𬱖𫘦𨱔镇\",\"class\":\"镇\"}";
            String acts = "[{\"act\":\"units.founded\",\"id\":\"a-1\",\"effective\":\"2023-01-01\",\"units\":[" + unit + "]}]";
            String request = request(system,
                    "{\"time\":\"2023-01-04T09:00:00+08:00\",\"operator\":\"u-17\",\"acts\":" + acts + "}");
            try (Prepared prepared = system.prepare(request)) {
                write("names.jsonl", prepared.lines().get(0) + "\n");
                system.commit(prepared);
            }
            write("names.json", system.view("{\"view\":\"unit\",\"day\":\"2023-06-30\",\"unit\":\"u-𬱖\"}"));
        }
    }

    /** Enters every request of a folder, in the order of their names: prepare, store, commit. */
    private void enter(ResponsibilitySystem system, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            try (Prepared prepared = system.prepare(request(system, read(file)))) {
                stored.addAll(prepared.lines());
                system.commit(prepared);
            }
        }
    }

    /** A request without a head, with the head that the system shows. */
    private static String request(ResponsibilitySystem system, String document) {
        int inside = document.indexOf('{') + 1;
        return "{\"head\":" + system.head().toJson() + "," + document.substring(inside);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private void write(String name, String text) throws IOException {
        Files.write(out.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
