package io.graft.cli.dataset;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Creation;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.name.Names;
import io.graft.v1.CreateDatasetRequest;
import io.graft.v1.Dataset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create an empty data set.")
final class DatasetsCreate implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "id: lower-case letters, digits, '.', '_' and '-', 63 at most")
    String dataset = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "for people")
    String description = "";

    @Mixin
    Creation creation = new Creation();

    private final Invocation invocation;

    DatasetsCreate(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Dataset created = invocation
                .services()
                .registry()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setParent(invocation.names().tenant())
                        .setDatasetId(Names.id(invocation.names().dataset(dataset)))
                        .setDataset(
                                Dataset.newBuilder().setDescription(description).putAllLabels(creation.labels()))
                        .setRequestId(creation.requestId())
                        .setValidateOnly(creation.validateOnly())
                        .build());
        invocation.output().result(created, out -> DatasetText.print(created, out));
        return ExitCode.OK.value();
    }
}
