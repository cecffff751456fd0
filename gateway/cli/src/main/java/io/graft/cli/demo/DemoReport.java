package io.graft.cli.demo;

import io.graft.cli.model.LineageTree;
import io.graft.cli.model.VersionText;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Table;
import java.io.PrintStream;
import java.util.Locale;

/** A demonstration's result as people read it. */
final class DemoReport {
    private final DemoResult result;
    private final PrintStream out;

    private DemoReport(DemoResult result, PrintStream out) {
        this.result = result;
        this.out = out;
    }

    static void print(DemoResult result, PrintStream out) {
        DemoReport report = new DemoReport(result, out);
        report.version();
        report.lineage();
        report.movers();
        report.inputs();
        report.places();
    }

    private void version() {
        heading("New version");
        VersionText.print(result.version(), out);
        out.printf(Locale.ROOT, "%nThe demonstration took %.1f s.%n", result.seconds());
    }

    private void lineage() {
        heading("Lineage");
        out.print(LineageTree.draw(result.lineage()));
    }

    private void movers() {
        heading("The " + result.movers().size() + " tensors that moved most");
        Table table = new Table("TENSOR", "MOVED", "|DIFFERENCE|");
        result.movers()
                .forEach(mover -> table.row(
                        mover.name(),
                        Double.isFinite(mover.relative()) ? percent(mover.relative()) : "-",
                        String.format(Locale.ROOT, "%.4g", mover.norm())));
        table.print(out);
        out.println("(moved: norm of the difference over norm of the source base)");
    }

    private void inputs() {
        heading("Inputs");
        Table table = new Table("ROLE", "VERSION", "DIGEST");
        result.inputs()
                .forEach(input -> table.row(
                        input.role(),
                        Names.brief(input.version().getName()),
                        input.version().getDigest()));
        table.print(out);
    }

    private void places() {
        DemoPlaces places = result.places();
        String brief = Names.brief(result.version().getName());
        heading("Where it is");
        new Fields()
                .add("Kafka", places.kafka())
                .add("topics", String.join(", ", DemoPlaces.TOPICS))
                .add("S3", places.s3())
                .add("bucket", places.bucket())
                .add("manifest", places.manifest())
                .add(
                        "over REST",
                        places.http().isEmpty()
                                ? ""
                                : places.http() + "/v1/" + result.version().getName())
                .print(out);
        heading("Go on");
        new Fields()
                .add("graft download " + brief + " DIR", "bring its files here")
                .add("graft jobs get " + Names.brief(result.job().getName()), "look at the job")
                .add("graft versions lineage " + brief, "see what it comes from")
                .add("graft down", "stop the stack; its data stays")
                .print(out);
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
