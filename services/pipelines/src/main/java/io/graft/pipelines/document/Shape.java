package io.graft.pipelines.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a value must look like. The check of documents and the published JSON Schema are both made from it, so that they can't
 * differ.
 */
sealed interface Shape {
    /** Text that a regular expression describes as a whole. */
    record Text(String pattern, String example) implements Shape {}

    /** An expression in CEL. */
    record Expression() implements Shape {}

    /** Any JSON value, with expressions in its texts. */
    record AnyValue() implements Shape {}

    /** A whole number in a range. */
    record Whole(long least, long greatest) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** One of some texts. */
    record Choice(List<String> values) implements Shape {}

    /** A list. */
    record ListOf(Shape item, int least, int greatest) implements Shape {}

    /** Free keys. */
    record MapOf(String keyPattern, Shape value, int greatest) implements Shape {}

    /**
     * Known keys.
     *
     * @param exactlyOne of these keys there is one, no more and no less; empty for no such rule
     */
    record Keys(SequencedMap<String, Key> keys, Set<String> exactlyOne) implements Shape {
        public Keys {
            keys = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(keys));
            exactlyOne = Collections.unmodifiableSet(new LinkedHashSet<>(exactlyOne));
        }
    }

    /** A shape that has a name in the schema, for one that holds itself. */
    record Named(String name, Supplier<Shape> shape) implements Shape {}

    /** A key of {@link Keys}. */
    record Key(Shape shape, boolean required, String meaning) {}
}
