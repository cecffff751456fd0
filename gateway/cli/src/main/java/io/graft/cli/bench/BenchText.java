package io.graft.cli.bench;

import com.google.gson.JsonObject;
import io.graft.cli.terminal.Table;
import java.io.PrintStream;
import java.util.Locale;

/** A measurement as people read it. */
final class BenchText {
    private BenchText() {}

    static void print(JsonObject result, PrintStream out) {
        numbers("RATIO", result.getAsJsonObject("ratios")).print(out);
        out.println();
        numbers("FIGURE", result.getAsJsonObject("figures")).print(out);
        out.println();
        Table machine = new Table("MACHINE", "");
        result.getAsJsonObject("machine")
                .entrySet()
                .forEach(e -> machine.row(e.getKey(), e.getValue().getAsString()));
        machine.print(out);
    }

    private static Table numbers(String heading, JsonObject values) {
        Table table = new Table(heading, "VALUE");
        values.entrySet()
                .forEach(e -> table.row(
                        e.getKey(),
                        String.format(Locale.ROOT, "%.3f", e.getValue().getAsDouble())));
        return table;
    }
}
