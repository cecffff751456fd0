package io.graft.cli;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference part of the command line's guide, from the commands themselves. */
final class CommandReference {
    private final StringBuilder text = new StringBuilder();

    private CommandReference() {}

    static String markdown() {
        CommandReference reference = new CommandReference();
        CommandSpec root =
                GraftCli.commandLine(new Invocation(Console.system(), Map.of())).getCommandSpec();
        reference.text.append("### Options of every command\n\n");
        reference.table(new ArrayList<>(root.options()));
        root.subcommands().values().forEach(reference::command);
        return reference.text.toString();
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        text.append("\n### ").append(spec.qualifiedName()).append("\n\n");
        text.append(String.join("\n", spec.usageMessage().description())).append("\n");
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream().filter(option -> !option.inherited()).forEach(arguments::add);
        if (!arguments.isEmpty()) {
            text.append('\n');
            table(arguments);
        }
        spec.subcommands().values().forEach(this::command);
    }

    private void table(List<ArgSpec> arguments) {
        text.append("| argument | meaning |\n|---|---|\n");
        for (ArgSpec argument : arguments) {
            String description =
                    String.join(" ", argument.renderedDescription()).replace("|", "\\|");
            text.append("| `")
                    .append(name(argument))
                    .append("` | ")
                    .append(description)
                    .append(argument.required() ? " (required)" : "")
                    .append(" |\n");
        }
    }

    private static String name(ArgSpec argument) {
        return switch (argument) {
            case PositionalParamSpec parameter -> parameter.paramLabel();
            case OptionSpec option -> {
                String names = String.join(", ", option.names());
                yield option.arity().max() == 0 ? names : names + " " + option.paramLabel();
            }
            default -> throw new IllegalStateException(argument.toString());
        };
    }
}
