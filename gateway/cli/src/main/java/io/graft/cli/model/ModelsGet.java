package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetModelRequest;
import io.graft.v1.Model;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show one model.")
final class ModelsGet implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "the model's id or full name")
    String model = "";

    private final Invocation invocation;

    ModelsGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Model found = invocation
                .services()
                .registry()
                .getModel(GetModelRequest.newBuilder()
                        .setName(invocation.names().model(model))
                        .build());
        invocation.output().result(found, out -> ModelText.print(found, out));
        return ExitCode.OK.value();
    }
}
