package zeren;

import com.sun.jna.Pointer;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Native.java declares what the header does: every function, its result, and the number and kinds of its arguments. JNA sees no
 * header: a declaration that has fallen behind would pass garbage without a word.
 */
final class Header {
    private static final Pattern FUNCTION =
            Pattern.compile("ZEREN_API\\s+(?:ZEREN_CHECK\\s+)?(\\w+)\\s+(zeren_\\w+)\\(([^)]*)\\)");

    private Header() {}

    static void check() throws Exception {
        String header = Repository.text("include/zeren.h");
        List<String> differences = differences(declared(header), declared(Native.class));
        Checks.that(differences.isEmpty(), String.join("\n", differences));
        thisFails(header);
        Checks.that(header.contains("#define ZEREN_VERSION \"" + Zeren.version() + "\""), "another version");
        Checks.that(header.contains("#define ZEREN_ABI_VERSION " + Loader.ABI + "\n"), "another ABI");
        Checks.that(Native.zeren_abi_version() == Loader.ABI, "the library has another ABI");
        everyFunctionIsReached();
    }

    /** The comparison sees a function that came, one that went, one argument less, and each kind that became another. */
    private static void thisFails(String header) {
        Map<String, String> natives = declared(Native.class);
        String[][] changes = {
            {"zeren_year_free(struct zeren_year *year)", "zeren_year_gone(struct zeren_year *year)"},
            {"int32_t zeren_text_check(const char *data,\n                         size_t len,",
                "int32_t zeren_text_check(const char *data,"},
            {"void zeren_text_free(", "int32_t zeren_text_free("},
            {"const int32_t *cohorts", "const int64_t *cohorts"},
            {"int64_t *out_done", "int32_t *out_done"},
            {"int32_t places", "int64_t places"},
            {"size_t position", "const struct zeren_text *position"},
            {"const struct zeren_prepared *prepared,\n                           struct zeren_error **error);\n\n// Leaves",
                "struct zeren_prepared **prepared,\n                           struct zeren_error **error);\n\n// Leaves"},
            {"const char *table,", "const struct zeren_scheme *table,"},
        };
        for (String[] change : changes) {
            String changed = header.replace(change[0], change[1]);
            Checks.that(!changed.equals(header), "the header has no " + change[0]);
            boolean renamed = change[1].contains("_gone(");
            int found = differences(declared(changed), natives).size();
            Checks.that(found == (renamed ? 2 : 1), found + " differences after " + change[1]);
        }
        Map<String, String> without = declared(header);
        without.remove("zeren_schema");
        Checks.that(differences(without, natives).size() == 1, "a function that the header does not have is not seen");
    }

    private static List<String> differences(Map<String, String> header, Map<String, String> natives) {
        Map<String, String> all = new TreeMap<>(header);
        all.putAll(natives);
        List<String> differences = new ArrayList<>();
        for (String name : all.keySet()) {
            String wanted = header.get(name);
            String found = natives.get(name);
            if (wanted == null || !wanted.equals(found)) {
                differences.add(name + ": the header has " + wanted + ", Native.java " + found);
            }
        }
        return differences;
    }

    /** The functions of a header: name, and what Java has to declare. */
    private static Map<String, String> declared(String header) {
        StringBuilder code = new StringBuilder();
        for (String line : header.substring(header.indexOf("*/")).split("\n")) {
            if (!line.trim().startsWith("//") && !line.trim().startsWith("#")) {
                code.append(line).append('\n');
            }
        }
        Map<String, String> functions = new TreeMap<>();
        Matcher matcher = FUNCTION.matcher(code);
        while (matcher.find()) {
            List<String> kinds = new ArrayList<>();
            for (String parameter : matcher.group(3).split(",")) {
                if (!parameter.trim().equals("void")) {
                    kinds.add(kind(parameter));
                }
            }
            functions.put(matcher.group(2), result(matcher.group(1)) + kinds);
        }
        return functions;
    }

    private static String result(String declared) {
        return declared.equals("int32_t") ? "int" : declared;
    }

    /** The Java type of a parameter: its name is taken off, const and struct say nothing. */
    private static String kind(String parameter) {
        String type = parameter.trim().replaceAll("\\w+$", "").replaceAll("\\b(const|struct)\\b", "").replaceAll("\\s", "");
        switch (type) {
            case "size_t":
                return "long";
            case "int32_t":
                return "int";
            case "char*":
            case "uint8_t*":
                return "byte[]";
            case "int32_t*":
                return "int[]";
            case "int64_t*":
            case "zeren_text*":
                return "long[]";
            default:
                if (type.matches("zeren_\\w+\\*\\*")) {
                    return "long[]";
                }
                return type.matches("zeren_\\w+\\*") ? "Pointer" : "no Java type for " + type;
        }
    }

    private static Map<String, String> declared(Class<?> natives) {
        Map<String, String> functions = new TreeMap<>();
        for (Method method : natives.getDeclaredMethods()) {
            List<String> kinds = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                kinds.add(type == Pointer.class ? "Pointer" : type.getSimpleName());
            }
            if (functions.put(method.getName(), method.getReturnType().getSimpleName() + kinds) != null) {
                throw new AssertionError(method.getName() + " is declared twice");
            }
        }
        return functions;
    }

    /** A function that no class calls is one that no caller has. */
    private static void everyFunctionIsReached() {
        StringBuilder sources = new StringBuilder();
        Repository.listed("bindings/java/src/zeren", ".java").forEach(path -> sources.append(Repository.text(path)));
        for (String name : declared(Native.class).keySet()) {
            // The loader asks for the ABI before anything is declared; messages are made of findings.
            boolean other = name.equals("zeren_abi_version") || name.equals("zeren_error_message");
            boolean reached = Pattern.compile("Native(\\.|::)" + name + "\\b").matcher(sources).find();
            Checks.that(reached || other, "no class calls " + name);
        }
    }
}
