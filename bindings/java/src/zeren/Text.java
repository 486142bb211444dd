package zeren;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Text across the border: UTF-8 whatever {@code file.encoding} says, and never changed on the way. */
final class Text {
    private Text() {}

    /** Text in. {@code String.getBytes} would write a question mark for half of a surrogate pair; this refuses it. */
    static byte[] bytes(CharSequence text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException halfAPair) {
            throw new IllegalArgumentException(
                    "half of a surrogate pair at " + halfOfAPair(text) + ": the text was cut within a character", halfAPair);
        }
    }

    private static int halfOfAPair(CharSequence text) {
        int at = 0;
        while (at < text.length()) {
            int point = Character.codePointAt(text, at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** Text out: copied, then freed. */
    static String take(long[] text) {
        return new String(takeBytes(text), StandardCharsets.UTF_8);
    }

    /** The bytes of a file out: copied, then freed. */
    static byte[] takeBytes(long[] text) {
        try {
            if (text[1] > Integer.MAX_VALUE) {
                throw new IllegalStateException("a text of " + text[1] + " bytes is longer than a Java array");
            }
            return new Pointer(text[0]).getByteArray(0, (int) text[1]);
        } finally {
            Native.zeren_text_free(text);
        }
    }

    /** Stored lines as one text, each ended by a line feed whether it came with one or not. */
    static byte[] lines(Iterable<String> lines) {
        StringBuilder all = new StringBuilder();
        for (String line : lines) {
            all.append(line);
            if (!line.endsWith("\n")) {
                all.append('\n');
            }
        }
        return bytes(all);
    }

    /** The lines of a text. Only a line feed ends one. */
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }
}
