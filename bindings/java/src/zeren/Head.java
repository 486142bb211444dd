package zeren;

import java.util.Map;

/** Where a ledger ends: the position of its last line, 0 when it has none, and that line's SM3 digest. */
public final class Head {
    private final long position;
    private final String digest;

    /** A head as a database shows it. */
    public Head(long position, String digest) {
        this.position = position;
        this.digest = digest;
    }

    static Head parse(String json) {
        Map<?, ?> told = (Map<?, ?>) Json.parse(json);
        return new Head(((Number) told.get("position")).longValue(), told.get("digest").toString());
    }

    /** The position of the last line, from 1; 0 for an empty ledger. */
    public long position() {
        return position;
    }

    /** 64 hexadecimal digits; zeros for an empty ledger. */
    public String digest() {
        return digest;
    }

    /** The head as a request wants it. */
    public String toJson() {
        return "{\"position\":" + position + ",\"digest\":" + Json.quote(digest) + "}";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Head && ((Head) other).position == position && ((Head) other).digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return position + " " + digest;
    }
}
