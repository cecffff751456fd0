package io.graft.cli.dataset;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.file.FileUpload;
import io.graft.cli.file.FolderScan;
import io.graft.cli.file.UploadText;
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

@Command(
        name = "upload",
        description = "Upload a folder as a new version of a data set. Run again to go on after an interruption.")
final class DatasetsUpload implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "the data files")
    Path folder = Path.of("");

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "DATASET",
            description = "the data set that gets the version; it must exist")
    String dataset = "";

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "leave out files whose path matches; may be repeated")
    List<String> exclude = new ArrayList<>();

    @Mixin
    Creation creation = new Creation();

    private final Invocation invocation;

    DatasetsUpload(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CreateUploadRequest draft = creation.fill(CreateUploadRequest.newBuilder()
                        .setParent(invocation.names().dataset(dataset)))
                .build();
        Upload upload = new FileUpload(invocation).run(FolderScan.scan(folder, exclude), draft);
        invocation.output().result(upload, out -> UploadText.print(upload, out));
        return ExitCode.OK.value();
    }
}
