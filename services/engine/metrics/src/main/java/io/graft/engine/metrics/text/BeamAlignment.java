package io.graft.engine.metrics.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Edit distance along a band of 25 around the diagonal, with the alignment that Tercom takes: keeping or replacing before
 * leaving out, leaving out before adding.
 */
final class BeamAlignment {
    private static final int BEAM = 25;
    private static final int FAR = 1 << 28;

    private final int distance;
    private final int[] hypothesisAt;
    private final BitSet hypothesisErrors = new BitSet();
    private final BitSet referenceErrors = new BitSet();

    private BeamAlignment(List<String> hypothesis, List<String> reference) {
        int[][] cost = cost(hypothesis, reference);
        distance = cost[hypothesis.size()][reference.size()];
        hypothesisAt = new int[reference.size()];
        int i = hypothesis.size();
        int j = reference.size();
        while (i > 0 || j > 0) {
            boolean equal = i > 0 && j > 0 && hypothesis.get(i - 1).equals(reference.get(j - 1));
            if (i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + (equal ? 0 : 1)) {
                i--;
                j--;
                hypothesisAt[j] = i;
                hypothesisErrors.set(i, !equal);
                referenceErrors.set(j, !equal);
            } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
                i--;
                hypothesisErrors.set(i);
            } else {
                j--;
                hypothesisAt[j] = i - 1;
                referenceErrors.set(j);
            }
        }
    }

    static BeamAlignment of(List<String> hypothesis, List<String> reference) {
        return new BeamAlignment(hypothesis, reference);
    }

    private static int[][] cost(List<String> hypothesis, List<String> reference) {
        int n = hypothesis.size();
        int m = reference.size();
        int[][] cost = new int[n + 1][m + 1];
        for (int[] row : cost) {
            Arrays.fill(row, FAR);
        }
        Arrays.setAll(cost[0], j -> j);
        double ratio = n == 0 ? 1 : (double) m / n;
        int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
        for (int i = 1; i <= n; i++) {
            int diagonal = (int) Math.floor(i * ratio);
            int end = i == n ? m + 1 : Math.min(m + 1, diagonal + beam);
            for (int j = Math.max(0, diagonal - beam); j < end; j++) {
                if (j == 0) {
                    cost[i][j] = cost[i - 1][j] + 1;
                } else {
                    int replaced = hypothesis.get(i - 1).equals(reference.get(j - 1)) ? 0 : 1;
                    int best = Math.min(cost[i - 1][j - 1] + replaced, cost[i - 1][j] + 1);
                    cost[i][j] = Math.min(FAR, Math.min(best, cost[i][j - 1] + 1));
                }
            }
        }
        return cost;
    }

    int distance() {
        return distance;
    }

    /** The hypothesis' word that a reference word is aligned with, or the one before a missing word; -1 for the start. */
    int hypothesisAt(int referenceWord) {
        return hypothesisAt[referenceWord];
    }

    boolean hypothesisErrs(int start, int length) {
        return !hypothesisErrors.get(start, start + length).isEmpty();
    }

    boolean referenceErrs(int start, int length) {
        return !referenceErrors.get(start, start + length).isEmpty();
    }
}
