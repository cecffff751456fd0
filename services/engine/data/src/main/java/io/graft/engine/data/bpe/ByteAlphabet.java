package io.graft.engine.data.bpe;

import java.nio.charset.StandardCharsets;

/**
 * A printable character for each byte, as in GPT-2's encoder: those that are printable in Latin-1 stand for themselves,
 * the others, in their order, for the characters from U+0100 on.
 */
final class ByteAlphabet {
    private static final char[] CHARACTERS = characters();

    private ByteAlphabet() {}

    /** All 256 in the order of the bytes. */
    static String all() {
        return new String(CHARACTERS);
    }

    /** The UTF-8 bytes of a text, a character each. */
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        char[] characters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            characters[i] = CHARACTERS[Byte.toUnsignedInt(bytes[i])];
        }
        return new String(characters);
    }

    private static char[] characters() {
        char[] characters = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters[b] = printable ? (char) b : next++;
        }
        return characters;
    }
}
