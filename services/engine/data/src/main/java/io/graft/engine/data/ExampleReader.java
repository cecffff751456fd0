package io.graft.engine.data;

import io.graft.engine.data.Example.LabelledPicture;
import io.graft.engine.data.Example.LabelledTokens;
import io.graft.engine.data.Example.TokenPair;
import io.graft.engine.data.Example.TokenSequence;
import io.graft.engine.data.TextTokenizer.Encoded;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the folder of a data set version into examples, in the order of the files and rows; all are held in memory. Every
 * method throws {@link DataException} with up to 20 problems, each naming file, row, column, value and cure.
 *
 * <p>A split is {@code train}, {@code test}, {@code validation}, a folder or a file; all rows if it is empty.
 */
public final class ExampleReader {
    private ExampleReader() {}

    /**
     * The classes in the order of their indices.
     *
     * @param stated taken as they are if there are any; otherwise the distinct values, sorted as text, or for whole
     *     numbers 0 to the greatest
     * @param maxRows rows to look at, all if 0
     */
    public static List<String> classes(Path folder, String split, ColumnRoles roles, List<String> stated, long maxRows)
            throws IOException {
        return stated.isEmpty() ? Classes.find(folder, split, roles, maxRows) : List.copyOf(stated);
    }

    /** Texts, or pairs of texts, with their classes: {@link LabelledTokens}. */
    public static List<Example> labelledTexts(
            Path folder, String split, ColumnRoles roles, List<String> classes, TextTokenizer tokenizer, Limits limits)
            throws IOException {
        Classes known = new Classes(classes);
        Tokens tokens = new Tokens(tokenizer, limits);
        List<ColumnRule> rules = new ArrayList<>(words(roles.textOrDefault(), roles.textPair()));
        rules.add(known.rule(roles));
        List<Example> examples = new ArrayList<>();
        ExampleRows.forEach(folder, split, rules, limits.maxRows(), (row, rows) -> {
            Encoded encoded = tokens.encode(rows, row, roles.textOrDefault(), roles.textPair());
            if (encoded != null) {
                int @Nullable [] types = roles.textPair().isEmpty() ? null : encoded.types();
                examples.add(new LabelledTokens(encoded.ids(), types, known.index(row.value(roles.labelOrDefault()))));
            }
        });
        return examples;
    }

    /**
     * Texts to continue: {@link TokenSequence}. Rows are plain text or a prompt with its completion, each ended by the
     * tokenizer's end token where it has one, or a chat, written by the model's own template.
     *
     * @param completionOnly whether nothing is learnt from prompts; of chats, only what the assistant says is learnt
     * @param packing whether rows are joined and cut to the greatest length, none refused for its own
     */
    public static List<Example> sequences(
            Path folder,
            String split,
            ColumnRoles roles,
            TextTokenizer tokenizer,
            Limits limits,
            boolean completionOnly,
            boolean packing)
            throws IOException {
        Sequences sequences = new Sequences(roles, new Tokens(tokenizer, limits), completionOnly);
        Packing packed = new Packing(limits.maxLength());
        List<Example> examples = new ArrayList<>();
        ExampleRows.forEach(folder, split, sequences.rules(), limits.maxRows(), (row, rows) -> {
            if (packing) {
                TokenSequence whole = sequences.whole(rows, row);
                if (whole != null) {
                    packed.add(whole);
                }
                return;
            }
            TokenSequence sequence = sequences.within(rows, row);
            if (sequence != null) {
                examples.add(sequence);
            }
        });
        return packing ? packed.rows() : examples;
    }

    /** Texts that belong together, and one that does not where its column is named: {@link TokenPair}. */
    public static List<Example> pairs(
            Path folder, String split, ColumnRoles roles, TextTokenizer tokenizer, Limits limits) throws IOException {
        if (roles.textPair().isEmpty()) {
            throw new DataException(
                    "Pairs are asked for, but no column holds what belongs to a text. Name the column of the text pair.");
        }
        Tokens tokens = new Tokens(tokenizer, limits);
        List<Example> examples = new ArrayList<>();
        List<ColumnRule> rules = new ArrayList<>(words(roles.textOrDefault(), roles.textPair()));
        rules.addAll(roles.negative().isEmpty() ? List.of() : words(roles.negative(), ""));
        ExampleRows.forEach(folder, split, rules, limits.maxRows(), (row, rows) -> {
            Encoded anchor = tokens.encode(rows, row, roles.textOrDefault(), "");
            Encoded positive = tokens.encode(rows, row, roles.textPair(), "");
            Encoded negative = roles.negative().isEmpty() ? null : tokens.encode(rows, row, roles.negative(), "");
            if (anchor != null && positive != null) {
                examples.add(new TokenPair(anchor.ids(), positive.ids(), negative == null ? null : negative.ids()));
            }
        });
        return examples;
    }

    /**
     * Every text that a new tokenizer is to learn from: texts, or prompts and their completions.
     *
     * @param maxRows rows to look at, all if 0
     */
    public static void texts(Path folder, String split, ColumnRoles roles, long maxRows, Consumer<String> each)
            throws IOException {
        if (!roles.messages().isEmpty()) {
            throw new DataException("A new tokenizer has no template to write chats with. Name columns of prompt and"
                    + " completion, or a model whose tokenizer has a chat template.");
        }
        String first = roles.prompt().isEmpty() ? roles.textOrDefault() : roles.prompt();
        String second = roles.prompt().isEmpty() ? roles.textPair() : roles.completion();
        ExampleRows.forEach(folder, split, words(first, second), maxRows, (row, rows) -> {
            each.accept(ExampleRows.text(row, first));
            if (!second.isEmpty()) {
                each.accept(ExampleRows.text(row, second));
            }
        });
    }

    /**
     * Pictures with their classes, as the model was trained to see them: {@link LabelledPicture}.
     *
     * @param preprocessorFolder holds the model's {@code preprocessor_config.json}; without that file pictures are scaled
     *     to 0..1 and must be of one size
     */
    public static List<Example> pictures(
            Path folder, String split, ColumnRoles roles, List<String> classes, Limits limits, Path preprocessorFolder)
            throws IOException {
        Classes known = new Classes(classes);
        PicturePreparation preparation = PicturePreparation.of(preprocessorFolder);
        String column = roles.imageOrDefault();
        List<Example> examples = new ArrayList<>();
        List<ColumnRule> rules = List.of(new ColumnRule.Picture(column), known.rule(roles));
        ExampleRows.forEach(folder, split, rules, limits.maxRows(), (row, rows) -> {
            if (!(row.value(column) instanceof Value.Image(var picture))) {
                throw new IllegalStateException(
                        "no picture: " + row.value(column).excerpt());
            }
            LabelledPicture prepared = preparation.prepare(picture, known.index(row.value(roles.labelOrDefault())));
            if (!examples.isEmpty() && !sameSize((LabelledPicture) examples.getFirst(), prepared)) {
                rows.report(
                        row,
                        column,
                        "has another size than the first picture",
                        "Save all pictures in one size, or train a model whose preprocessor_config.json resizes");
                return;
            }
            examples.add(prepared);
        });
        return examples;
    }

    private static boolean sameSize(LabelledPicture one, LabelledPicture other) {
        return one.height() == other.height() && one.width() == other.width() && one.channels() == other.channels();
    }

    private static List<ColumnRule> words(String column, String second) {
        return second.isEmpty()
                ? List.of(new ColumnRule.Words(column))
                : List.of(new ColumnRule.Words(column), new ColumnRule.Words(second));
    }
}
