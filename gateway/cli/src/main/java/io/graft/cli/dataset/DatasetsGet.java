package io.graft.cli.dataset;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetDatasetRequest;
import io.graft.v1.GetDatasetVersionRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show one data set, or one version of it with its files and digests.")
final class DatasetsGet implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET[/NUMBER]", description = "a data set, a version of one, or a full name")
    String name = "";

    private final Invocation invocation;

    DatasetsGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (name.matches(".*/[0-9]+")) {
            DatasetVersion version = invocation
                    .services()
                    .registry()
                    .getDatasetVersion(GetDatasetVersionRequest.newBuilder()
                            .setName(invocation.names().datasetVersion(name))
                            .build());
            invocation.output().result(version, out -> DatasetText.print(version, out));
        } else {
            Dataset dataset = invocation
                    .services()
                    .registry()
                    .getDataset(GetDatasetRequest.newBuilder()
                            .setName(invocation.names().dataset(name))
                            .build());
            invocation.output().result(dataset, out -> DatasetText.print(dataset, out));
        }
        return ExitCode.OK.value();
    }
}
