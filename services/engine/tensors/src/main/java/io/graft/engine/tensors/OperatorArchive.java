package io.graft.engine.tensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive that libtorch loads as a TorchScript module without attributes: a zip of stored entries with the module's
 * pickle, its code and the format's version.
 */
final class OperatorArchive {
    private static final String HEAD = "class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n";

    /** Protocol 2: the global {@code __torch__.Ops} made with no arguments, with an empty dictionary as its state. */
    private static final String MODULE = "\u0080\u0002c__torch__\nOps\n)\u0081}b.";

    /** Protocol 2: the empty tuple of constants. */
    private static final String CONSTANTS = "\u0080\u0002).";

    private OperatorArchive() {}

    /**
     * The archive's bytes.
     *
     * @param methods TorchScript methods in the form of an exported module, each indented by two spaces
     */
    static byte[] of(String methods) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "ops/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "ops/code/__torch__.py", (HEAD + methods).getBytes(StandardCharsets.UTF_8));
            put(zip, "ops/constants.pkl", CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            put(zip, "ops/version", "10\n".getBytes(StandardCharsets.UTF_8));
            put(zip, "ops/byteorder", "little".getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
