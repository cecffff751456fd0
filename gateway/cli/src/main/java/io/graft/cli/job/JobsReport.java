package io.graft.cli.job;

import com.google.gson.JsonObject;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.file.DownloadedFile;
import io.graft.cli.file.VerifiedDownload;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.CreateReportDownloadRequest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Show links to the report of a job that measured something or pruned a data set, or download it, each file"
                    + " verified.",
            "A model tells about itself on its card: graft download."
        })
final class JobsReport implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JOB", description = "the job's id or full name")
    String job = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            arity = "0..1",
            description = "folder for the files; only links without")
    @Nullable
    Path folder;

    @Option(names = "--overwrite", description = "replace files of the same name and another content")
    boolean overwrite;

    private final Invocation invocation;

    JobsReport(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String name = invocation.names().job(job);
        if (folder == null) {
            CreateDownloadResponse links = ask(name);
            invocation.output().result(links, out -> print(links, out));
        } else {
            download(name, folder);
        }
        return ExitCode.OK.value();
    }

    private CreateDownloadResponse ask(String name) {
        return invocation
                .services()
                .jobs()
                .createReportDownload(
                        CreateReportDownloadRequest.newBuilder().setName(name).build());
    }

    private void download(String name, Path into) {
        List<DownloadedFile> files = new VerifiedDownload(invocation).run(() -> ask(name), into, overwrite);
        JsonObject json = new JsonObject();
        json.addProperty("job", name);
        json.addProperty("directory", into.toAbsolutePath().normalize().toString());
        json.add("files", DownloadedFile.json(files));
        invocation.output().result(json, out -> {
            DownloadedFile.print(files, out);
            out.println(
                    "The report of " + name + " is in " + into.toAbsolutePath().normalize());
        });
    }

    private static void print(CreateDownloadResponse links, PrintStream out) {
        Table table = new Table("FILE", "SIZE", "LINK");
        links.getFilesList().forEach(file -> table.row(file.getPath(), Figures.bytes(file.getSize()), file.getUrl()));
        table.print(out);
        out.println("The links end at " + Figures.time(links.getExpireTime()));
    }
}
