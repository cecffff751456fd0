package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.LongRows;
import io.graft.v1.SubmitEvaluationRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Measure a version on a data set; the numbers are the job's result.",
            "With --against, measure another version on the same rows, and with --gate let a gate decide between them:"
                    + " with --watch, the command exits with 7 when the version does not pass."
        })
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "the version to measure")
    String version = "";

    @Option(names = "--model", paramLabel = "VERSION", description = "the same, as an option")
    String model = "";

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "the base of an adapter (default: the one that its lineage names)")
    String base = "";

    @Option(
            names = "--head",
            paramLabel = "VERSION",
            description = "a version whose head for the task is borrowed (default: the version's own)")
    String head = "";

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            description = "what is measured: classification, pair_classification, contrastive, causal_lm")
    String objective = "";

    @Option(
            names = "--task",
            paramLabel = "FILE",
            description = "ask a language model the task of this file instead of an objective, in the keys of"
                    + " lm-evaluation-harness' YAML")
    @Nullable
    Path task;

    @Option(names = "--batch-size", paramLabel = "N", description = "rows a forward pass (default 32)")
    int batchSize;

    @Option(names = "--max-length", paramLabel = "N", description = "tokens a row at most (default 512, or what fits)")
    int maxLength;

    @Option(names = "--truncate", description = "cut longer rows instead of refusing them")
    boolean truncate;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    EmbeddingOptions embedding = new EmbeddingOptions();

    @Mixin
    GateOptions gate = new GateOptions();

    @Mixin
    MethodOptions methods = new MethodOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    EvaluateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        methods.requireKinds("objective");
        if (version.isEmpty() == model.isEmpty()) {
            throw CommandException.usage("Name the version to measure once, as VERSION or with --model");
        }
        Optional<EmbeddingTask> vectors = embedding.task();
        int asked = (objective.isEmpty() ? 0 : 1) + (task == null ? 0 : 1) + (vectors.isPresent() ? 1 : 0);
        if (asked != 1) {
            throw CommandException.usage("Say once what to measure: with --objective, --task or --embedding");
        }
        EvaluateSpec.Builder spec = EvaluateSpec.newBuilder()
                .setVersion(invocation.names().version(version.isEmpty() ? model : version))
                .setBase(base.isEmpty() ? "" : invocation.names().version(base))
                .setHead(head.isEmpty() ? "" : invocation.names().version(head))
                .setData(data.data(invocation))
                .setBatchSize(batchSize)
                .setMaxLength(maxLength);
        if (task != null) {
            spec.setTask(TaskFile.read(task));
        } else if (vectors.isPresent()) {
            spec.setEmbedding(vectors.get());
        } else {
            spec.setObjective(methods.choice("objective", objective));
        }
        if (truncate) {
            spec.setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        }
        gate.into(spec, invocation);
        SubmitEvaluationRequest request = SubmitEvaluationRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec)
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitEvaluation(request))
                .value();
    }
}
