package io.graft.engine.models;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Functional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Continues a text token by token, with the keys and values of what was read kept. */
public final class Generation {
    private Generation() {}

    /**
     * How tokens are chosen.
     *
     * @param maxNewTokens the most tokens to add
     * @param temperature 0 takes the most likely token; above, scores are divided by it before drawing
     * @param topK draws among so many most likely tokens only; 0 for all
     * @param topP draws among the fewest tokens that reach this probability together; 1 for all
     * @param stops ids that end the text; the one that did is part of the result
     */
    public record Settings(int maxNewTokens, double temperature, int topK, double topP, Set<Integer> stops) {
        public Settings {
            if (maxNewTokens < 0 || !(temperature >= 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException(
                        "maxNewTokens, temperature and topK can't be negative and topP lies in (0, 1]: " + maxNewTokens
                                + ", " + temperature + ", " + topK + ", " + topP);
            }
            stops = Set.copyOf(stops);
        }

        /** The most likely token each time. */
        public static Settings greedy(int maxNewTokens, Set<Integer> stops) {
            return new Settings(maxNewTokens, 0, 0, 1, stops);
        }
    }

    /**
     * The tokens after a prompt.
     *
     * @param prompt ids, at least one
     * @throws ModelException if prompt and continuation don't fit the model's positions
     */
    public static List<Integer> generate(CausalLm model, int[] prompt, Settings settings) {
        return generate(model, prompt, settings, tokens -> false);
    }

    /**
     * The same, ending early where the tokens so far say so.
     *
     * @param enough asked after each token with all that were added
     */
    public static List<Integer> generate(
            CausalLm model, int[] prompt, Settings settings, Predicate<List<Integer>> enough) {
        if (prompt.length == 0 || prompt.length + settings.maxNewTokens() > model.maxPositions()) {
            throw new ModelException(
                    "prompt",
                    "1 to " + model.maxPositions() + " tokens fit the model, not " + prompt.length + " and "
                            + settings.maxNewTokens() + " new ones");
        }
        Torch torch = model.head().weight().value().torch();
        return torch.withoutGradients(() -> continued(model, prompt, settings, enough, torch));
    }

    private static List<Integer> continued(
            CausalLm model, int[] prompt, Settings settings, Predicate<List<Integer>> enough, Torch torch) {
        List<Integer> added = new ArrayList<>();
        try (Scope scope = torch.scope()) {
            CausalLm.Memory memory = CausalLm.Memory.EMPTY;
            int[] unread = prompt;
            while (added.size() < settings.maxNewTokens()) {
                try (Scope step = torch.scope()) {
                    CausalLm.Continuation next = model.read(Tensors.of(torch, unread, 1, unread.length), memory);
                    memory = kept(scope, memory, next.memory());
                    unread = new int[] {choose(next.logits(), settings)};
                }
                added.add(unread[0]);
                if (settings.stops().contains(unread[0]) || enough.test(Collections.unmodifiableList(added))) {
                    break;
                }
            }
        }
        return added;
    }

    private static CausalLm.Memory kept(Scope scope, CausalLm.Memory old, CausalLm.Memory fresh) {
        fresh.layers().forEach(layer -> {
            scope.keep(layer.keys());
            scope.keep(layer.values());
        });
        old.layers().forEach(layer -> {
            layer.keys().close();
            layer.values().close();
        });
        return fresh;
    }

    private static int choose(Tensor logits, Settings settings) {
        if (settings.temperature() == 0) {
            return (int) logits.argmax(-1).toLongs()[0];
        }
        float[] likely =
                Functional.softmax(logits.div(settings.temperature()), -1).toFloats();
        int[] order = IntStream.range(0, likely.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> likely[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        int most = settings.topK() == 0 ? order.length : Math.min(settings.topK(), order.length);
        double total = 0;
        int count = 0;
        while (count < most && total < settings.topP()) {
            total += likely[order[count++]];
        }
        double point = logits.torch().random().nextDouble() * total;
        for (int id : Arrays.copyOf(order, count)) {
            point -= likely[id];
            if (point < 0) {
                return id;
            }
        }
        return order[count - 1];
    }
}
