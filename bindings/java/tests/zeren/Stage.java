package zeren;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An assessment that has come so far: files of acts under tests/cases, entered one after another, as tests/stage does it in Rust.
 * Acts that carry a sheet or its digest are not for this one: {@link #holds} says so.
 */
final class Stage implements AutoCloseable {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2024-12-31T09:00:00+08:00");

    final ResponsibilitySystem system = ResponsibilitySystem.empty("示例新区");
    final Map<String, Scheme> schemes = new LinkedHashMap<>();

    /** The file of a name, which stands beside that of another unless it is a path. */
    private static String file(String folder, String name) {
        return name.contains("/") ? name : folder + "/" + name;
    }

    /** Whether nothing of a file, and of those before it, has to be computed first. */
    static boolean holds(String folder, String name) {
        String file = file(folder, name);
        Map<?, ?> document = Repository.document("tests/cases/" + file + ".json");
        Object before = document.get("after");
        return plain(document) && (before == null || holds(file.substring(0, file.lastIndexOf('/')), before.toString()));
    }

    static boolean plain(Map<?, ?> document) {
        String text = Repository.written(document);
        return !text.contains("\"<scored>\"") && !text.contains("\"<digest>\"");
    }

    void enter(String folder, String name) {
        String file = file(folder, name);
        Map<?, ?> document = Repository.document("tests/cases/" + file + ".json");
        if (document.get("after") != null) {
            enter(file.substring(0, file.lastIndexOf('/')), document.get("after").toString());
        }
        if (document.get("schemes") != null) {
            for (Object scheme : (List<?>) document.get("schemes")) {
                Scheme parsed = Scheme.parse(Repository.written(scheme));
                schemes.put(((Map<?, ?>) scheme).get("id").toString(), parsed);
            }
        }
        take((List<?>) document.get("acts"));
    }

    void take(List<?> acts) {
        for (Object act : acts) {
            String one = "[" + Repository.written(act) + "]";
            try (Prepared prepared = system.prepare(system.head(), TIME, "录入员-1", one)) {
                system.commit(prepared);
            }
        }
    }

    @Override
    public void close() {
        schemes.values().forEach(Scheme::close);
        system.close();
    }
}
