package io.graft.engine.data;

import io.graft.engine.data.Example.TokenSequence;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows as sequences to continue: plain text, a prompt and its completion, or a chat. Prompt and completion are tokenised
 * together; a token belongs to the prompt while the prompt's own tokens agree, as in TRL's supervised trainer.
 */
final class Sequences {
    private final ColumnRoles roles;
    private final Tokens tokens;
    private final boolean completionOnly;
    private final @Nullable ChatSequences chats;

    Sequences(ColumnRoles roles, Tokens tokens, boolean completionOnly) throws IOException {
        this.roles = roles;
        this.tokens = tokens;
        this.completionOnly = completionOnly;
        this.chats = roles.messages().isEmpty() ? null : chats(tokens.tokenizer(), completionOnly);
        if (chats == null && completionOnly && roles.completion().isEmpty()) {
            throw new DataException("Only completions are to be learnt, but no column holds them. Name the columns of"
                    + " prompt and completion, or learn from all of the text.");
        }
        if (chats != null && !(roles.prompt().isEmpty() && roles.completion().isEmpty())) {
            throw new DataException(
                    "A row is a chat, or a prompt and its completion. Name the column of messages, or those"
                            + " of prompt and completion.");
        }
        if (roles.prompt().isEmpty() != roles.completion().isEmpty()) {
            throw new DataException("A prompt and a completion go together. Name both columns, or neither.");
        }
    }

    private static ChatSequences chats(TextTokenizer tokenizer, boolean answersOnly) throws IOException {
        return new ChatSequences(
                ChatTemplate.open(tokenizer.folder(), tokenizer.specialTokens()), tokenizer, answersOnly);
    }

    /** The column that is learnt from. */
    private String column() {
        if (chats != null) {
            return roles.messages();
        }
        return roles.completion().isEmpty() ? roles.textOrDefault() : roles.completion();
    }

    List<ColumnRule> rules() {
        if (chats != null) {
            return List.of(new ColumnRule.Chat(roles.messages()));
        }
        return roles.prompt().isEmpty()
                ? List.of(new ColumnRule.Words(roles.textOrDefault()))
                : List.of(new ColumnRule.Words(roles.prompt()), new ColumnRule.Words(roles.completion()));
    }

    /** The whole row with its end, whatever its length; null if it is a chat that is reported. */
    @Nullable
    TokenSequence whole(ExampleRows rows, Row row) {
        if (chats != null) {
            return chat(chats, rows, row, roles.messages());
        }
        if (roles.prompt().isEmpty()) {
            int[] ids = withEnd(ExampleRows.text(row, roles.textOrDefault()));
            return new TokenSequence(ids, ids);
        }
        String prompt = ExampleRows.text(row, roles.prompt());
        int[] ids = withEnd(prompt + ExampleRows.text(row, roles.completion()));
        int[] labels = ids.clone();
        if (completionOnly) {
            Arrays.fill(labels, 0, shared(ids, prompt), Example.NOT_LEARNT);
        }
        return new TokenSequence(ids, labels);
    }

    private static @Nullable TokenSequence chat(ChatSequences chats, ExampleRows rows, Row row, String column) {
        try {
            return chats.of((Value.Items) row.value(column));
        } catch (DataException refused) {
            rows.report(
                    row,
                    column,
                    String.valueOf(refused.getMessage()),
                    "Write the chat as the model's template has it, or name columns of prompt and completion");
            return null;
        }
    }

    private int shared(int[] ids, String prompt) {
        int[] own = tokens.tokenizer().encode(prompt, null, true).ids();
        int differs = Arrays.mismatch(own, ids);
        return differs < 0 ? own.length : differs;
    }

    private int[] withEnd(String text) {
        int[] ids = tokens.tokenizer().encode(text, null, true).ids();
        OptionalInt end = tokens.tokenizer().endId();
        if (end.isEmpty() || (ids.length > 0 && ids[ids.length - 1] == end.getAsInt())) {
            return ids;
        }
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = end.getAsInt();
        return ended;
    }

    /** The row within the limit; null if it is reported for its length, or for nothing that is left to learn. */
    @Nullable
    TokenSequence within(ExampleRows rows, Row row) {
        TokenSequence whole = whole(rows, row);
        int most = tokens.limits().maxLength();
        String column = column();
        if (whole == null) {
            return null;
        }
        if (!tokens.limits().truncate() && !tokens.fits(rows, row, column, whole.ids().length)) {
            return null;
        }
        int length = Math.min(most, whole.ids().length);
        TokenSequence cut =
                new TokenSequence(Arrays.copyOf(whole.ids(), length), Arrays.copyOf(whole.labels(), length));
        if (teaches(cut)) {
            return cut;
        }
        rows.report(
                row,
                column,
                "leaves nothing to learn within " + most + " tokens",
                "Shorten what is before it, raise the limit, or drop the row");
        return null;
    }

    /** Whether anything is learnt; the first token is never, as nothing is before it. */
    static boolean teaches(TokenSequence sequence) {
        return Arrays.stream(sequence.labels()).skip(1).anyMatch(label -> label != Example.NOT_LEARNT);
    }
}
