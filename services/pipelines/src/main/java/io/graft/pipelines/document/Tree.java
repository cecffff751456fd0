package io.graft.pipelines.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A value of a document with its place. */
public sealed interface Tree {
    Place place();

    /** Keys with their values, in the order of the document. */
    record Mapping(Place place, SequencedMap<String, Tree> entries) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /** The value of a key; null when there is none. */
        public @Nullable Tree get(String key) {
            return entries.get(key);
        }
    }

    /** A list. */
    record Sequence(Place place, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A single value.
     *
     * @param text as written
     * @param value a String, Long, Double or Boolean, or null
     */
    record Scalar(Place place, String text, @Nullable Object value) implements Tree {}

    /** What it is, for people. */
    default String kind() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar scalar when scalar.value() == null -> "nothing";
            case Scalar scalar when scalar.value() instanceof String -> "text";
            case Scalar scalar -> "'" + scalar.text() + "'";
        };
    }
}
