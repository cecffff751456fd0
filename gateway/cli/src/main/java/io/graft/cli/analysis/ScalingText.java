package io.graft.cli.analysis;

import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ConfidenceInterval;
import io.graft.v1.FitScalingLawResponse;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** A fitted law for people. */
final class ScalingText {
    private ScalingText() {}

    static void print(FitScalingLawResponse law, PrintStream out) {
        Table parameters = new Table("PARAMETER", "VALUE", "LOW", "HIGH");
        law.getParametersList().forEach(each -> row(parameters, each.getName(), each.getValue(), each.getInterval()));
        parameters.print(out);
        if (law.getPredictionsCount() > 0) {
            out.println();
            Table predictions = new Table("SIZE", "PREDICTED", "LOW", "HIGH");
            law.getPredictionsList()
                    .forEach(each ->
                            row(predictions, Figures.number(each.getSize()), each.getScore(), each.getInterval()));
            predictions.print(out);
        }
        out.println();
        out.println("R2 " + Figures.number(law.getR2()) + "; intervals at 0.95 by " + law.getBootstrap() + " refits");
        if (law.getHoldoutErrorsCount() > 0) {
            out.println("relative errors of the points held out: "
                    + law.getHoldoutErrorsList().stream().map(Figures::number).collect(Collectors.joining(", ")));
        }
        law.getWarningsList().forEach(line -> out.println("warning: " + line));
    }

    private static void row(Table table, String name, double value, ConfidenceInterval interval) {
        table.row(name, Figures.number(value), Figures.number(interval.getLow()), Figures.number(interval.getHigh()));
    }
}
