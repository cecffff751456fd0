package io.graft.cli.file;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Creation;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Upload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft upload}. */
@Command(
        name = "upload",
        description =
                "Upload a folder in Hugging Face layout as a new version of a model, which is created when absent."
                        + " Run again to go on after an interruption.")
public final class UploadCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "holds config.json, *.safetensors, tokenizer files")
    Path folder = Path.of("");

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "the model that gets the version")
    String model = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (default full)")
    VersionKind kind = VersionKind.FULL;

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "leave out files whose path matches, like '*.bin'; may be repeated")
    List<String> exclude = new ArrayList<>();

    @Mixin
    Creation creation = new Creation();

    private final Invocation invocation;

    UploadCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CreateUploadRequest draft = creation.fill(CreateUploadRequest.newBuilder()
                        .setParent(invocation.names().model(model))
                        .setKind(kind.kind()))
                .build();
        Upload upload = new ModelUpload(invocation).run(FolderScan.scan(folder, exclude), draft, "");
        invocation.output().result(upload, out -> UploadText.print(upload, out));
        return ExitCode.OK.value();
    }
}
