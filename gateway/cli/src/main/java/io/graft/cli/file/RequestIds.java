package io.graft.cli.file;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Request ids that follow from what is asked, so that asking again after a crash is the same request. */
public final class RequestIds {
    private static final int DIGITS = 32;

    private RequestIds() {}

    /** {@code prefix-{hex}}, equal for equal messages. */
    public static String of(String prefix, Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
        stream.useDeterministicSerialization();
        try {
            message.writeTo(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MessageDigest digest = Digests.sha256();
        return prefix + "-" + HexFormat.of().formatHex(digest.digest(bytes)).substring(0, DIGITS);
    }
}
