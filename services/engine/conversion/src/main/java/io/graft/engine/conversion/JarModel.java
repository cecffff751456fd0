package io.graft.engine.conversion;

import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Takes the ONNX file and the tokenizer out of a jar. Names in the jar never become paths. */
final class JarModel {
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private JarModel() {}

    static void extract(Path jar, Path onnx, Path tokenizer) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            copy(zip, only(zip, jar, ".onnx"), onnx);
            copy(zip, only(zip, jar, "tokenizer.json"), tokenizer);
        }
    }

    private static ZipEntry only(ZipFile zip, Path jar, String suffix) {
        List<ZipEntry> entries = zip.stream()
                .map(entry -> (ZipEntry) entry)
                .filter(entry ->
                        !entry.getName().contains("/") && entry.getName().endsWith(suffix))
                .toList();
        if (entries.size() != 1) {
            throw new ImportException(
                    ImportProblem.JAR_CONTENT,
                    jar.toString(),
                    "there are " + entries.size() + " files *" + suffix + " at its root, not one",
                    "Give a jar with one ONNX model and its tokenizer");
        }
        return entries.getFirst();
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path into) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(into)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                copied += count;
                if (copied > MOST_BYTES) {
                    throw new ImportException(
                            ImportProblem.JAR_CONTENT, zip.getName(), "it unpacks to over 2 GiB", "Check the jar");
                }
                out.write(buffer, 0, count);
            }
        }
    }
}
