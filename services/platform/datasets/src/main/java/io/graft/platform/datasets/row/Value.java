package io.graft.platform.datasets.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One cell. Numbers keep the width of the file: whole numbers are 64 bits signed, others IEEE doubles. */
public sealed interface Value {
    /** The longest excerpt of a value that a message shows, in characters. */
    int LONGEST_EXCERPT = 60;

    /** As JSON-like Java: String, Long, Double, Boolean, List, Map or null; a picture is its description. */
    @Nullable
    Object plain();

    /** A short, printable form for a message; never the whole of a long value. */
    default String excerpt() {
        return excerptOf(String.valueOf(plain()));
    }

    /** Cuts a text down to {@link #LONGEST_EXCERPT} printable characters. */
    static String excerptOf(String text) {
        String head = text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    /** Text; well-formed, so that it holds no half of a surrogate pair. */
    record Text(String text) implements Value {
        @Override
        public Object plain() {
            return text;
        }

        @Override
        public String excerpt() {
            return "\"" + excerptOf(text) + "\"";
        }
    }

    /** A whole number. */
    record Whole(long number) implements Value {
        @Override
        public Object plain() {
            return number;
        }
    }

    /** A number with a fraction or an exponent; always finite. */
    record Decimal(double number) implements Value {
        @Override
        public Object plain() {
            return number;
        }
    }

    /** True or false. */
    record Truth(boolean truth) implements Value {
        @Override
        public Object plain() {
            return truth;
        }
    }

    /** Several values in order. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public Object plain() {
            List<@Nullable Object> plain = new ArrayList<>();
            values.forEach(value -> plain.add(value.plain()));
            return Collections.unmodifiableList(plain);
        }
    }

    /** Named values in the order of the file, such as one message of a chat. */
    record Fields(Map<String, Value> values) implements Value {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public Object plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            values.forEach((name, value) -> plain.put(name, value.plain()));
            return Collections.unmodifiableMap(plain);
        }

        @Override
        public String excerpt() {
            return excerptOf(values.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().excerpt())
                    .collect(Collectors.joining(", ", "{", "}")));
        }
    }

    /** A decoded picture. */
    record Image(Picture picture) implements Value {
        @Override
        public Object plain() {
            return "picture of " + picture.width() + "x" + picture.height();
        }
    }

    /** Nothing: null, an empty CSV cell, or a key that a JSONL row leaves out. */
    enum Absent implements Value {
        /** The one instance. */
        ABSENT;

        @Override
        public @Nullable Object plain() {
            return null;
        }
    }
}
