package zeren;

/** A paper (文书) in its three forms, all of one state of the ledger. {@link ResponsibilitySystem#paper} makes it. */
public final class Paper {
    private final String data;
    private final String markdown;
    private final String html;

    Paper(String data, String markdown, String html) {
        this.data = data;
        this.markdown = markdown;
        this.html = html;
    }

    /**
     * Its parts as JSON, for a template of your own: {@code kind}, {@code title}, {@code parts} and, where they apply,
     * {@code number}, {@code to}, {@code issuer}, {@code date}, {@code note}.
     */
    public String data() {
        return data;
    }

    /** The same as text. */
    public String markdown() {
        return markdown;
    }

    /** One page that holds all it needs, runs no script and prints on A4. */
    public String html() {
        return html;
    }

    @Override
    public String toString() {
        return markdown;
    }
}
