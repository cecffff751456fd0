package io.graft.cli.file;

import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.v1.Upload;
import java.io.PrintStream;

/** An upload as people read it. */
public final class UploadText {
    private UploadText() {}

    public static void print(Upload upload, PrintStream out) {
        new Fields()
                .add("version", upload.getVersion())
                .add("digest", upload.getDigest())
                .add("state", Figures.name(upload.getState(), "UPLOAD_STATE_"))
                .add("upload", upload.getName().isEmpty() ? "(only checked, or nothing to send)" : upload.getName())
                .print(out);
    }
}
