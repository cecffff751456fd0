package io.graft.engine.methods.peft;

import io.graft.engine.tensors.LinearAlgebra;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Explained variance adaptation (Paischer et al., arXiv 2410.07170): A are the principal directions of a layer's inputs, and
 * the ranks of all layers go to the directions that explain most of their layer's variance.
 *
 * <p>The covariance of all sample inputs is decomposed at once, in a matrix of inputs squared a layer, where PEFT updates a
 * decomposition batch by batch until it converges.
 */
final class EvaStart {
    private final double rho;
    private final List<Runnable> samples;

    EvaStart(double rho, List<Runnable> samples) {
        this.rho = rho;
        this.samples = List.copyOf(samples);
    }

    /** A layer's directions [k, in], most explaining first, and the shares of variance they explain. */
    private record Directions(Tensor components, float[] shares) {}

    /** What each layer starts with; layers that explain too little get none. */
    Map<String, Tensor> components(List<LoraTarget> targets, Map<String, Linear> linears, Torch torch, Scope home) {
        if (samples.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.CONFIG_VALUE, "init: eva looks at inputs; give it batches of training data");
        }
        return torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                Map<String, Directions> directions = directions(targets, observe(targets, linears, scope));
                Map<String, Integer> ranks = ranks(targets, directions);
                Map<String, Tensor> components = new LinkedHashMap<>();
                directions.forEach((module, found) -> {
                    int rank = ranks.getOrDefault(module, 0);
                    if (rank > 0) {
                        components.put(
                                module,
                                home.keep(found.components().slice(0, 0, rank).copy()));
                    }
                });
                return components;
            }
        });
    }

    private Map<String, Inputs> observe(List<LoraTarget> targets, Map<String, Linear> linears, Scope scope) {
        Map<String, Inputs> inputs = new LinkedHashMap<>();
        for (LoraTarget target : targets) {
            Linear linear = linears.get(target.module());
            if (linear != null) {
                Inputs observer = new Inputs(scope);
                inputs.put(target.module(), observer);
                linear.setAdapter(observer);
            }
        }
        try {
            for (Runnable sample : samples) {
                try (Scope each = scope.torch().scope()) {
                    sample.run();
                }
            }
        } finally {
            inputs.keySet().forEach(module -> {
                Linear linear = linears.get(module);
                if (linear != null) {
                    linear.setAdapter(null);
                }
            });
        }
        return inputs;
    }

    private Map<String, Directions> directions(List<LoraTarget> targets, Map<String, Inputs> inputs) {
        Map<String, Directions> found = new LinkedHashMap<>();
        for (LoraTarget target : targets) {
            Inputs seen = inputs.get(target.module());
            if (seen == null || seen.squares == null || seen.sum == null || seen.count < 2) {
                throw new AdapterException(
                        AdapterProblem.CONFIG_VALUE, "init: the samples of eva give no inputs to " + target.module());
            }
            Tensor mean = seen.sum.div((double) seen.count);
            Tensor covariance = seen.squares.div((double) seen.count).sub(LinearAlgebra.outer(mean, mean));
            LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(covariance);
            long size = covariance.size(0);
            long most = Math.min(size, Math.round(target.rank() * rho));
            long[] descending =
                    LongStream.range(0, most).map(at -> size - 1 - at).toArray();
            Tensor order = Tensors.of(mean.torch(), descending, most);
            Tensor values = eigen.values().clamp(0, Float.MAX_VALUE);
            double total = values.sum().item();
            found.put(
                    target.module(),
                    new Directions(
                            eigen.vectors().indexSelect(1, order).t(),
                            values.indexSelect(0, order)
                                    .div(Math.max(total, Double.MIN_NORMAL))
                                    .toFloats()));
        }
        return found;
    }

    private static Map<String, Integer> ranks(List<LoraTarget> targets, Map<String, Directions> directions) {
        record Share(String module, float value) {}
        List<Share> shares = new ArrayList<>();
        directions.forEach((module, found) -> {
            for (float share : found.shares()) {
                shares.add(new Share(module, share));
            }
        });
        shares.sort(Comparator.comparingDouble((Share share) -> -share.value()));
        int budget = targets.stream().mapToInt(LoraTarget::rank).sum();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        shares.stream().limit(budget).forEach(share -> ranks.merge(share.module(), 1, Integer::sum));
        return ranks;
    }

    /** Passes inputs on and adds up what their covariance needs. */
    private static final class Inputs implements LinearAdapter {
        private final Scope home;
        private @Nullable Tensor squares;
        private @Nullable Tensor sum;
        private long count;

        Inputs(Scope home) {
            this.home = home;
        }

        @Override
        public Tensor forward(Tensor x, Linear base) {
            Tensor rows = x.detach().reshape(-1, base.inputs());
            Tensor product = LowRankLayer.library(base).tensor("sum_of_squares", rows);
            Tensor total = rows.sum(0, false);
            if (squares == null || sum == null) {
                squares = home.keep(product);
                sum = home.keep(total);
            } else {
                squares.addInPlace(product, 1);
                sum.addInPlace(total, 1);
            }
            count += rows.size(0);
            return base.base(x);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }
    }
}
