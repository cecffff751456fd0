package io.graft.engine.worker.evaluation;

import io.graft.engine.data.TextTokenizer;
import io.graft.engine.evaluation.DataRange;
import io.graft.engine.evaluation.LanguageEvaluation;
import io.graft.engine.evaluation.LanguageTask;
import io.graft.engine.evaluation.MeasuredMetric;
import io.graft.engine.evaluation.ResultsFile;
import io.graft.engine.evaluation.TaskOutcome;
import io.graft.engine.evaluation.TaskSample;
import io.graft.engine.evaluation.TaskSample.Response;
import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.EvaluationStoppedException;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.training.AdaptedModel;
import io.graft.engine.worker.training.Roles;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.EvaluateSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Asks a language model a task for each row. */
record TaskEvaluator(LanguageTask task, DataRange rows, int batchSize) implements Evaluator {
    static TaskEvaluator of(JobRun run, EvaluateSpec spec) {
        return new TaskEvaluator(
                TaskMessages.task(spec.getTask()),
                new DataRange(
                        run.input(Roles.DATA).folder(),
                        spec.getData().getSplit(),
                        spec.getData().getMaxRows()),
                spec.getBatchSize());
    }

    @Override
    public String version() {
        return "task/" + ResultsFile.VERSION + " " + task + " batch_size=" + batchSize;
    }

    @Override
    public Measurement measure(Torch torch, Contender contender, BooleanSupplier stop) throws IOException {
        AdaptedModel adapted =
                AdaptedModel.open(torch, contender.weights(), OpenOptions.forTask(Task.CAUSAL_LM), "CAUSAL_LM", null);
        if (contender.adapter().isPresent()) {
            adapted.load(torch, contender.adapter().get());
        }
        CausalLm model = (CausalLm) adapted.model();
        model.training(false);
        try (TextTokenizer tokenizer = TextTokenizer.open(contender.weights())) {
            return measurement(
                    contender,
                    new LanguageEvaluation(torch, model, tokenizer, batchSize, () -> leaveIfAsked(stop))
                            .measure(task, rows));
        }
    }

    private static void leaveIfAsked(BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            throw new EvaluationStoppedException();
        }
    }

    private static Measurement measurement(Contender contender, TaskOutcome outcome) {
        int count = outcome.samples().size();
        for (int row = 0; row < count; row++) {
            requireFinite(contender, row, outcome.samples().get(row));
        }
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) count);
        List<ExampleMetric> examples = new ArrayList<>();
        List<CorpusFigure> figures = new ArrayList<>();
        for (MeasuredMetric metric : outcome.metrics()) {
            metrics.put(metric.name(), metric.value());
            switch (metric.scores()) {
                case ExampleScores each ->
                    examples.add(ExampleMetric.of(
                            metric.name(),
                            metric.direction(),
                            IntStream.range(0, count).mapToDouble(each::get).toArray()));
                case CorpusScores corpus -> figures.add(new CorpusFigure(metric.name(), metric.direction(), corpus));
            }
        }
        return new Measurement(
                new TreeMap<>(metrics),
                IntStream.range(0, count).toArray(),
                examples,
                null,
                figures,
                new Extras(
                        Map.of(
                                "results.json", out -> out.append(ResultsFile.results(outcome)),
                                "samples.jsonl", out -> ResultsFile.samples(outcome, out)),
                        List.of(TaskExamples.of(outcome))));
    }

    private static void requireFinite(Contender contender, int row, TaskSample sample) {
        for (Response response : sample.responses()) {
            double score = switch (response) {
                case Response.Likely likely -> likely.logLikelihood().sum();
                case Response.Whole whole -> whole.logLikelihood();
                case Response.Said ignored -> 0;
            };
            if (!Double.isFinite(score)) {
                throw new GraftException(
                        ErrorCode.NON_FINITE_SCORES,
                        contender.name() + " gives row " + row + " a log-likelihood of " + score
                                + ": look for NaN or infinity in its weights, or train it again with a lower learning"
                                + " rate",
                        Map.of("version", contender.name(), "row", Integer.toString(row)));
            }
        }
    }
}
