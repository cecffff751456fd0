package io.graft.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help that shows the options of every command once, on {@code graft} itself. */
final class HelpText extends Help {
    HelpText(CommandSpec command, ColorScheme colors) {
        super(command.usageMessage(command.usageMessage().abbreviateSynopsis(true)), colors);
    }

    @Override
    public String optionList() {
        List<OptionSpec> own = commandSpec().options().stream()
                .filter(option -> !option.inherited() || commandSpec().parent() == null)
                .toList();
        String list = optionListExcludingGroups(own);
        return commandSpec().parent() == null
                ? list
                : list + "Options of every command, like --output json and --verbose: graft --help\n";
    }
}
