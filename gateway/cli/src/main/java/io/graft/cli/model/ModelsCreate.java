package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Creation;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.name.Names;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.Model;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Create an empty model.")
final class ModelsCreate implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "id: lower-case letters, digits, '.', '_' and '-', 63 at most")
    String model = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "for people")
    String description = "";

    @Mixin
    Creation creation = new Creation();

    private final Invocation invocation;

    ModelsCreate(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Model created = invocation
                .services()
                .registry()
                .createModel(CreateModelRequest.newBuilder()
                        .setParent(invocation.names().tenant())
                        .setModelId(Names.id(invocation.names().model(model)))
                        .setModel(Model.newBuilder().setDescription(description).putAllLabels(creation.labels()))
                        .setRequestId(creation.requestId())
                        .setValidateOnly(creation.validateOnly())
                        .build());
        invocation.output().result(created, out -> ModelText.print(created, out));
        return ExitCode.OK.value();
    }
}
