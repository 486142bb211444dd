package zeren;

import java.util.List;
import java.util.Map;

/** A call was refused; the state is as it was before. The message has a line a finding, in Chinese and English. */
public class ZerenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String json;

    ZerenException(int status, String json) {
        super(message(json));
        this.status = status;
        this.json = json;
    }

    /** The number of {@code include/zeren.h}, for example 11 for what is impossible in this state. */
    public int status() {
        return status;
    }

    /** The same as a word, for example {@code refused}. */
    public String kind() {
        return String.valueOf(told(json).get("kind"));
    }

    /** The stable code of the first finding, for example {@code act.unknown_reference}; the kind when there is none. */
    public String code() {
        List<Finding> findings = findings();
        return findings.isEmpty() ? kind() : findings.get(0).code();
    }

    /** JSON pointer (RFC 6901) of the first finding into the document that was handed in; null when it has none. */
    public String pointer() {
        List<Finding> findings = findings();
        return findings.isEmpty() ? null : findings.get(0).pointer();
    }

    /** Every reason, all problems of a document at once. */
    public List<Finding> findings() {
        return findings(json);
    }

    /** The whole error as the library tells it: an object with {@code kind}, {@code status}, {@code findings}. */
    public String json() {
        return json;
    }

    private static List<Finding> findings(String json) {
        return Finding.all(told(json).get("findings"));
    }

    private static Map<?, ?> told(String json) {
        return (Map<?, ?>) Json.parse(json);
    }

    private static String message(String json) {
        StringBuilder lines = new StringBuilder();
        for (Finding finding : findings(json)) {
            lines.append(lines.length() == 0 ? "" : "\n").append(finding);
        }
        return lines.toString();
    }
}
