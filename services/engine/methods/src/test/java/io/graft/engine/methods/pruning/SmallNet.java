package io.graft.engine.methods.pruning;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.pruning.Rows;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A classifier of the engine with a small loop around it. */
final class SmallNet {
    static final int BATCH = 64;
    private static final double RATE = 0.003;

    private final Torch torch;
    private final ImageClassifier model;
    private final long[] shape;
    private final Seen seen = new Seen();

    private SmallNet(Torch torch, Scope home, ObjectNode config, int classes, long... shape) {
        this.torch = torch;
        this.shape = shape;
        ObjectNode labels = config.putObject("id2label");
        for (int label = 0; label < classes; label++) {
            labels.put(Integer.toString(label), "class " + label);
        }
        this.model = (ImageClassifier) ModelFamilies.load().create(home, config);
        model.linears().values().stream()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .setAdapter(seen);
    }

    static SmallNet perceptron(Torch torch, Scope home, int inputs, int hidden, int hiddenLayers, int classes) {
        ObjectNode config = new JsonMapper().createObjectNode();
        config.put("model_type", "mlp").put("input_size", inputs).put("hidden_size", hidden);
        config.put("num_hidden_layers", hiddenLayers);
        config.putArray("architectures").add("MlpForImageClassification");
        return new SmallNet(torch, home, config, classes, inputs);
    }

    /** A residual network of two stages of one basic block; the second has twice the width. */
    static SmallNet residual(Torch torch, Scope home, int side, int width, int classes) {
        ObjectNode config = new JsonMapper().createObjectNode();
        config.put("model_type", "resnet").put("num_channels", 3).put("embedding_size", width);
        config.put("layer_type", "basic").put("hidden_act", "relu");
        config.putArray("hidden_sizes").add(width).add(2 * width);
        config.putArray("depths").add(1).add(1);
        config.putArray("architectures").add("ResNetForImageClassification");
        return new SmallNet(torch, home, config, classes, 3, side, side);
    }

    /** AdamW without decay on batches of 64 that are drawn anew in each step. */
    SmallNet train(LabelledRows rows, int steps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        model.training(true);
        try (Scope home = torch.scope()) {
            Optimizer optimizer = OptimizerMethod.choose(
                    "adamw",
                    Map.of("lr", RATE, "weight_decay", 0.0),
                    ParameterGroup.of(model.trainableParameters()),
                    home);
            for (int step = 0; step < steps; step++) {
                try (Scope scope = torch.scope()) {
                    int[] batch = random.ints(BATCH, 0, rows.count()).toArray();
                    Tensor loss = Losses.crossEntropy(model.logits(inputs(rows, batch)), labels(rows, batch), 0);
                    optimizer.step(RATE, Gradients.of(loss, optimizer.tensors()));
                }
            }
        }
        model.training(false);
        return this;
    }

    /** Logits of each row, computed 64 at a time. */
    Rows logits(LabelledRows rows) {
        return computed(rows, model.labels().size(), model::logits);
    }

    /** What the last hidden layer gives. */
    Rows features(LabelledRows rows) {
        int width = (int) model.linears().values().stream()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .inputs();
        return computed(rows, width, inputs -> {
            model.logits(inputs);
            return Objects.requireNonNull(seen.features);
        });
    }

    private Rows computed(LabelledRows rows, int width, UnaryOperator<Tensor> forward) {
        return new Rows() {
            @Override
            public int width() {
                return width;
            }

            @Override
            public void read(Visitor visitor) {
                for (int from = 0; from < rows.count(); from += BATCH) {
                    int[] batch = IntStream.range(from, Math.min(from + BATCH, rows.count()))
                            .toArray();
                    float[] numbers = numbers(batch);
                    for (int place = 0; place < batch.length; place++) {
                        visitor.row(batch[place], Arrays.copyOfRange(numbers, place * width, (place + 1) * width));
                    }
                }
            }

            private float[] numbers(int[] batch) {
                try (Scope scope = torch.scope()) {
                    return torch.withoutGradients(() -> forward.apply(inputs(rows, batch)))
                            .toFloats();
                }
            }
        };
    }

    private Tensor inputs(LabelledRows rows, int[] batch) {
        float[] flat = new float[batch.length * rows.width()];
        for (int place = 0; place < batch.length; place++) {
            System.arraycopy(rows.inputs()[batch[place]], 0, flat, place * rows.width(), rows.width());
        }
        return Tensors.of(torch, flat, batch.length, rows.width()).reshape(batched(batch.length));
    }

    private Tensor labels(LabelledRows rows, int[] batch) {
        long[] labels = new long[batch.length];
        for (int place = 0; place < batch.length; place++) {
            labels[place] = rows.labels()[batch[place]];
        }
        return Tensors.of(torch, labels, batch.length);
    }

    private long[] batched(int rows) {
        long[] batched = new long[shape.length + 1];
        batched[0] = rows;
        System.arraycopy(shape, 0, batched, 1, shape.length);
        return batched;
    }

    /** Looks at what goes into the last layer. */
    private static final class Seen implements LinearAdapter {
        private @Nullable Tensor features;

        @Override
        public Tensor forward(Tensor x, Linear base) {
            features = x;
            return base.base(x);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }
    }
}
