package io.graft.cli;

import com.google.gson.JsonObject;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the release of this command and of the JDK that runs it.")
final class VersionCommand implements Callable<Integer> {
    private final Invocation invocation;

    VersionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JsonObject json = new JsonObject();
        json.addProperty("version", release());
        json.addProperty("java", Runtime.version().toString());
        invocation
                .output()
                .result(json, out -> out.println("graft " + release() + " (Java " + Runtime.version() + ")"));
        return ExitCode.OK.value();
    }

    static String release() {
        String release = VersionCommand.class.getPackage().getImplementationVersion();
        return release == null ? "development" : release;
    }
}
