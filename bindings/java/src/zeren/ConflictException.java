package zeren;

/** The ledger has moved on: roll back, follow the new lines, then prepare again. */
public final class ConflictException extends ZerenException {
    private static final long serialVersionUID = 1L;

    ConflictException(String json) {
        super(12, json);
    }
}
