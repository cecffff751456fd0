package io.graft.engine.worker.evaluation;

import io.graft.engine.evaluation.LanguageTask;
import io.graft.engine.evaluation.TaskOutcome;
import io.graft.engine.evaluation.TaskSample;
import io.graft.engine.evaluation.TaskSample.Response;
import io.graft.engine.metrics.report.ReportSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first rows of a task and what the model made of them, for people. */
final class TaskExamples {
    private static final int SHOWN = 20;
    private static final int LONGEST = 400;

    private TaskExamples() {}

    static ReportSection of(TaskOutcome outcome) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < Math.min(SHOWN, outcome.samples().size()); row++) {
            TaskSample sample = outcome.samples().get(row);
            rows.add(
                    switch (outcome.task()) {
                        case LanguageTask.Choosing ignored -> choice(row, sample);
                        case LanguageTask.Predicting ignored ->
                            List.of(
                                    number(row),
                                    end(sample.arguments().getFirst().getFirst()),
                                    said(sample, 0));
                        case LanguageTask.Answering ignored ->
                            List.of(
                                    number(row),
                                    end(sample.arguments().getFirst().getFirst()),
                                    end(String.valueOf(sample.target())),
                                    said(sample, 0));
                    });
        }
        List<String> columns = switch (outcome.task()) {
            case LanguageTask.Choosing ignored -> List.of("row", "prompt", "right choice", "log-likelihoods");
            case LanguageTask.Predicting ignored -> List.of("row", "text", "log-likelihood");
            case LanguageTask.Answering ignored -> List.of("row", "prompt", "reference", "answer");
        };
        return new ReportSection.Table("First rows", columns, rows);
    }

    private static List<String> choice(int row, TaskSample sample) {
        List<String> scores = new ArrayList<>();
        for (int i = 0; i < sample.arguments().size(); i++) {
            scores.add(sample.arguments().get(i).getLast().strip() + " " + said(sample, i));
        }
        int right = sample.target() instanceof Integer index ? index : 0;
        return List.of(
                number(row),
                end(sample.arguments().getFirst().getFirst()),
                end(sample.arguments().get(right).getLast().strip()),
                end(String.join(" · ", scores)));
    }

    private static String said(TaskSample sample, int request) {
        return switch (sample.filtered().get(request)) {
            case Response.Likely likely ->
                String.format(Locale.ROOT, "%.3f", likely.logLikelihood().sum());
            case Response.Whole whole -> String.format(Locale.ROOT, "%.3f", whole.logLikelihood());
            case Response.Said answer -> end(answer.text());
        };
    }

    private static String number(int row) {
        return Integer.toString(row);
    }

    /** The end of a text: what a prompt leads up to. */
    private static String end(String text) {
        return text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST);
    }
}
