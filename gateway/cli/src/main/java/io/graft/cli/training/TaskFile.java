package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.v1.LanguageTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a task in the keys of lm-evaluation-harness' YAML. Keys that would be without effect here are refused by name, so that
 * no task measures something else than its file says.
 */
record TaskFile(Path file, Map<?, ?> keys) {
    private static final Map<String, String> CURES = Map.of(
            "dataset_path", "leave it out: the rows are those of --data",
            "dataset_name", "leave it out: the rows are those of --data",
            "dataset_kwargs", "leave it out: the rows are those of --data",
            "test_split", "leave it out and say --split",
            "validation_split", "leave it out and say --split",
            "filter_list", "leave it out: answers lose white space at their ends, and nothing else",
            "process_docs", "leave it out: a task runs no code; prepare the rows instead");
    private static final int LARGEST = 1 << 20;

    /**
     * Reads a file.
     *
     * @throws CommandException naming what is wrong, all of it where it can be told
     */
    static LanguageTask read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw CommandException.usage(file + " is larger than 1 MiB, which is no task");
            }
            Object document = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (document instanceof Map<?, ?> keys) {
                return new TaskFile(file, keys).task();
            }
            throw CommandException.usage(file + " holds no keys; begin with output_type: multiple_choice");
        } catch (IOException e) {
            throw CommandException.usage(file + " can't be read as UTF-8 text; check the path");
        } catch (YamlEngineException e) {
            throw CommandException.usage(file + " is no YAML: " + e.getMessage());
        }
    }

    private LanguageTask task() {
        LanguageTask.Builder task = LanguageTask.newBuilder().setName(text("task"));
        String type = text("output_type");
        switch (type) {
            case "multiple_choice" -> choice(task);
            case "loglikelihood_rolling" -> {
                only("task", "output_type", "doc_to_text", "doc_to_target", "metric_list", "num_fewshot");
                if (!text("doc_to_text").isEmpty()) {
                    throw refused("doc_to_text", "is empty for whole texts; the text is doc_to_target");
                }
                task.getPerplexityBuilder().setText(template("doc_to_target")).addAllMetrics(metrics());
            }
            case "generate_until" -> answer(task);
            default ->
                throw refused(
                        "output_type",
                        "is '" + type + "'; it is multiple_choice, loglikelihood_rolling or generate_until");
        }
        return task.build();
    }

    private void choice(LanguageTask.Builder task) {
        only(
                "task",
                "output_type",
                "doc_to_text",
                "doc_to_choice",
                "doc_to_target",
                "target_delimiter",
                "metric_list",
                "num_fewshot");
        task.getChoiceBuilder()
                .setPrompt(template("doc_to_text"))
                .setAnswer(template("doc_to_target"))
                .addAllMetrics(metrics());
        if (keys.containsKey("target_delimiter")) {
            task.getChoiceBuilder().setDelimiter(text("target_delimiter"));
        }
        switch (keys.get("doc_to_choice")) {
            case List<?> choices ->
                choices.forEach(choice -> task.getChoiceBuilder().addChoices(String.valueOf(choice)));
            case String column when isName(column) -> task.getChoiceBuilder().setChoicesColumn(column);
            case null, default ->
                throw refused("doc_to_choice", "is a list of templates, or the name of a column with a list of texts");
        }
    }

    private void answer(LanguageTask.Builder task) {
        only("task", "output_type", "doc_to_text", "doc_to_target", "generation_kwargs", "metric_list", "num_fewshot");
        task.getAnswerBuilder()
                .setPrompt(template("doc_to_text"))
                .setCompletion(template("doc_to_target"))
                .addAllMetrics(metrics());
        if (keys.get("generation_kwargs") instanceof Map<?, ?> given) {
            TaskFile generation = new TaskFile(file, given);
            generation.only("until", "max_gen_toks", "do_sample");
            if (given.containsKey("do_sample") && !Boolean.FALSE.equals(given.get("do_sample"))) {
                throw refused("do_sample", "is false: the most likely token is taken each time");
            }
            switch (given.get("until")) {
                case null -> {}
                case List<?> stops ->
                    stops.forEach(stop -> task.getAnswerBuilder().addStop(String.valueOf(stop)));
                case Object stop -> task.getAnswerBuilder().addStop(String.valueOf(stop));
            }
            task.getAnswerBuilder().setMaxNewTokens(generation.whole("max_gen_toks"));
        } else if (keys.containsKey("generation_kwargs")) {
            throw refused("generation_kwargs", "has the keys until, max_gen_toks and do_sample");
        }
    }

    private List<String> metrics() {
        if (whole("num_fewshot") != 0) {
            throw refused("num_fewshot", "is 0: write examples into the prompt instead");
        }
        return switch (keys.get("metric_list")) {
            case null -> List.of();
            case List<?> entries ->
                entries.stream()
                        .map(entry -> {
                            if (entry instanceof Map<?, ?> metric && metric.get("metric") instanceof String name) {
                                new TaskFile(file, metric).only("metric");
                                return name;
                            }
                            throw refused("metric_list", "is a list of - metric: NAME");
                        })
                        .toList();
            case Object other -> throw refused("metric_list", "is " + other + "; it is a list of - metric: NAME");
        };
    }

    /** A template; a bare name is a column. */
    private String template(String key) {
        String text = text(key);
        return isName(text) ? "{{" + text + "}}" : text;
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private String text(String key) {
        return switch (keys.get(key)) {
            case null -> "";
            case String text -> text;
            case Number number -> number.toString();
            case Object other -> throw refused(key, "is " + other + ", which is no text");
        };
    }

    private int whole(String key) {
        return switch (keys.get(key)) {
            case null -> 0;
            case Integer number -> number;
            case Object other -> throw refused(key, "is " + other + ", which is no whole number");
        };
    }

    private void only(String... known) {
        TreeSet<String> unknown = new TreeSet<>();
        keys.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        List.of(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw CommandException.usage(file + " has keys that such a task does not take: "
                    + String.join("; ", unknown.stream().map(TaskFile::cure).toList()) + ". It takes "
                    + String.join(", ", known));
        }
    }

    private static String cure(String key) {
        @Nullable String cure = CURES.get(key);
        return cure == null ? key : key + " (" + cure + ")";
    }

    private CommandException refused(String key, String why) {
        return CommandException.usage(key + " of " + file + " " + why);
    }
}
