package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Alias;
import io.graft.v1.GetAliasRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show which version an alias names.")
final class AliasesGet implements Callable<Integer> {
    @Parameters(paramLabel = "ALIAS", description = "MODEL@ALIAS")
    String alias = "";

    private final Invocation invocation;

    AliasesGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Alias found = invocation
                .services()
                .registry()
                .getAlias(GetAliasRequest.newBuilder()
                        .setName(invocation.names().alias(alias))
                        .build());
        invocation.output().result(found, out -> ModelText.print(found, out));
        return ExitCode.OK.value();
    }
}
