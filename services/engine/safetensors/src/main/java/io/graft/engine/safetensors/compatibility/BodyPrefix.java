package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The prefix under which a model for a task holds the tensors of the model below it: {@code bert.} in a
 * {@code BertForSequenceClassification}, nothing in a {@code BertModel}. Empty where names agree as they are.
 *
 * @param text ends with a dot, or is empty
 */
public record BodyPrefix(String text) {
    /** Names are the same. */
    public static final BodyPrefix NONE = new BodyPrefix("");

    /**
     * The prefix that gives every wanted name a tensor; {@link #NONE} if there is none.
     *
     * @param wanted names to be found, those that take part
     * @param held the listing to find them in
     */
    static BodyPrefix between(Collection<String> wanted, Side held) {
        if (wanted.isEmpty() || held.tensors().keySet().containsAll(wanted)) {
            return NONE;
        }
        String first = wanted.iterator().next();
        return held.tensors().keySet().stream()
                .filter(name -> name.endsWith("." + first))
                .map(name -> new BodyPrefix(name.substring(0, name.length() - first.length())))
                .filter(prefix -> wanted.stream().allMatch(name -> held.find(prefix.stored(name)) != null))
                .findFirst()
                .orElse(NONE);
    }

    /** The name that the holder has for a tensor. */
    public String stored(String name) {
        return text + name;
    }

    /** The listing with names as the one below has them; tensors of the task keep theirs. */
    Side without(Side side) {
        List<TensorSpec> tensors = new ArrayList<>();
        for (TensorSpec tensor : side.tensors().values()) {
            String name = tensor.name().startsWith(text) ? tensor.name().substring(text.length()) : tensor.name();
            tensors.add(new TensorSpec(name, tensor.dtype(), tensor.shape()));
        }
        return Side.of(side.label(), tensors);
    }
}
