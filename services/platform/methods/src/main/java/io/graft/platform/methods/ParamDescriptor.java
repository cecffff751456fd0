package io.graft.platform.methods;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a method says about one parameter.
 *
 * @param name on the wire: lower case with underscores
 * @param doc what it does, with its unit
 * @param defaultText the value when absent, as text; null when there is none
 * @param optional whether it may be absent though there is no default
 * @param range of a number, or of each number in a collection
 * @param choices the words of a {@link ParamType#CHOICE}; empty otherwise
 * @param below name of a parameter that must be greater, or null
 * @param atMost name of a parameter that must not be less, or null
 */
public record ParamDescriptor(
        String name,
        ParamType type,
        String doc,
        @Nullable String defaultText,
        boolean optional,
        Range range,
        List<String> choices,
        @Nullable String below,
        @Nullable String atMost) {
    /** Copies the choices. */
    public ParamDescriptor {
        choices = List.copyOf(choices);
    }

    /** Whether a caller must give it. */
    public boolean required() {
        return defaultText == null && !optional && !type.isCollection();
    }

    /**
     * The numbers allowed.
     *
     * @param min least, minus infinity for none
     * @param max greatest, infinity for none
     * @param aboveMin whether {@code min} itself is excluded
     * @param belowMax whether {@code max} itself is excluded
     */
    public record Range(double min, double max, boolean aboveMin, boolean belowMax) {
        /** Any finite number. */
        public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, false);

        boolean contains(double value) {
            return (aboveMin ? value > min : value >= min) && (belowMax ? value < max : value <= max);
        }

        /** In words, for example {@code from 0 to below 1}; empty when everything is allowed. */
        public String words() {
            String least = min == Double.NEGATIVE_INFINITY ? "" : (aboveMin ? "above " : "from ") + plain(min);
            String greatest = max == Double.POSITIVE_INFINITY ? "" : (belowMax ? "below " : "up to ") + plain(max);
            return least.isEmpty() || greatest.isEmpty()
                    ? least + greatest
                    : least + " to " + (belowMax ? "below " : "") + plain(max);
        }

        private static String plain(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }
}
