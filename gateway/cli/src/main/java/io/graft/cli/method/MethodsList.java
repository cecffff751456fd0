package io.graft.cli.method;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.ListMethodsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the methods by kind and name.")
final class MethodsList implements Callable<Integer> {
    private static final int ALL = 1000;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only these: optimizer, schedule, parametrization, adapter, combination, objective, stopping,"
                    + " pruning")
    String kind = "";

    private final Invocation invocation;

    MethodsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListMethodsResponse methods = invocation
                .services()
                .methods()
                .listMethods(ListMethodsRequest.newBuilder()
                        .setFilter(kind.isEmpty() ? "" : "kind = \"" + kind.replaceAll("[\\\\\"]", "") + "\"")
                        .setPageSize(ALL)
                        .build());
        invocation.output().result(methods, out -> print(methods, out));
        return ExitCode.OK.value();
    }

    private static void print(ListMethodsResponse methods, PrintStream out) {
        Table table = new Table("KIND", "NAME", "TITLE", "PARAMETERS");
        methods.getMethodsList()
                .forEach(method -> table.row(
                        method.getKind(),
                        method.getName().substring(method.getName().indexOf('.') + 1),
                        method.getTitle(),
                        method.getParametersCount()));
        table.print(out);
    }
}
