package io.graft.engine.data;

import io.graft.engine.data.Example.TokenSequence;
import io.graft.platform.datasets.row.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Chats as sequences to continue. The template writes special tokens itself, so none is added. What the assistant says is
 * what follows the chat before it with the beginning of an answer; a token belongs to what is before while the tokens of
 * that text alone agree.
 */
record ChatSequences(ChatTemplate template, TextTokenizer tokenizer, boolean answersOnly) {
    private static final String LATER_TURNS = "is written otherwise by the chat template when more follows, so that its"
            + " answers cannot be told from the rest";

    /** @throws DataException with a clause about the chat, if it cannot be written */
    TokenSequence of(Value.Items chat) {
        List<Object> messages = new ArrayList<>();
        chat.values().forEach(message -> messages.add(Objects.requireNonNull(message.plain())));
        String whole = template.render(messages, false);
        int[] ids = ids(whole);
        if (!answersOnly) {
            return new TokenSequence(ids, ids);
        }
        int[] labels = new int[ids.length];
        Arrays.fill(labels, Example.NOT_LEARNT);
        for (int turn = 0; turn < messages.size(); turn++) {
            if (!(messages.get(turn) instanceof Map<?, ?> message) || !"assistant".equals(message.get("role"))) {
                continue;
            }
            if (turn == 0) {
                throw new DataException("begins with the assistant, who has nothing to answer");
            }
            int start = agreeing(ids, whole, template.render(messages.subList(0, turn), true));
            int end = turn + 1 == messages.size()
                    ? ids.length
                    : agreeing(ids, whole, template.render(messages.subList(0, turn + 1), false));
            System.arraycopy(ids, start, labels, start, Math.max(0, end - start));
        }
        return new TokenSequence(ids, labels);
    }

    private int agreeing(int[] ids, String whole, String before) {
        if (!whole.startsWith(before)) {
            throw new DataException(LATER_TURNS);
        }
        int[] own = ids(before);
        int differs = Arrays.mismatch(own, ids);
        return differs < 0 ? own.length : differs;
    }

    private int[] ids(String text) {
        return tokenizer.encode(text, null, false).ids();
    }
}
