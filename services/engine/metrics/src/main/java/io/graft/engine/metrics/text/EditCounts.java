package io.graft.engine.metrics.text;

import java.util.List;

/**
 * The fewest edits that make a hypothesis out of a reference (Levenshtein 1966).
 *
 * @param hits reference tokens kept
 * @param substitutions reference tokens replaced
 * @param deletions reference tokens missing in the hypothesis
 * @param insertions hypothesis tokens that no reference token stands for
 */
public record EditCounts(int hits, int substitutions, int deletions, int insertions) {
    /**
     * Among equally short edit scripts takes the one that rapidfuzz, and so jiwer, takes: equal beginnings and ends are
     * kept; from the end of the rest deletions go before substitutions, those before insertions.
     */
    static EditCounts of(List<String> reference, List<String> hypothesis) {
        int shorter = Math.min(reference.size(), hypothesis.size());
        int start = 0;
        while (start < shorter && reference.get(start).equals(hypothesis.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && fromEnd(reference, end).equals(fromEnd(hypothesis, end))) {
            end++;
        }
        EditCounts rest = traced(
                reference.subList(start, reference.size() - end), hypothesis.subList(start, hypothesis.size() - end));
        return rest.plus(new EditCounts(start + end, 0, 0, 0));
    }

    private static String fromEnd(List<String> tokens, int offset) {
        return tokens.get(tokens.size() - 1 - offset);
    }

    private static EditCounts traced(List<String> reference, List<String> hypothesis) {
        int[][] table = table(reference, hypothesis);
        int i = reference.size();
        int j = hypothesis.size();
        int hits = 0;
        int substitutions = 0;
        int deletions = 0;
        int insertions = 0;
        while (i > 0 || j > 0) {
            if (i > 0 && table[i][j] == table[i - 1][j] + 1) {
                deletions++;
                i--;
            } else if (j > 0 && (i == 0 || isInsertion(table, reference, hypothesis, i, j))) {
                insertions++;
                j--;
            } else {
                i--;
                j--;
                if (reference.get(i).equals(hypothesis.get(j))) {
                    hits++;
                } else {
                    substitutions++;
                }
            }
        }
        return new EditCounts(hits, substitutions, deletions, insertions);
    }

    private static boolean isInsertion(int[][] table, List<String> reference, List<String> hypothesis, int i, int j) {
        boolean equal = reference.get(i - 1).equals(hypothesis.get(j - 1));
        boolean substitution = !equal && table[i][j] == table[i - 1][j - 1] + 1;
        return !substitution && table[i][j] == table[i][j - 1] + 1;
    }

    private static int[][] table(List<String> reference, List<String> hypothesis) {
        int[][] table = new int[reference.size() + 1][hypothesis.size() + 1];
        for (int i = 0; i <= reference.size(); i++) {
            for (int j = 0; j <= hypothesis.size(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                } else {
                    int kept = reference.get(i - 1).equals(hypothesis.get(j - 1)) ? 0 : 1;
                    table[i][j] = Math.min(table[i - 1][j - 1] + kept, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                }
            }
        }
        return table;
    }

    /** Substitutions, deletions and insertions. */
    public int edits() {
        return substitutions + deletions + insertions;
    }

    /** How many tokens the reference has. */
    public int referenceLength() {
        return hits + substitutions + deletions;
    }

    EditCounts plus(EditCounts other) {
        return new EditCounts(
                hits + other.hits,
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions);
    }
}
