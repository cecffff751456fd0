package io.graft.engine.worker.training;

import io.graft.engine.data.Example;
import io.graft.engine.data.ExampleReader;
import io.graft.engine.data.HoldoutSplit;
import io.graft.engine.data.Limits;
import io.graft.engine.data.TextTokenizer;
import io.graft.engine.methods.objective.ContrastiveLearning;
import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.LanguageModeling;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.Model;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.Task;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.NextTokens;
import io.graft.engine.training.task.PictureLabels;
import io.graft.engine.training.task.TextLabels;
import io.graft.engine.training.task.TextPairs;
import io.graft.engine.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an objective, rows and a model together.
 *
 * @param tokens folder with the tokenizer
 * @param labels names of the labels, in the order of the model's scores; empty where there are none
 * @param packing whether texts are joined and cut to equal rows
 */
public record TaskChoice(Objective objective, DataRows data, Path tokens, List<String> labels, boolean packing) {
    /** What a model is opened as. */
    public OpenOptions opening() {
        return switch (objective) {
            case LabelPrediction ignored when data.arePictures() -> new OpenOptions(Task.IMAGE_CLASSIFICATION, labels);
            case LabelPrediction ignored -> OpenOptions.classifier(labels);
            case LanguageModeling ignored -> OpenOptions.forTask(Task.CAUSAL_LM);
            case ContrastiveLearning ignored -> OpenOptions.forTask(Task.TEXT_ENCODING);
        };
    }

    /** PEFT's word for the task; null where it has none. */
    public @Nullable String peftTask() {
        return switch (objective) {
            case LabelPrediction ignored -> data.arePictures() ? null : "SEQ_CLS";
            case LanguageModeling ignored -> "CAUSAL_LM";
            case ContrastiveLearning ignored -> "FEATURE_EXTRACTION";
        };
    }

    /**
     * A task.
     *
     * @param rows number of rows that are trained on, without old ones
     * @param replayed number of old rows, which come after them
     */
    public record Built(TrainingTask task, int rows, int replayed) {}

    /**
     * Reads the rows and makes the task.
     *
     * @param onlyHeld whether the rows are only measured on: all of them, or those that are kept back
     * @param replay old rows that come after the new ones; or null
     */
    public Built build(Torch torch, Model model, int evaluationBatch, boolean onlyHeld, @Nullable DataRows replay)
            throws IOException {
        if (data.arePictures()) {
            HoldoutSplit rows = rows(
                    data,
                    onlyHeld,
                    (from, split, limits) ->
                            ExampleReader.pictures(from.folder(), split, from.roles(), labels, limits, tokens));
            return built(
                    new PictureLabels(
                            torch,
                            (ImageClassifier) model,
                            (LabelPrediction) objective,
                            of(rows.train(), Example.LabelledPicture.class),
                            of(rows.held(), Example.LabelledPicture.class),
                            evaluationBatch),
                    rows);
        }
        try (TextTokenizer tokenizer = TextTokenizer.open(tokens)) {
            return texts(torch, model, tokenizer, evaluationBatch, onlyHeld, replay);
        }
    }

    private Built texts(
            Torch torch, Model model, TextTokenizer tokenizer, int batch, boolean onlyHeld, @Nullable DataRows replay)
            throws IOException {
        int padding = tokenizer.paddingId();
        return switch (objective) {
            case LabelPrediction labelled -> {
                HoldoutSplit rows = rows(
                        data,
                        onlyHeld,
                        (from, split, limits) -> ExampleReader.labelledTexts(
                                from.folder(), split, from.roles(), labels, tokenizer, limits));
                yield built(
                        new TextLabels(
                                torch,
                                (SequenceClassifier) model,
                                labelled,
                                of(rows.train(), Example.LabelledTokens.class),
                                of(rows.held(), Example.LabelledTokens.class),
                                padding,
                                batch),
                        rows);
            }
            case LanguageModeling language ->
                sequences(torch, (CausalLm) model, language, tokenizer, batch, onlyHeld, replay);
            case ContrastiveLearning contrastive -> {
                HoldoutSplit rows = rows(
                        data,
                        onlyHeld,
                        (from, split, limits) ->
                                ExampleReader.pairs(from.folder(), split, from.roles(), tokenizer, limits));
                yield built(
                        new TextPairs(
                                torch,
                                (TextEncoder) model,
                                TextEncoder.Pooling.MEAN,
                                contrastive,
                                of(rows.train(), Example.TokenPair.class),
                                of(rows.held(), Example.TokenPair.class),
                                padding,
                                batch),
                        rows);
            }
        };
    }

    private Built sequences(
            Torch torch,
            CausalLm model,
            LanguageModeling language,
            TextTokenizer tokenizer,
            int batch,
            boolean onlyHeld,
            @Nullable DataRows replay)
            throws IOException {
        Reader reader = (from, split, limits) -> ExampleReader.sequences(
                from.folder(), split, from.roles(), tokenizer, limits, language.completionOnly(), packing);
        HoldoutSplit rows = rows(data, onlyHeld, reader);
        List<Example> old = replay == null
                ? List.of()
                : replay.split((split, limits) -> reader.read(replay, split, limits))
                        .train();
        List<Example> learnt =
                Stream.concat(rows.train().stream(), old.stream()).toList();
        TrainingTask task = new NextTokens(
                torch,
                model,
                language,
                of(learnt, Example.TokenSequence.class),
                of(rows.held(), Example.TokenSequence.class),
                tokenizer.paddingId(),
                batch);
        return new Built(task, rows.train().size(), old.size());
    }

    /** Reads one split of some rows. */
    @FunctionalInterface
    private interface Reader {
        List<Example> read(DataRows from, String split, Limits limits) throws IOException;
    }

    private static HoldoutSplit rows(DataRows from, boolean onlyHeld, Reader reader) throws IOException {
        HoldoutSplit rows = from.split((split, limits) -> reader.read(from, split, limits));
        return onlyHeld && rows.held().isEmpty() ? new HoldoutSplit(List.of(), rows.train()) : rows;
    }

    private static Built built(TrainingTask task, HoldoutSplit rows) {
        return new Built(task, rows.train().size(), 0);
    }

    private static <E extends Example> List<E> of(List<Example> rows, Class<E> type) {
        return rows.stream().map(type::cast).toList();
    }
}
