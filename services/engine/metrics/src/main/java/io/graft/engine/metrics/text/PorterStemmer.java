package io.graft.engine.metrics.text;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The stemmer of Porter (1980) with the changes of NLTK ({@code NLTK_EXTENSIONS}), for words of lower-case ASCII letters and
 * digits, as rouge_score uses it.
 */
final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    private static final List<Rule> PLURALS =
            List.of(new Rule("sses", "ss"), new Rule("ies", "i"), new Rule("ss", "ss"), new Rule("s", ""));

    private static final List<Rule> DOUBLE_SUFFIXES = List.of(
            new Rule("ational", "ate"),
            new Rule("tional", "tion"),
            new Rule("enci", "ence"),
            new Rule("anci", "ance"),
            new Rule("izer", "ize"),
            new Rule("bli", "ble"),
            new Rule("alli", "al"),
            new Rule("entli", "ent"),
            new Rule("eli", "e"),
            new Rule("ousli", "ous"),
            new Rule("ization", "ize"),
            new Rule("ation", "ate"),
            new Rule("ator", "ate"),
            new Rule("alism", "al"),
            new Rule("iveness", "ive"),
            new Rule("fulness", "ful"),
            new Rule("ousness", "ous"),
            new Rule("aliti", "al"),
            new Rule("iviti", "ive"),
            new Rule("biliti", "ble"),
            new Rule("fulli", "ful"));

    private static final List<Rule> ADJECTIVES = List.of(
            new Rule("icate", "ic"),
            new Rule("ative", ""),
            new Rule("alize", "al"),
            new Rule("iciti", "ic"),
            new Rule("ical", "ic"),
            new Rule("ful", ""),
            new Rule("ness", ""));

    private static final List<String> ENDINGS = List.of(
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
            "iti", "ous", "ive", "ize");

    private record Rule(String suffix, String replacement) {}

    private PorterStemmer() {}

    static String stem(String word) {
        if (word.length() <= 2 || IRREGULAR.containsKey(word)) {
            return IRREGULAR.getOrDefault(word, word);
        }
        String stem = withoutPlural(word);
        stem = withoutTense(stem);
        stem = withFinalI(stem);
        stem = withoutDoubleSuffix(stem);
        stem = first(stem, ADJECTIVES, s -> measure(s) > 0);
        stem = withoutEnding(stem);
        stem = withoutFinalE(stem);
        return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
    }

    private static String withoutPlural(String word) {
        return word.endsWith("ies") && word.length() == 4 ? cut(word, 1) : first(word, PLURALS, s -> true);
    }

    private static String withoutTense(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        if (word.endsWith("ed") && hasVowel(cut(word, 2))) {
            return repaired(cut(word, 2));
        }
        return word.endsWith("ing") && hasVowel(cut(word, 3)) ? repaired(cut(word, 3)) : word;
    }

    private static String repaired(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        int last = stem.length() - 1;
        if (last > 0 && stem.charAt(last) == stem.charAt(last - 1) && isConsonant(stem, last)) {
            return "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String withFinalI(String word) {
        boolean changes = word.length() > 2 && word.endsWith("y") && isConsonant(word, word.length() - 2);
        return changes ? cut(word, 1) + "i" : word;
    }

    private static String withoutDoubleSuffix(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return withoutDoubleSuffix(cut(word, 2));
        }
        String changed = first(word, DOUBLE_SUFFIXES, s -> measure(s) > 0);
        return changed.equals(word) && word.endsWith("logi") && measure(cut(word, 3)) > 0 ? cut(word, 1) : changed;
    }

    private static String withoutEnding(String word) {
        for (String ending : ENDINGS) {
            if (word.endsWith(ending)) {
                String stem = cut(word, ending.length());
                boolean cuts = measure(stem) > 1 && (!ending.equals("ion") || stem.endsWith("s") || stem.endsWith("t"));
                return cuts ? stem : word;
            }
        }
        return word;
    }

    private static String withoutFinalE(String word) {
        if (!word.endsWith("e")) {
            return word;
        }
        String stem = cut(word, 1);
        return measure(stem) > 1 || (measure(stem) == 1 && !endsShort(stem)) ? stem : word;
    }

    /** The first rule whose suffix fits decides, whether its condition holds or not. */
    private static String first(String word, List<Rule> rules, Predicate<String> condition) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix())) {
                String stem = cut(word, rule.suffix().length());
                return condition.test(stem) ? stem + rule.replacement() : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    private static boolean isConsonant(String word, int index) {
        boolean consonant = false;
        for (int i = 0; i <= index; i++) {
            char c = word.charAt(i);
            consonant = c == 'y' ? i == 0 || !consonant : "aeiou".indexOf(c) < 0;
        }
        return consonant;
    }

    /** How often vowels are followed by consonants. */
    private static int measure(String stem) {
        int measure = 0;
        boolean afterVowel = false;
        boolean consonant = false;
        for (int i = 0; i < stem.length(); i++) {
            char c = stem.charAt(i);
            consonant = c == 'y' ? i == 0 || !consonant : "aeiou".indexOf(c) < 0;
            measure += consonant && afterVowel ? 1 : 0;
            afterVowel = !consonant;
        }
        return measure;
    }

    private static boolean hasVowel(String stem) {
        boolean found = false;
        for (int i = 0; i < stem.length() && !found; i++) {
            found = !isConsonant(stem, i);
        }
        return found;
    }

    /** Consonant, vowel and consonant but w, x and y; or just a vowel and a consonant. */
    private static boolean endsShort(String word) {
        int last = word.length() - 1;
        if (last == 1) {
            return !isConsonant(word, 0) && isConsonant(word, 1);
        }
        return last > 1
                && isConsonant(word, last - 2)
                && !isConsonant(word, last - 1)
                && isConsonant(word, last)
                && "wxy".indexOf(word.charAt(last)) < 0;
    }
}
