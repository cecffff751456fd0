package io.graft.engine.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.evaluation.TaskSample.Response;
import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.gate.Direction;
import java.io.IOException;
import java.util.List;

/**
 * Writes outcomes in the shape of lm-evaluation-harness' results: {@code results}, {@code configs}, {@code versions},
 * {@code n-shot}, {@code higher_is_better} and {@code n-samples} by task; and samples, one JSON object a line.
 */
public final class ResultsFile {
    /** Of the way tasks are measured; raised when numbers may change. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ARGUMENT = "arg_";

    private ResultsFile() {}

    /** The text of {@code results.json}. */
    public static String results(TaskOutcome outcome) {
        String task = outcome.task().name();
        ObjectNode root = JSON.createObjectNode();
        ObjectNode results = root.putObject("results").putObject(task);
        results.put("alias", task);
        ObjectNode better = JSON.createObjectNode();
        for (MeasuredMetric metric : outcome.metrics()) {
            results.put(key(metric.name(), metric), metric.value());
            String error = key(metric.name() + "_stderr", metric);
            metric.standardError().ifPresentOrElse(value -> results.put(error, value), () -> results.put(error, "N/A"));
            better.put(metric.name(), metric.direction() == Direction.HIGHER_IS_BETTER);
        }
        root.putObject("group_subtasks").putArray(task);
        root.putObject("configs").set(task, config(outcome));
        root.putObject("versions").put(task, VERSION);
        root.putObject("n-shot").put(task, 0);
        root.putObject("higher_is_better").set(task, better);
        root.putObject("n-samples")
                .putObject(task)
                .put("original", outcome.samples().size())
                .put("effective", outcome.samples().size());
        return pretty(root);
    }

    private static String key(String name, MeasuredMetric metric) {
        return name + "," + metric.filter();
    }

    private static ObjectNode config(TaskOutcome outcome) {
        LanguageTask task = outcome.task();
        ObjectNode config = JSON.createObjectNode().put("task", task.name()).put("output_type", task.kind());
        switch (task) {
            case LanguageTask.Choosing choosing -> {
                config.put("doc_to_text", choosing.prompt()).put("doc_to_target", choosing.answer());
                if (choosing.choices().isEmpty()) {
                    config.put("doc_to_choice", choosing.choicesColumn());
                } else {
                    texts(config.putArray("doc_to_choice"), choosing.choices());
                }
                config.put("target_delimiter", choosing.delimiter());
            }
            case LanguageTask.Predicting texts -> config.put("doc_to_text", "").put("doc_to_target", texts.text());
            case LanguageTask.Answering answering -> {
                config.put("doc_to_text", answering.prompt()).put("doc_to_target", answering.completion());
                ObjectNode generation = config.putObject("generation_kwargs");
                texts(generation.putArray("until"), answering.stop());
                generation.put("do_sample", false).put("max_gen_toks", answering.maxNewTokens());
            }
        }
        ArrayNode metrics = config.putArray("metric_list");
        outcome.metrics().forEach(metric -> metrics.addObject().put("metric", metric.name()));
        return config.put("num_fewshot", 0);
    }

    private static void texts(ArrayNode into, List<String> texts) {
        texts.forEach(into::add);
    }

    /** Writes {@code samples.jsonl}; metrics that are no mean over rows are left out of it. */
    public static void samples(TaskOutcome outcome, Appendable lines) throws IOException {
        for (int i = 0; i < outcome.samples().size(); i++) {
            lines.append(line(sample(outcome, i))).append('\n');
        }
    }

    private static ObjectNode sample(TaskOutcome outcome, int index) {
        TaskSample sample = outcome.samples().get(index);
        ObjectNode line = JSON.createObjectNode().put("doc_id", index);
        line.set("doc", JSON.valueToTree(sample.row()));
        line.put("target", String.valueOf(sample.target()));
        ObjectNode arguments = line.putObject("arguments");
        for (int request = 0; request < sample.arguments().size(); request++) {
            ObjectNode own = arguments.putObject("gen_args_" + request);
            List<String> texts = sample.arguments().get(request);
            for (int i = 0; i < texts.size(); i++) {
                own.put(ARGUMENT + i, texts.get(i));
            }
        }
        ArrayNode said = line.putArray("resps");
        sample.responses().forEach(response -> add(said.addArray(), response));
        ArrayNode filtered = line.putArray("filtered_resps");
        sample.filtered().forEach(response -> add(filtered, response));
        line.put("filter", outcome.metrics().getFirst().filter());
        ArrayNode names = line.putArray("metrics");
        for (MeasuredMetric metric : outcome.metrics()) {
            switch (metric.scores()) {
                case ExampleScores each -> {
                    names.add(metric.name());
                    line.put(metric.name(), each.get(index));
                }
                case CorpusScores _ -> {}
            }
        }
        return line;
    }

    private static void add(ArrayNode into, Response response) {
        switch (response) {
            case Response.Likely(LogLikelihood score) ->
                into.addArray().add(Double.toString(score.sum())).add(score.greedy() ? "True" : "False");
            case Response.Whole(double sum) -> into.add(Double.toString(sum));
            case Response.Said(String text) -> into.add(text);
        }
    }

    private static String pretty(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String line(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
