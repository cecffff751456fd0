package io.graft.platform.query;

/**
 * One comparison of a filter.
 *
 * @param field a declared field, or {@code labels.KEY}
 * @param operator how to compare
 * @param value right-hand side, unquoted
 */
public record FilterTerm(String field, Operator operator, String value) {
    /** The comparisons of AIP-160 that Graft takes. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As written in a filter and in SQL. */
        public String symbol() {
            return symbol;
        }
    }
}
