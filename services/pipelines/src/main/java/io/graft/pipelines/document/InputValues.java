package io.graft.pipelines.document;

import io.graft.pipelines.document.PipelineDocument.InputType;
import org.jspecify.annotations.Nullable;

/** Values of inputs. */
public final class InputValues {
    private static final double LARGEST_WHOLE = 1L << 53;

    private InputValues() {}

    /**
     * A value as its input's type has it: String, Long, Double or Boolean.
     *
     * @param value of any of these types; a whole Double is taken for an int, as JSON has no other numbers
     * @return null when it is not of that type
     */
    public static @Nullable Object convert(InputType type, @Nullable Object value) {
        return switch (type) {
            case STRING -> value instanceof String text ? text : null;
            case BOOL -> value instanceof Boolean flag ? flag : null;
            case INT -> {
                if (value instanceof Double number
                        && number == Math.rint(number)
                        && Math.abs(number) <= LARGEST_WHOLE) {
                    yield number.longValue();
                }
                yield value instanceof Long number ? number : null;
            }
            case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : null;
        };
    }
}
