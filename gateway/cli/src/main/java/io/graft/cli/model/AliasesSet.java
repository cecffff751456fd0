package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Alias;
import io.graft.v1.SetAliasRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set", description = "Create an alias or move it: graft aliases set bge-small-en@base bge-small-en/3")
final class AliasesSet implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ALIAS", description = "MODEL@ALIAS")
    String alias = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "the version it is to name; may be an alias itself")
    String version = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the alias moved since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check")
    boolean validateOnly;

    private final Invocation invocation;

    AliasesSet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Alias set = invocation
                .services()
                .registry()
                .setAlias(SetAliasRequest.newBuilder()
                        .setAlias(Alias.newBuilder()
                                .setName(invocation.names().alias(alias))
                                .setVersion(Versions.nameOf(invocation, version))
                                .setEtag(etag))
                        .setValidateOnly(validateOnly)
                        .build());
        invocation.output().result(set, out -> ModelText.print(set, out));
        return ExitCode.OK.value();
    }
}
