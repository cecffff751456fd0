package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.Problems;
import io.graft.pipelines.expression.Expressions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Documents, read and checked once each. Thread-safe. */
public final class Programs {
    private static final int MAX_KEPT = 500;

    private final Expressions expressions = new Expressions();
    private final Map<String, PipelineDocument> kept = new ConcurrentHashMap<>();

    /** Everything that is wrong with a document. */
    public Problems lint(String text) {
        Problems problems = new Problems();
        Lint.check(text, expressions, problems);
        return problems;
    }

    /**
     * The document that a text is.
     *
     * @throws io.graft.platform.error.GraftException {@code INVALID_PIPELINE} naming every problem
     */
    public PipelineDocument read(String text) {
        if (kept.size() > MAX_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(text, this::parse);
    }

    /** The machine of a document's runs. */
    public RunMachine machine(PipelineDocument document) {
        return new RunMachine(document, expressions);
    }

    /** What a run that need not wait becomes at once. */
    public RunStore.Change beginning() {
        return (stored, now) -> machine(read(stored.document())).begin(stored.run(), now);
    }

    /** What a run becomes that a later one replaces. */
    public RunStore.Change replacing() {
        return (stored, now) ->
                machine(read(stored.document())).cancelled(stored.run(), "Replaced by a later run", now);
    }

    Expressions expressions() {
        return expressions;
    }

    private PipelineDocument parse(String text) {
        Problems problems = new Problems();
        return Lint.check(text, expressions, problems).orElseThrow(() -> {
            problems.throwIfAny("pipeline.document");
            return new IllegalStateException("A document without problems was read");
        });
    }
}
