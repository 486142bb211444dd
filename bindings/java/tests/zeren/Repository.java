package zeren;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Files of the repository: the header, the first case, and what Rust recorded. It is the folder that {@code
 * -Dzeren.repository=} names, else the nearest one around the working directory that has the header.
 */
final class Repository {
    private static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        String named = System.getProperty("zeren.repository");
        Path folder = Paths.get(named == null ? "" : named).toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("include/zeren.h"))) {
            folder = folder.getParent();
            if (folder == null || named != null) {
                throw new IllegalStateException("no include/zeren.h around here; say -Dzeren.repository=");
            }
        }
        return folder;
    }

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        return text(path(name));
    }

    static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<String> lines(String name) {
        return Arrays.asList(text(name).split("\n"));
    }

    static Map<?, ?> document(String name) {
        return (Map<?, ?>) Json.parse(text(name));
    }

    /** The files of a folder with this ending, in the order of their names. */
    static List<Path> listed(String folder, String ending) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path(folder), "*" + ending)) {
            found.forEach(files::add);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Collections.sort(files);
        return files;
    }

    /** JSON of what was parsed. */
    static String written(Object value) {
        if (value instanceof Map) {
            List<String> members = new ArrayList<>();
            ((Map<?, ?>) value).forEach((name, inner) -> members.add(Json.quote(name.toString()) + ":" + written(inner)));
            return "{" + String.join(",", members) + "}";
        }
        if (value instanceof List) {
            List<String> items = new ArrayList<>();
            ((List<?>) value).forEach(item -> items.add(written(item)));
            return "[" + String.join(",", items) + "]";
        }
        if (value instanceof String) {
            return Json.quote((String) value);
        }
        return value instanceof BigDecimal ? ((BigDecimal) value).toPlainString() : String.valueOf(value);
    }
}
