package io.graft.pipelines.domain;

import com.google.protobuf.Struct;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Concurrency;
import io.graft.pipelines.domain.RunStore.NewRun;
import io.graft.pipelines.domain.RunStore.Started;
import io.graft.pipelines.domain.TriggerStore.Listener;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.PipelineCause;
import io.graft.v1.PipelineRun;
import java.util.List;

/** Starts runs whose inputs are known. Thread-safe. */
final class RunStarts {
    private final RunStore runs;
    private final Programs programs;

    RunStarts(RunStore runs, Programs programs) {
        this.runs = runs;
        this.programs = programs;
    }

    /** @param causeKey what starts one run only */
    Started start(
            Listener pipeline,
            PipelineDocument document,
            Struct inputs,
            PipelineCause cause,
            String causeKey,
            String requestId,
            String payloadHash,
            String traceparent) {
        String key;
        try {
            key = concurrencyKey(document, inputs, cause);
        } catch (ExpressionException e) {
            return failed(pipeline, cause, causeKey, e.getMessage(), traceparent);
        }
        Concurrency concurrency = document.concurrency();
        return runs.start(new NewRun(
                pipeline.pipeline(),
                pipeline.revision(),
                pipeline.document(),
                RunMachine.steps("", document.steps()),
                inputs,
                cause,
                causeKey,
                requestId,
                payloadHash,
                key,
                concurrency == null ? null : concurrency.policy(),
                "",
                trace(traceparent)));
    }

    /** A run that could not begin, so that its cause is seen. */
    Started failed(Listener pipeline, PipelineCause cause, String causeKey, String why, String traceparent) {
        return runs.start(new NewRun(
                pipeline.pipeline(),
                pipeline.revision(),
                pipeline.document(),
                List.of(),
                Struct.getDefaultInstance(),
                cause,
                causeKey,
                "",
                "",
                "",
                null,
                why,
                trace(traceparent)));
    }

    private String concurrencyKey(PipelineDocument document, Struct inputs, PipelineCause cause) {
        Concurrency concurrency = document.concurrency();
        if (concurrency == null || concurrency.key() == null) {
            return "";
        }
        PipelineRun run =
                PipelineRun.newBuilder().setInputs(inputs).setCause(cause).build();
        return Evaluation.ofRun(document, programs.expressions(), run).text(concurrency.key());
    }

    private static String trace(String traceparent) {
        return traceparent.isEmpty() ? TraceContext.begin().traceparent() : traceparent;
    }
}
