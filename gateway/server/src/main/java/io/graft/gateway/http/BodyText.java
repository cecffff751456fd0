package io.graft.gateway.http;

import io.graft.gateway.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a request body. */
final class BodyText {
    private BodyText() {}

    /**
     * Decodes a body; empty when there is none.
     *
     * @throws ProblemException with status 400 when it is not UTF-8
     */
    static String of(@Nullable Buffer body) {
        if (body == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ProblemException.invalid("the body is not UTF-8", e);
        }
    }
}
