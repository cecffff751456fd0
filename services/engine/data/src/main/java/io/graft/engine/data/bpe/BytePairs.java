package io.graft.engine.data.bpe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns merges of byte pairs (R. Sennrich et al., Neural Machine Translation of Rare Words with Subword Units, arXiv
 * 1508.07909) exactly as the trainer of Hugging Face's tokenizers 0.23: the most frequent pair first, of equals the one
 * with the smaller ids; ids are given to special tokens, then to the 256 bytes, then to merges as they are learnt. The
 * count of a merged pair is kept, as there, so that one that comes again by another merge is counted on.
 */
final class BytePairs {
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
    private final Set<Pair> merges = new LinkedHashSet<>();

    private record Candidate(Pair pair, long count, Collection<Integer> places) implements Comparable<Candidate> {
        private static final Comparator<Candidate> ORDER =
                Comparator.comparingLong(Candidate::count).reversed().thenComparing(Candidate::pair);

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
    }

    private BytePairs(List<String> special, Map<String, Long> wordCounts) {
        special.forEach(this::id);
        ByteAlphabet.all().chars().sorted().forEach(c -> id(Character.toString(c)));
        wordCounts.forEach((word, count) -> words.add(
                new Word(word.chars().map(c -> id(Character.toString(c))).toArray(), count)));
    }

    /**
     * Learns until the vocabulary is full or no pair comes often enough.
     *
     * @param size of the vocabulary, special tokens and bytes included
     * @param leastCount of a pair that is merged
     */
    static BytePairs learn(List<String> special, Map<String, Long> wordCounts, int size, long leastCount) {
        BytePairs pairs = new BytePairs(special, wordCounts);
        pairs.countPairs();
        pairs.mergeUpTo(size, leastCount);
        return pairs;
    }

    /** Ids by token, in the order of the ids. */
    Map<String, Integer> vocabulary() {
        return ids;
    }

    /** The two tokens of each merge, in the order of their use. */
    List<List<String>> merges() {
        return merges.stream()
                .map(pair -> List.of(tokens.get(pair.left()), tokens.get(pair.right())))
                .toList();
    }

    private int id(String token) {
        return ids.computeIfAbsent(token, added -> {
            tokens.add(added);
            return tokens.size() - 1;
        });
    }

    private void countPairs() {
        Map<Pair, Set<Integer>> places = new HashMap<>();
        for (int w = 0; w < words.size(); w++) {
            Word word = words.get(w);
            for (int i = 0; i + 1 < word.size(); i++) {
                counts.merge(word.pair(i), word.count(), Long::sum);
                places.computeIfAbsent(word.pair(i), pair -> new LinkedHashSet<>())
                        .add(w);
            }
        }
        enqueue(places);
    }

    private void enqueue(Map<Pair, Set<Integer>> places) {
        places.forEach((pair, at) -> {
            long count = counts.getOrDefault(pair, 0L);
            if (count > 0) {
                queue.add(new Candidate(pair, count, at));
            }
        });
    }

    private void mergeUpTo(int size, long leastCount) {
        while (ids.size() < size) {
            Candidate top = queue.poll();
            if (top == null) {
                return;
            }
            long count = counts.getOrDefault(top.pair(), 0L);
            if (count != top.count()) {
                queue.add(new Candidate(top.pair(), count, top.places()));
            } else if (count < Math.max(1, leastCount)) {
                return;
            } else {
                merge(top);
            }
        }
    }

    private void merge(Candidate top) {
        int merged = id(tokens.get(top.pair().left()) + tokens.get(top.pair().right()));
        merges.remove(top.pair());
        merges.add(top.pair());
        Map<Pair, Set<Integer>> places = new HashMap<>();
        for (int w : top.places()) {
            Word word = words.get(w);
            word.merge(top.pair(), merged, (pair, change) -> {
                counts.merge(pair, change * word.count(), Long::sum);
                if (change > 0) {
                    places.computeIfAbsent(pair, added -> new LinkedHashSet<>()).add(w);
                }
            });
        }
        enqueue(places);
    }
}
