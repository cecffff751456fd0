package io.graft.cli.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One resource as lines of {@code label  value}; empty values are left out. Not thread-safe. */
public final class Fields {
    private final Map<String, String> lines = new LinkedHashMap<>();

    /** Adds a line unless the value is empty. */
    public Fields add(String label, Object value) {
        String text = String.valueOf(value);
        if (!text.isEmpty()) {
            lines.put(label, text);
        }
        return this;
    }

    /** Adds labels as {@code k=v, k=v}. */
    public Fields labels(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.append(text.isEmpty() ? "" : ", ")
                        .append(e.getKey())
                        .append('=')
                        .append(e.getValue()));
        return add("labels", text);
    }

    public void print(PrintStream out) {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        lines.forEach((label, value) -> {
            String indent = "\n" + " ".repeat(width + 2);
            out.println(label + " ".repeat(width + 2 - label.length()) + value.replace("\n", indent));
        });
    }
}
