package io.graft.cli.stack;

import io.graft.cli.invocation.Home;
import io.graft.cli.terminal.Fields;
import java.io.PrintStream;
import java.util.List;

/** The stack as people read it. */
final class StackText {
    private static final List<String> SHOWN = List.of("http", "grpc", "kafka", "s3", "bucket", "postgres");

    private StackText() {}

    static void print(StackState state, Home home, PrintStream out) {
        Fields fields = new Fields().add("state", state.name()).add("home", home.root());
        if (state instanceof StackState.Ready ready) {
            fields.add("pid", ready.pid());
            SHOWN.forEach(name -> fields.add(name, ready.endpoints().get(name)));
        }
        fields.print(out);
    }
}
