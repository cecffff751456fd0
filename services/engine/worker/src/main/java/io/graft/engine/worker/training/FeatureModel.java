package io.graft.engine.worker.training;

import io.graft.engine.data.Input;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelException;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.Task;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.v1.FeaturePooling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model that is run for what it makes of rows: features, and scores where it has a trained head. */
public final class FeatureModel {
    private static final String MODEL = "model";
    private static final List<String> ANY_LABELS = List.of("0", "1");

    private final Torch torch;
    private final Model model;
    private final List<String> labels;
    private final int padding;
    private final FeaturePooling pooling;
    private final List<LayerInput> looks;

    private FeatureModel(
            Torch torch,
            Model model,
            List<String> labels,
            int padding,
            FeaturePooling pooling,
            List<LayerInput> looks) {
        this.torch = torch;
        this.model = model;
        this.labels = List.copyOf(labels);
        this.padding = padding;
        this.pooling = pooling;
        this.looks = List.copyOf(looks);
    }

    /**
     * What is wanted of a model.
     *
     * @param layers linear layers whose inputs are the features; empty for the head's input, or with a pooling of tokens for
     *     the last layer's states
     */
    public record Wanted(boolean pictures, FeaturePooling pooling, List<String> layers) {
        /** What goes into the head. */
        public static Wanted head(boolean pictures) {
            return new Wanted(pictures, FeaturePooling.FEATURE_POOLING_HEAD, List.of());
        }

        public Wanted {
            layers = List.copyOf(layers);
        }

        /** Whether the states of tokens are taken, so that no head is run. */
        boolean states() {
            return !pictures && pooling != FeaturePooling.FEATURE_POOLING_HEAD;
        }
    }

    /**
     * Opens a folder.
     *
     * @throws ModelException if it lacks more than a head, or has no such layer
     */
    public static FeatureModel open(Torch torch, Path folder, Tokenizing tokenizing, Wanted wanted) throws IOException {
        List<String> own = wanted.states() ? List.of() : Labels.of(folder);
        List<String> labels = own.isEmpty() && !wanted.states() ? ANY_LABELS : own;
        ModelFamilies families = ModelFamilies.load();
        ModelFamilies.Opened opened = families.open(torch.root(), folder, options(families, folder, wanted, labels));
        Model model = opened.model();
        List<String> heads = families.heads(model);
        List<String> lacking = opened.initialised().stream()
                .filter(name -> heads.stream().noneMatch(name::startsWith))
                .toList();
        if (!lacking.isEmpty()) {
            throw new ModelException(MODEL, "lacks " + String.join(", ", lacking));
        }
        boolean trained = !own.isEmpty() && opened.initialised().isEmpty();
        model.training(false);
        return new FeatureModel(
                torch,
                model,
                trained ? own : List.of(),
                tokenizing.padding(),
                wanted.pooling(),
                looks(model, wanted, labels.size()));
    }

    /**
     * Takes a classifier that is there already; from now on it is only run.
     *
     * @param labels of its head
     * @param padding id of the padding token; of no meaning for pictures
     */
    static FeatureModel of(Torch torch, Model model, List<String> labels, int padding) {
        model.training(false);
        Wanted head = Wanted.head(model instanceof ImageClassifier);
        return new FeatureModel(torch, model, labels, padding, head.pooling(), looks(model, head, labels.size()));
    }

    private static OpenOptions options(ModelFamilies families, Path folder, Wanted wanted, List<String> labels)
            throws IOException {
        if (!wanted.states()) {
            return wanted.pictures()
                    ? new OpenOptions(Task.IMAGE_CLASSIFICATION, labels)
                    : OpenOptions.classifier(labels);
        }
        return OpenOptions.forTask(
                families.tasks(folder).contains(Task.TEXT_ENCODING) ? Task.TEXT_ENCODING : Task.CAUSAL_LM);
    }

    private static List<LayerInput> looks(Model model, Wanted wanted, int outputs) {
        Map<String, Linear> linears = model.linears();
        List<LayerInput> looks = new ArrayList<>();
        for (String layer : wanted.layers()) {
            Linear linear = linears.get(layer);
            if (linear == null) {
                throw new ModelException(
                        MODEL, "has no linear layer '" + layer + "'; it has " + String.join(", ", linears.keySet()));
            }
            looks.add(LayerInput.of(linear));
        }
        if (wanted.layers().isEmpty() && !wanted.states()) {
            looks.add(LayerInput.of(linears.values().stream()
                    .filter(linear -> linear.outputs() == outputs)
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new ModelException(MODEL, "has no linear layer that ends in its labels"))));
        }
        return looks;
    }

    /** Names of its classes, in the order of the scores; empty without a trained head. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The model, if it has a trained head.
     *
     * @throws ModelException if not
     */
    public FeatureModel withHead() {
        if (labels.isEmpty()) {
            throw new ModelException(MODEL, "has no trained head for labels; fine-tune it as a classifier first");
        }
        return this;
    }

    /**
     * What was computed of some rows, row by row.
     *
     * @param logits as many a row as there are labels; none without a trained head
     * @param features of each layer that was asked for, in that order
     */
    public record Outputs(float[] logits, List<float[]> features) {
        /** Of the only layer. */
        public float[] only() {
            return features.getFirst();
        }
    }

    /** Runs over rows of one kind. */
    public Outputs run(List<Input> rows) {
        return torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                Tensor result = result(rows);
                List<float[]> features = new ArrayList<>();
                for (LayerInput look : looks) {
                    features.add(pooled(look.seen(), rows));
                }
                if (looks.isEmpty()) {
                    features.add(pooled(result, rows));
                }
                return new Outputs(labels.isEmpty() ? new float[0] : result.toFloats(), features);
            }
        });
    }

    /** Scores of a classifier, or the last states. */
    private Tensor result(List<Input> rows) {
        return switch (model) {
            case ImageClassifier images -> images.logits(pixels(rows));
            case SequenceClassifier texts -> texts.logits(tokens(rows));
            case TextEncoder texts -> texts.hidden(tokens(rows));
            case CausalLm texts -> texts.hidden(tokens(rows));
            default -> throw new IllegalStateException(model + " can't be run for features");
        };
    }

    private float[] pooled(Tensor states, List<Input> rows) {
        if (states.shape().length == 2) {
            return states.toFloats();
        }
        int positions = Math.toIntExact(states.size(1));
        return StatePooling.of(
                states.toFloats(),
                rows.size(),
                positions,
                row -> rows.get(row) instanceof Input.Tokens(int[] ids) ? ids.length : positions,
                pooling);
    }

    private TokenBatch tokens(List<Input> rows) {
        int[][] ids = rows.stream().map(row -> ((Input.Tokens) row).ids()).toArray(int[][]::new);
        return TokenBatch.padded(torch, ids, null, padding);
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
}
