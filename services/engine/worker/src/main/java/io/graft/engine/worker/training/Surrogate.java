package io.graft.engine.worker.training;

import io.graft.engine.data.Input;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelException;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.Task;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A classifier whose scores, and what its head sees, are wanted. */
final class Surrogate {
    private final Torch torch;
    private final Model model;
    private final List<String> labels;
    private final int padding;
    private final Head head = new Head();

    private Surrogate(Torch torch, Model model, List<String> labels, int padding) {
        this.torch = torch;
        this.model = model;
        this.labels = List.copyOf(labels);
        this.padding = padding;
    }

    /**
     * Opens a folder.
     *
     * @param padding id of the padding token; of no meaning for pictures
     * @throws ModelException if it is no classifier with a trained head
     */
    static Surrogate open(Torch torch, Path folder, boolean pictures, int padding) throws IOException {
        List<String> labels = Labels.of(folder);
        OpenOptions options =
                pictures ? new OpenOptions(Task.IMAGE_CLASSIFICATION, labels) : OpenOptions.classifier(labels);
        ModelFamilies.Opened opened = ModelFamilies.load().open(torch.root(), folder, options);
        if (labels.isEmpty() || !opened.initialised().isEmpty()) {
            throw new ModelException(
                    "surrogate", "has no trained head for labels; fine-tune it as a classifier of the source first");
        }
        return of(torch, opened.model(), labels, padding);
    }

    /**
     * Takes a model that is there already; from now on it is only run.
     *
     * @param labels of its head
     * @param padding id of the padding token; of no meaning for pictures
     */
    static Surrogate of(Torch torch, Model model, List<String> labels, int padding) {
        Surrogate surrogate = new Surrogate(torch, model, labels, padding);
        Linear last = model.linears().values().stream()
                .filter(linear -> linear.outputs() == labels.size())
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new ModelException("surrogate", "has no linear layer that ends in its labels"));
        last.setAdapter(surrogate.head);
        model.training(false);
        return surrogate;
    }

    /** Names of the classes, in the order of the scores. */
    List<String> labels() {
        return labels;
    }

    /**
     * What was computed of some rows, row by row.
     *
     * @param logits as many a row as there are labels
     * @param features as many a row as the head takes
     */
    record Outputs(float[] logits, float[] features) {}

    /** Runs over rows of one kind. */
    Outputs run(List<Input> rows) {
        return torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                Tensor logits = logits(rows);
                return new Outputs(
                        logits.toFloats(), Objects.requireNonNull(head.seen).toFloats());
            }
        });
    }

    private Tensor logits(List<Input> rows) {
        return switch (model) {
            case ImageClassifier images -> images.logits(pixels(rows));
            case SequenceClassifier texts -> {
                int[][] ids =
                        rows.stream().map(row -> ((Input.Tokens) row).ids()).toArray(int[][]::new);
                yield texts.logits(TokenBatch.padded(torch, ids, null, padding));
            }
            default -> throw new IllegalStateException(model + " is no classifier");
        };
    }

    private Tensor pixels(List<Input> rows) {
        Input.Pixels first = (Input.Pixels) rows.getFirst();
        int size = first.pixels().length;
        float[] all = new float[Math.multiplyExact(size, rows.size())];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(((Input.Pixels) rows.get(row)).pixels(), 0, all, row * size, size);
        }
        return Tensors.of(torch, all, rows.size(), first.channels(), first.height(), first.width());
    }

    /** Looks at what goes into the last layer. */
    private static final class Head implements LinearAdapter {
        private @Nullable Tensor seen;

        @Override
        public Tensor forward(Tensor x, Linear base) {
            seen = x;
            return base.base(x);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }
    }
}
