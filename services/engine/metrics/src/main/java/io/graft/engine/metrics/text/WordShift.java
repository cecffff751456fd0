package io.graft.engine.metrics.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves runs of words until that no longer shortens the edit distance, by Tercom's rules (Snover et al. 2006) in the form
 * of sacrebleu: runs of up to 10 words, over up to 50, 1000 tries a sentence; of several the best, longest, earliest.
 */
final class WordShift {
    private static final int MAX_LENGTH = 10;
    private static final int MAX_DISTANCE = 50;
    private static final int MAX_TRIES = 1000;

    private final List<String> reference;
    private int tries;

    private record Shift(int gain, int length, int start, int target, List<String> words) {
        boolean isBetterThan(Shift other) {
            int[] mine = {gain, length, -start, -target};
            int[] others = {other.gain, other.length, -other.start, -other.target};
            int i = 0;
            while (i < mine.length - 1 && mine[i] == others[i]) {
                i++;
            }
            return mine[i] > others[i];
        }
    }

    private WordShift(List<String> reference) {
        this.reference = reference;
    }

    /** Shifts and edits that make the hypothesis out of the reference. */
    static int edits(List<String> hypothesis, List<String> reference) {
        if (reference.isEmpty()) {
            return hypothesis.size();
        }
        WordShift search = new WordShift(reference);
        List<String> words = hypothesis;
        int shifts = 0;
        Shift best = search.best(words);
        while (search.tries < MAX_TRIES && best.gain() > 0) {
            shifts++;
            words = best.words();
            best = search.best(words);
        }
        return shifts + BeamAlignment.of(words, reference).distance();
    }

    private Shift best(List<String> words) {
        BeamAlignment now = BeamAlignment.of(words, reference);
        Shift best = new Shift(0, 0, 0, 0, words);
        boolean found = false;
        for (int start = 0; start < words.size(); start++) {
            for (int from = 0; from < reference.size(); from++) {
                if (Math.abs(from - start) > MAX_DISTANCE) {
                    continue;
                }
                int longest = common(words, start, from);
                for (int length = 1; length <= longest; length++) {
                    for (Shift shift : shifts(words, now, start, from, length)) {
                        if (!found || shift.isBetterThan(best)) {
                            best = shift;
                            found = true;
                        }
                    }
                    if (tries >= MAX_TRIES) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    private int common(List<String> words, int start, int from) {
        int limit = Math.min(MAX_LENGTH, Math.min(words.size() - start, reference.size() - from));
        int length = 0;
        while (length < limit && words.get(start + length).equals(reference.get(from + length))) {
            length++;
        }
        return length;
    }

    private List<Shift> shifts(List<String> words, BeamAlignment now, int start, int from, int length) {
        List<Shift> shifts = new ArrayList<>();
        int aligned = now.hypothesisAt(from);
        boolean inside = start <= aligned && aligned < start + length;
        if (inside || !now.hypothesisErrs(start, length) || !now.referenceErrs(from, length)) {
            return shifts;
        }
        int last = -1;
        for (int offset = -1; offset < length && from + offset < reference.size(); offset++) {
            int target = from + offset == -1 ? 0 : now.hypothesisAt(from + offset) + 1;
            if (target != last) {
                last = target;
                List<String> moved = moved(words, start, length, target);
                int gain = now.distance() - BeamAlignment.of(moved, reference).distance();
                shifts.add(new Shift(gain, length, start, target, moved));
                tries++;
            }
        }
        return shifts;
    }

    private static List<String> moved(List<String> words, int start, int length, int target) {
        List<String> run = words.subList(start, start + length);
        List<String> rest = new ArrayList<>(words.subList(0, start));
        rest.addAll(words.subList(start + length, words.size()));
        int place = target < start ? target : target > start + length ? target - length : target;
        rest.addAll(Math.min(place, rest.size()), run);
        return rest;
    }
}
