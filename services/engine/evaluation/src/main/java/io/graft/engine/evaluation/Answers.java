package io.graft.engine.evaluation;

import io.graft.engine.data.TextTokenizer;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.Generation;
import java.util.List;
import java.util.Set;

/** Greedy answers, one prompt at a time, cut where the first stop text begins. */
final class Answers {
    private final CausalLm model;
    private final TextTokenizer tokenizer;
    private final List<String> stops;
    private final Generation.Settings settings;

    Answers(CausalLm model, TextTokenizer tokenizer, LanguageTask.Answering task) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.stops = task.stop();
        Set<Integer> end =
                tokenizer.endId().isPresent() ? Set.of(tokenizer.endId().getAsInt()) : Set.of();
        this.settings = Generation.Settings.greedy(task.maxNewTokens(), end);
    }

    String to(int[] prompt) {
        List<Integer> added = Generation.generate(
                model, prompt, settings, tokens -> stops.stream().anyMatch(text(tokens)::contains));
        String answer = text(added);
        for (String stop : stops) {
            int at = answer.indexOf(stop);
            answer = at < 0 ? answer : answer.substring(0, at);
        }
        return answer;
    }

    private String text(List<Integer> tokens) {
        return tokenizer.decode(tokens.stream().mapToInt(Integer::intValue).toArray(), true);
    }
}
