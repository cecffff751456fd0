package io.graft.gateway.route;

import io.graft.gateway.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding, once and strictly: a malformed escape or malformed UTF-8 is refused, not replaced. */
public final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes one path segment, or one key or value of a query.
     *
     * @param plusIsSpace as in a query; in a path {@code +} is itself
     * @throws ProblemException with status 400 when {@code text} is not well-formed
     */
    public static String decode(String text, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(octet(text, i));
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            } else {
                throw malformed(text);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid(message(text), e);
        }
    }

    private static int octet(String text, int percent) {
        if (percent + 2 >= text.length()) {
            throw malformed(text);
        }
        int high = Character.digit(text.charAt(percent + 1), 16);
        int low = Character.digit(text.charAt(percent + 2), 16);
        if (high < 0 || low < 0) {
            throw malformed(text);
        }
        return high << 4 | low;
    }

    private static ProblemException malformed(String text) {
        return ProblemException.invalid(message(text));
    }

    private static String message(String text) {
        return "'" + text + "' in the URL is not percent-encoded UTF-8; encode each byte as %XX";
    }
}
