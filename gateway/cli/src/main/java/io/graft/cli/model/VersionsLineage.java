package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.Lineage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "lineage", description = "Show what a version derives from and what derives from it.")
final class VersionsLineage implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "MODEL/NUMBER, MODEL@ALIAS or a full name")
    String version = "";

    @Option(names = "--depth", paramLabel = "N", description = "steps in each direction, 20 at most (default 5)")
    int depth;

    private final Invocation invocation;

    VersionsLineage(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Lineage lineage = invocation
                .services()
                .registry()
                .getLineage(GetLineageRequest.newBuilder()
                        .setName(Versions.nameOf(invocation, version))
                        .setDepth(depth)
                        .build());
        invocation.output().result(lineage, out -> out.print(LineageTree.draw(lineage)));
        return ExitCode.OK.value();
    }
}
