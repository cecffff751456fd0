package io.graft.cli.transfer;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.GraftSpec;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.VersionPair;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "graft",
        description = "Apply an update to another version: target + lambda x (finetuned - base). The update is given by"
                + " its two versions, or by a stored diff vector.")
final class TransferGraft implements Callable<Integer> {
    @Option(names = "--source-base", paramLabel = "VERSION", description = "the base that was fine-tuned")
    String sourceBase = "";

    @Option(names = "--source-finetuned", paramLabel = "VERSION", description = "the result of fine-tuning it")
    String sourceFinetuned = "";

    @Option(names = "--diff", paramLabel = "VERSION", description = "a diff vector, instead of the two versions")
    String diff = "";

    @Option(names = "--target", required = true, paramLabel = "VERSION", description = "what gets the update")
    String target = "";

    @Option(
            names = "--output-model",
            required = true,
            paramLabel = "MODEL",
            description = "the model that gets the new version; created when absent")
    String outputModel = "";

    @Option(names = "--lambda", paramLabel = "X", description = "strength, -2 to 4 (default 1)")
    @Nullable
    Double lambda;

    @Option(
            names = "--vocabulary-policy",
            paramLabel = "POLICY",
            description = "when vocabularies differ: ${COMPLETION-CANDIDATES} (default refuse)")
    VocabularyChoice vocabularyPolicy = VocabularyChoice.REFUSE;

    @Option(
            names = "--tokenizer-from",
            paramLabel = "SOURCE",
            description = "whose tokenizer the result carries: ${COMPLETION-CANDIDATES} (default finetuned-source)")
    @Nullable
    TokenizerChoice tokenizerFrom;

    @Mixin
    TensorSelection selection = new TensorSelection();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    TransferGraft(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SubmitGraftRequest request = SubmitGraftRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().transfer().submitGraft(request))
                .value();
    }

    private GraftSpec spec() {
        GraftSpec.Builder spec = GraftSpec.newBuilder()
                .setTarget(invocation.names().version(target))
                .setOutputModel(invocation.names().model(outputModel))
                .addAllInclude(selection.include)
                .addAllExclude(selection.exclude)
                .setVocabularyPolicy(vocabularyPolicy.policy())
                .setOutputDtype(selection.dtype)
                .setMaxShardBytes(selection.maxShardBytes);
        if (lambda != null) {
            spec.setLambda(lambda);
        }
        if (tokenizerFrom != null) {
            spec.setTokenizerFrom(tokenizerFrom.source());
        }
        boolean pair = !sourceBase.isEmpty() && !sourceFinetuned.isEmpty();
        boolean half = sourceBase.isEmpty() != sourceFinetuned.isEmpty();
        if (half || pair == !diff.isEmpty()) {
            throw CommandException.usage(
                    "Say where the update comes from: --source-base together with --source-finetuned, or --diff alone");
        }
        return pair
                ? spec.setSource(VersionPair.newBuilder()
                                .setBase(invocation.names().version(sourceBase))
                                .setFinetuned(invocation.names().version(sourceFinetuned)))
                        .build()
                : spec.setDiff(invocation.names().version(diff)).build();
    }
}
