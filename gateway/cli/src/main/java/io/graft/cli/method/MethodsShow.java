package io.graft.cli.method;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetMethodRequest;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a method with its parameters, their defaults and ranges.")
final class MethodsShow implements Callable<Integer> {
    private static final int ALL = 1000;

    @Parameters(
            paramLabel = "METHOD",
            description = "the method's name, such as adamw, or its kind and name: optimizer.adamw")
    String method = "";

    private final Invocation invocation;

    MethodsShow(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Method found = method.contains(".") ? named(method.replaceFirst("^methods/", "")) : only(method);
        invocation.output().result(found, out -> MethodText.print(found, out));
        return ExitCode.OK.value();
    }

    private Method named(String name) {
        return invocation
                .services()
                .methods()
                .getMethod(
                        GetMethodRequest.newBuilder().setName("methods/" + name).build());
    }

    private Method only(String name) {
        List<Method> found = invocation
                .services()
                .methods()
                .listMethods(ListMethodsRequest.newBuilder().setPageSize(ALL).build())
                .getMethodsList()
                .stream()
                .filter(each -> each.getName().endsWith("." + name))
                .toList();
        return switch (found.size()) {
            case 0 -> named("any." + name);
            case 1 -> found.getFirst();
            default ->
                throw CommandException.usage("There are several methods of that name; name one of "
                        + found.stream()
                                .map(each -> each.getName().replaceFirst("^methods/", ""))
                                .collect(Collectors.joining(", ")));
        };
    }
}
