package io.graft.platform.submission.training;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.v1.MethodChoice;
import java.util.List;

/** Reads effective parameters of a method; what a method lacks reads as nothing. */
public record Params(Struct values) {
    /** The parameters of a choice. */
    public static Params of(MethodChoice choice) {
        return new Params(choice.getParams());
    }

    /** Whether there is a value. */
    public boolean has(String name) {
        return values.containsFields(name);
    }

    /** A number; {@code otherwise} when there is none. */
    public double number(String name, double otherwise) {
        return has(name) ? value(name).getNumberValue() : otherwise;
    }

    /** Whether a truth is given and holds. */
    public boolean isTrue(String name) {
        return value(name).getBoolValue();
    }

    /** A text; empty when there is none. */
    public String text(String name) {
        return value(name).getStringValue();
    }

    /** A list of texts; empty when there is none. */
    public List<String> texts(String name) {
        return value(name).getListValue().getValuesList().stream()
                .map(Value::getStringValue)
                .toList();
    }

    /** A list of numbers; empty when there is none. */
    public List<Double> numbers(String name) {
        return value(name).getListValue().getValuesList().stream()
                .map(Value::getNumberValue)
                .toList();
    }

    /** An object; empty when there is none. */
    public Struct object(String name) {
        return value(name).getStructValue();
    }

    private Value value(String name) {
        return values.getFieldsOrDefault(name, Value.getDefaultInstance());
    }
}
