package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.ListTensorsResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "tensors", description = "List a version's tensors by name.")
final class VersionsTensors implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "MODEL/NUMBER, MODEL@ALIAS or a full name")
    String version = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    VersionsTensors(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListTensorsRequest request = ListTensorsRequest.newBuilder()
                .setParent(Versions.nameOf(invocation, version))
                .setPageSize(paging.pageSize())
                .build();
        ListTensorsResponse tensors = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listTensors(request.toBuilder().setPageToken(token).build()),
                ListTensorsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearTensors()
                        .addAllTensors(first.getTensorsList())
                        .addAllTensors(second.getTensorsList())
                        .build());
        invocation.output().result(tensors, out -> {
            Table table = new Table("TENSOR", "DTYPE", "SHAPE", "FILE");
            tensors.getTensorsList().forEach(t -> table.row(t.getName(), t.getDtype(), t.getShapeList(), t.getFile()));
            table.print(out);
        });
        Listing.note(invocation, tensors.getTensorsCount(), "tensors", tensors.getNextPageToken());
        return ExitCode.OK.value();
    }
}
