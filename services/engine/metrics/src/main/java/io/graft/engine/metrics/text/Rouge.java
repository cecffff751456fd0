package io.graft.engine.metrics.text;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ROUGE (Lin 2004) as rouge_score 0.1.2 computes it, for one text and one reference; a corpus score is the mean over
 * examples. Tokens are runs of ASCII letters and digits in lower case, so that other scripts have none.
 */
public final class Rouge {
    /** Without stemming, the default of rouge_score. */
    public static final Rouge PLAIN = new Rouge(UnaryOperator.identity());

    /** With {@code use_stemmer=True}: words of more than three letters are reduced to their stems, for English. */
    public static final Rouge STEMMED = new Rouge(word -> word.length() > 3 ? PorterStemmer.stem(word) : word);

    private static final Pattern NO_TOKEN = Pattern.compile("[^a-z0-9]+");

    private final UnaryOperator<String> stemmer;

    private Rouge(UnaryOperator<String> stemmer) {
        this.stemmer = stemmer;
    }

    /** ROUGE-1, ROUGE-2 and so on: shared runs of {@code n} tokens. */
    public RougeScore ngrams(int n, String text, String reference) {
        Map<List<String>, Integer> given = Ngrams.of(tokens(text), n);
        Map<List<String>, Integer> truth = Ngrams.of(tokens(reference), n);
        return RougeScore.of(Ngrams.shared(given, truth), Ngrams.total(given), Ngrams.total(truth));
    }

    /** ROUGE-L: the longest common subsequence of the whole texts. */
    public RougeScore longest(String text, String reference) {
        List<String> given = tokens(text);
        List<String> truth = tokens(reference);
        return RougeScore.of(table(truth, given)[truth.size()][given.size()], given.size(), truth.size());
    }

    /**
     * ROUGE-Lsum: for each line of the reference the union of its longest common subsequences with all lines of the text,
     * no token counting more often than it occurs.
     */
    public RougeScore longestOfLines(String text, String reference) {
        List<List<String>> given = lines(text);
        List<List<String>> truth = lines(reference);
        Map<String, Integer> givenLeft = counts(given);
        Map<String, Integer> truthLeft = counts(truth);
        int hits = 0;
        for (List<String> line : truth) {
            BitSet union = new BitSet();
            given.forEach(other -> union.or(common(line, other)));
            for (int i : union.stream().toArray()) {
                String token = line.get(i);
                if (givenLeft.getOrDefault(token, 0) > 0 && truthLeft.getOrDefault(token, 0) > 0) {
                    hits++;
                    givenLeft.merge(token, -1, Integer::sum);
                    truthLeft.merge(token, -1, Integer::sum);
                }
            }
        }
        return RougeScore.of(hits, size(given), size(truth));
    }

    private List<String> tokens(String text) {
        return Stream.of(NO_TOKEN.matcher(text.toLowerCase(Locale.ROOT))
                        .replaceAll(" ")
                        .split(" ", -1))
                .map(stemmer)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private List<List<String>> lines(String text) {
        return Stream.of(text.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(this::tokens)
                .toList();
    }

    private static Map<String, Integer> counts(List<List<String>> lines) {
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> line.forEach(token -> counts.merge(token, 1, Integer::sum)));
        return counts;
    }

    private static int size(List<List<String>> lines) {
        return lines.stream().mapToInt(List::size).sum();
    }

    private static int[][] table(List<String> first, List<String> second) {
        int[][] table = new int[first.size() + 1][second.size() + 1];
        for (int i = 1; i <= first.size(); i++) {
            for (int j = 1; j <= second.size(); j++) {
                table[i][j] = first.get(i - 1).equals(second.get(j - 1))
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        return table;
    }

    /** Indices of the first list in one longest common subsequence, chosen as rouge_score does. */
    private static BitSet common(List<String> first, List<String> second) {
        int[][] table = table(first, second);
        BitSet indices = new BitSet();
        int i = first.size();
        int j = second.size();
        while (i > 0 && j > 0) {
            if (first.get(i - 1).equals(second.get(j - 1))) {
                indices.set(i - 1);
                i--;
                j--;
            } else if (table[i][j - 1] > table[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return indices;
    }
}
