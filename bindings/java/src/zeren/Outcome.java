package zeren;

import com.sun.jna.Pointer;

/** What a call said: nothing, or why it was refused. */
final class Outcome {
    private static final int OK = 0;
    private static final int CONFLICT = 12;

    private Outcome() {}

    /** Throws unless the status is OK. */
    static void check(int status, long[] error) {
        if (status == OK) {
            return;
        }
        String told = "{\"kind\":\"internal\",\"findings\":[]}";
        if (error[0] != 0) {
            Pointer pointer = new Pointer(error[0]);
            try {
                long[] text = new long[2];
                if (Native.zeren_error_json(pointer, text) == OK) {
                    told = Text.take(text);
                }
            } finally {
                Native.zeren_error_free(pointer);
            }
        }
        throw status == CONFLICT ? new ConflictException(told) : new ZerenException(status, told);
    }

    /** A call that gives text. */
    interface Asking {
        int call(long[] text, long[] error);
    }

    static String text(Asking asking) {
        return Text.take(given(asking));
    }

    /** What is a file and no text. */
    static byte[] bytes(Asking asking) {
        return Text.takeBytes(given(asking));
    }

    private static long[] given(Asking asking) {
        long[] text = new long[2];
        long[] error = new long[1];
        check(asking.call(text, error), error);
        return text;
    }

    /** A call that gives nothing but its outcome. */
    interface Doing {
        int call(long[] error);
    }

    static void done(Doing doing) {
        long[] error = new long[1];
        check(doing.call(error), error);
    }
}
