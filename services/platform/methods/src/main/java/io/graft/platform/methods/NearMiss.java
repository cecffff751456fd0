package io.graft.platform.methods;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant by a name that does not exist. */
public final class NearMiss {
    private NearMiss() {}

    /**
     * The candidates that share a part with the name or differ from it by a few letters, nearest first.
     *
     * @param most how many at most
     */
    public static List<String> of(String name, Collection<String> candidates, int most) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .distinct()
                .filter(candidate -> isNear(wanted, candidate.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(
                                (String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    private static boolean isNear(String wanted, String candidate) {
        return (wanted.length() > 2 && candidate.contains(wanted))
                || (candidate.length() > 2 && wanted.contains(candidate))
                || distance(wanted, candidate) <= Math.max(1, Math.min(wanted.length(), candidate.length()) / 3);
    }

    /** Levenshtein's edit distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        Arrays.setAll(previous, column -> column);
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
