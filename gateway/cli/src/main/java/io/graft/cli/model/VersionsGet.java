package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.ModelVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show one version with its files and digests.")
final class VersionsGet implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "MODEL/NUMBER, MODEL@ALIAS or a full name")
    String version = "";

    private final Invocation invocation;

    VersionsGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ModelVersion found = Versions.find(invocation, version);
        invocation.output().result(found, out -> VersionText.print(found, out));
        return ExitCode.OK.value();
    }
}
