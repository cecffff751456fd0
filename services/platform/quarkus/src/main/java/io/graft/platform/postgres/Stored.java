package io.graft.platform.postgres;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Messages that this service stored itself. */
final class Stored {
    private Stored() {}

    static <T extends Message> T parse(Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw damaged(e);
        }
    }

    /** Messages one after the other, each with its length before it. */
    static byte[] join(List<? extends Message> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message message : messages) {
            try {
                message.writeDelimitedTo(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes.toByteArray();
    }

    /** The reverse of {@link #join}. */
    static <T extends Message> List<T> split(Parser<T> parser, byte[] bytes) {
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        List<T> messages = new ArrayList<>();
        while (stream.available() > 0) {
            try {
                messages.add(parser.parseDelimitedFrom(stream));
            } catch (InvalidProtocolBufferException e) {
                throw damaged(e);
            }
        }
        return messages;
    }

    private static IllegalStateException damaged(InvalidProtocolBufferException cause) {
        return new IllegalStateException("A stored message is not readable; the database was damaged", cause);
    }
}
