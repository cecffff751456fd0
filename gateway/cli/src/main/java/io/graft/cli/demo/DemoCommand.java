package io.graft.cli.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.ProblemJson;
import io.graft.cli.failure.Problems;
import io.graft.cli.file.VerifiedDownload;
import io.graft.cli.invocation.Endpoints;
import io.graft.cli.invocation.Home;
import io.graft.cli.invocation.Interruption;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.model.Versions;
import io.graft.cli.stack.StackProcess;
import io.graft.cli.stack.StackState;
import io.graft.cli.terminal.OutputFormat;
import io.graft.v1.CreateDownloadRequest;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.Lineage;
import io.graft.v1.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft demo}. */
@Command(
        name = "demo",
        description =
                "Move a real fine-tuning to a new base: starts the stack if it is not up, fine-tunes bge-small-en on film"
                        + " reviews, grafts the update onto bge-small-en-v1.5, and shows what it is worth there. Takes some"
                        + " minutes. Run it again: it makes no duplicate.")
public final class DemoCommand implements Callable<Integer> {
    private static final String DIAGNOSTICS = "graft/diagnostics.json";

    @Option(names = "--lambda", paramLabel = "X", description = "strength of the update, -2 to 4 (default 1)")
    double lambda = 1;

    private final Invocation invocation;
    private final long start = System.nanoTime();

    DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        try (Interruption interruption = invocation.onInterrupt(
                "Run it again: it goes on where it stopped. The stack, if it is up, stays up.")) {
            DemoResult result = run();
            invocation.output().result(result.json(), out -> DemoReport.print(result, out));
            return ExitCode.OK.value();
        } catch (RuntimeException | IOException e) {
            if (invocation.output().format() == OutputFormat.JSON) {
                JsonObject failed = new JsonObject();
                failed.addProperty("status", "FAILED");
                failed.add("error", ProblemJson.of(Problems.of(e)));
                failed.addProperty("seconds", seconds());
                invocation.output().document(failed);
            }
            throw e;
        }
    }

    private DemoResult run() throws IOException {
        Endpoints endpoints = stack();
        DemoStory.End end = new DemoStory(invocation, lambda).tell();
        ModelVersion version = Versions.find(invocation, end.graft().getOutputs(0));
        Lineage lineage = invocation
                .services()
                .registry()
                .getLineage(GetLineageRequest.newBuilder()
                        .setName(version.getName())
                        .build());
        return new DemoResult(
                end,
                version,
                lineage,
                Movement.top(diagnostics(version)),
                DemoPlaces.of(endpoints, version),
                seconds());
    }

    /** The stack of this machine, started if it is not up; another one when an endpoint is given. */
    private Endpoints stack() {
        Home home = invocation.home();
        if (invocation.hasEndpoint()) {
            return new Endpoints(new JsonObject());
        }
        if (!(StackState.of(home) instanceof StackState.Ready)) {
            invocation
                    .output()
                    .note("Starting the stack in " + home.root() + ". It stays up; stop it with: graft down");
        }
        return new StackProcess(invocation).startDetached(0).endpoints();
    }

    private JsonObject diagnostics(ModelVersion version) throws IOException {
        Path folder = invocation
                .home()
                .cache()
                .resolve("diagnostics")
                .resolve(version.getDigest().replace(':', '-'));
        CreateDownloadRequest wanted = CreateDownloadRequest.newBuilder()
                .setName(version.getName())
                .addPaths(DIAGNOSTICS)
                .build();
        new VerifiedDownload(invocation)
                .run(() -> invocation.services().registry().createDownload(wanted), folder, true);
        return JsonParser.parseString(Files.readString(folder.resolve(DIAGNOSTICS)))
                .getAsJsonObject();
    }

    private double seconds() {
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }
}
