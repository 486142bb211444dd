package zeren;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One thing that the library found. Codes are stable and may be compared; sentences are for people and may change. */
public final class Finding {
    private final Map<?, ?> told;

    Finding(Map<?, ?> told) {
        this.told = told;
    }

    /** The findings of an array that was parsed. */
    static List<Finding> all(Object array) {
        List<Finding> findings = new ArrayList<>();
        for (Object finding : (List<?>) array) {
            findings.add(new Finding((Map<?, ?>) finding));
        }
        return Collections.unmodifiableList(findings);
    }

    /** Stable code, for example {@code document.unknown_field}. */
    public String code() {
        return text("code");
    }

    /** {@code error}, {@code warning} or {@code notice}. */
    public String severity() {
        return text("severity");
    }

    /** JSON pointer into the document that was handed in; null when it is not about a place. */
    public String pointer() {
        return text("pointer");
    }

    /** Host id of what it is about; null when it is not about a thing. */
    public String subject() {
        return text("subject");
    }

    /** The sentence in Chinese. */
    public String zh() {
        return text("zh");
    }

    /** The sentence in English. */
    public String en() {
        return text("en");
    }

    /** The rule that asks for it; null when no rule set gives one. */
    public String basis() {
        return text("basis");
    }

    @Override
    public String toString() {
        return "[" + code() + "] " + (pointer() == null ? "" : pointer() + " ") + zh() + " / " + en();
    }

    private String text(String name) {
        Object value = told.get(name);
        return value == null ? null : value.toString();
    }
}
