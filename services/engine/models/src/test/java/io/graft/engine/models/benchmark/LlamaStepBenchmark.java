package io.graft.engine.models.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorLists;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Functional;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.NewWeights;
import io.graft.engine.tensors.nn.Parameter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Time of a training step of a Llama of 8.5 million parameters, batch 8 of 256 tokens, AdamW: full, and LoRA of rank 8 on
 * queries and values. Arguments: threads, steps.
 */
public final class LlamaStepBenchmark {
    private static final int BATCH = 8;
    private static final int LENGTH = 256;

    private LlamaStepBenchmark() {}

    public static void main(String[] args) {
        int threads = Integer.parseInt(args[0]);
        int steps = Integer.parseInt(args[1]);
        try (Torch torch = Torch.open(TorchSettings.threads(threads).withSeed(1))) {
            for (boolean lora : new boolean[] {false, true}) {
                System.out.println((lora ? "LoRA" : "full") + ", " + threads + " threads: " + run(torch, lora, steps));
            }
        }
    }

    private static String run(Torch torch, boolean lora, int steps) {
        ObjectNode config = ModelFamilies.parse("benchmark", """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 8192, "hidden_size": 256,
                 "intermediate_size": 688, "num_hidden_layers": 6, "num_attention_heads": 8, "max_position_embeddings": 512,
                 "rms_norm_eps": 1e-5}""");
        try (Scope home = torch.scope()) {
            CausalLm model = (CausalLm) ModelFamilies.load().create(home, config);
            if (lora) {
                model.setTrainable(false);
                model.linears().forEach((name, linear) -> {
                    if (name.endsWith("q_proj") || name.endsWith("v_proj")) {
                        linear.setAdapter(LowRank.of(home, linear));
                    }
                });
            }
            model.training(true);
            return measured(torch, model, steps);
        }
    }

    private static String measured(Torch torch, CausalLm model, int steps) {
        List<Tensor> values =
                model.trainableParameters().stream().map(Parameter::value).toList();
        List<Tensor> means = new ArrayList<>();
        List<Tensor> squares = new ArrayList<>();
        List<Tensor> counts = new ArrayList<>();
        for (Tensor value : values) {
            means.add(Tensors.zerosLike(value));
            squares.add(Tensors.zerosLike(value));
            counts.add(Tensors.scalar(torch, 0));
        }
        long[] ids = new long[BATCH * LENGTH];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ((i * 2654435761L) >>> 7) % 8192;
        }
        Tensor batch = Tensors.of(torch, ids, BATCH, LENGTH);
        double[] wall = new double[steps];
        double[] processor = new double[steps];
        double loss = 0;
        for (int step = 0; step < steps; step++) {
            long began = System.nanoTime();
            long cpu = processorNanos();
            try (Scope scope = torch.scope()) {
                Losses.Counted counted = model.nextTokenLoss(TokenBatch.of(batch), batch, Losses.Reduction.MEAN);
                Gradients gradients = Gradients.of(counted.loss(), values);
                gradients.clip(1.0);
                TensorLists.adamW(
                        values,
                        gradients.values(),
                        means,
                        squares,
                        counts,
                        new TensorLists.AdamW(1e-3, 0.9, 0.999, 0.01, 1e-8));
                loss = counted.loss().item();
            }
            wall[step] = (System.nanoTime() - began) * 1e-9;
            processor[step] = (processorNanos() - cpu) * 1e-9;
        }
        return String.format(
                "wall median %.3f s, least %.3f s; CPU median %.3f s, least %.3f s; loss %.4f",
                median(wall),
                Arrays.stream(wall).min().orElseThrow(),
                median(processor),
                Arrays.stream(processor).min().orElseThrow(),
                loss);
    }

    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Plain LoRA of rank 8 and scale 2. */
    private record LowRank(Parameter a, Parameter b) implements LinearAdapter {
        static LowRank of(Scope home, Linear base) {
            NewWeights weights = new NewWeights(home);
            return new LowRank(
                    weights.parameter(base.name() + ".a", Init.fanIn(base.inputs()), 8, base.inputs()),
                    weights.parameter(base.name() + ".b", Init.zeros(), base.outputs(), 8));
        }

        @Override
        public Tensor forward(Tensor x, Linear base) {
            return Functional.lowRank(base.base(x), x, a.value(), b.value(), 2);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(a, b);
        }
    }
}
