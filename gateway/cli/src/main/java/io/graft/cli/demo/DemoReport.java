package io.graft.cli.demo;

import io.graft.cli.job.GateText;
import io.graft.cli.model.LineageTree;
import io.graft.cli.model.VersionText;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Table;
import io.graft.v1.GateVerdict;
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
        report.accuracy();
        report.version();
        report.lineage();
        report.movers();
        report.inputs();
        report.gate();
        report.places();
    }

    private void gate() {
        GateVerdict verdict = result.end().gate().verdict();
        heading("Gate: " + GateText.decision(verdict.getDecision()));
        out.println("May the new base with the grafted update take the place of the old base, fine-tuned?");
        out.println("The rule: " + GateText.rule(verdict.getRule()) + ".");
        out.println(GateText.of(verdict));
        out.println();
        out.println("What the update is worth on the new base, against the new base without it:");
        out.println(GateText.of(result.end().gain().verdict()));
    }

    private void accuracy() {
        heading("Accuracy on 1,000 held-out reviews");
        Table table = new Table("MODEL", "ACCURACY", "WHAT IT IS");
        row(table, "v1", "old base under the tuned head");
        row(table, "v1_tuned", "old base, fine-tuned");
        row(table, "v15", "new base under the tuned head, no update");
        row(table, "v15_grafted", "new base with the grafted update: no training");
        row(table, "v15_tuned", "new base, fine-tuned afresh");
        row(table, "e5", "other lineage under the tuned head, no update");
        row(table, "e5_grafted", "other lineage with the grafted update");
        table.print(out);
        out.printf(
                Locale.ROOT,
                "(the graft took %.1f s, fine-tuning afresh %.1f s)%n",
                result.end().seconds().getOrDefault("graft v15", 0.0),
                result.end().seconds().getOrDefault("finetune v15", 0.0));
    }

    private void row(Table table, String key, String what) {
        Double value = result.end().accuracy().get(key);
        table.row(key, value == null ? "-" : String.format(Locale.ROOT, "%.3f", value), what);
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
        out.println("(moved: norm of the difference over norm of the new base)");
    }

    private void inputs() {
        heading("Inputs");
        Table table = new Table("ROLE", "VERSION", "DIGEST");
        result.end().inputs().forEach(input -> table.row(input.role(), Names.brief(input.name()), input.digest()));
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
                .add("graft jobs get " + Names.brief(result.end().graft().getName()), "look at the job")
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
