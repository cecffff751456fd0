package io.graft.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.DiffSpec;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobEstimate;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.JobState;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.TokenizerSource;
import io.graft.v1.TransferServiceGrpc;
import io.graft.v1.VersionPair;
import io.graft.v1.VocabularyPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
    private static final String MODELS = "tenants/default/models/";
    private static final Job JOB = Job.newBuilder()
            .setName("tenants/default/jobs/graft-1")
            .setState(JobState.JOB_STATE_QUEUED)
            .build();

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(TransferServiceGrpc.getSubmitGraftMethod(), request -> JOB);
        services.on(TransferServiceGrpc.getSubmitDiffMethod(), request -> JOB);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void everyOptionOfAGraftReachesTheSpec() {
        CommandRun run = run("transfer graft --source-base bge/1 --source-finetuned bge@tuned --target e5@base"
                + " --output-model grafted --lambda 0.5 --include encoder.* --include pooler.* --exclude .*bias"
                + " --vocabulary-policy common-rows --tokenizer-from target --dtype BF16 --max-shard-bytes 1000"
                + " --label team=search --request-id mine");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("graft jobs watch graft-1");
        assertThat(services.requests(SubmitGraftRequest.class))
                .containsExactly(SubmitGraftRequest.newBuilder()
                        .setParent("tenants/default")
                        .setRequestId("mine")
                        .putLabels("team", "search")
                        .setSpec(GraftSpec.newBuilder()
                                .setSource(VersionPair.newBuilder()
                                        .setBase(MODELS + "bge/versions/1")
                                        .setFinetuned(MODELS + "bge/aliases/tuned"))
                                .setTarget(MODELS + "e5/aliases/base")
                                .setOutputModel(MODELS + "grafted")
                                .setLambda(0.5)
                                .addInclude("encoder.*")
                                .addInclude("pooler.*")
                                .addExclude(".*bias")
                                .setVocabularyPolicy(VocabularyPolicy.VOCABULARY_POLICY_COMMON_ROWS)
                                .setTokenizerFrom(TokenizerSource.TOKENIZER_SOURCE_TARGET)
                                .setOutputDtype("BF16")
                                .setMaxShardBytes(1000))
                        .build());
    }

    @Test
    void whatIsNotGivenIsLeftToTheService() {
        run("transfer graft --diff delta/2 --target e5/1 --output-model grafted");

        SubmitGraftRequest request = services.requests(SubmitGraftRequest.class).getFirst();
        assertThat(request.getSpec().hasLambda()).isFalse();
        assertThat(request.getSpec().getDiff()).isEqualTo(MODELS + "delta/versions/2");
        assertThat(request.getRequestId()).startsWith("cli-");
    }

    @Test
    void aDiffReachesItsSpec() {
        run("transfer diff --source-base bge/1 --source-finetuned bge/2 --output-model delta --dtype F64");

        assertThat(services.requests(SubmitDiffRequest.class))
                .extracting(SubmitDiffRequest::getSpec)
                .containsExactly(DiffSpec.newBuilder()
                        .setSource(VersionPair.newBuilder()
                                .setBase(MODELS + "bge/versions/1")
                                .setFinetuned(MODELS + "bge/versions/2"))
                        .setOutputModel(MODELS + "delta")
                        .setOutputDtype("F64")
                        .build());
    }

    @Test
    void aCheckShowsTheEstimateWithItsArithmetic() {
        services.on(
                TransferServiceGrpc.getSubmitGraftMethod(),
                request -> Job.newBuilder()
                        .setEstimate(JobEstimate.newBuilder()
                                .setMemoryBytes(512_000_000)
                                .addArithmetic("memory = 8 buffers x 64 MB"))
                        .build());

        CommandRun run = run("transfer graft --diff delta/2 --target e5/1 --output-model grafted --validate-only");

        assertThat(run.exit()).isZero();
        assertThat(services.requests(SubmitGraftRequest.class).getFirst().getValidateOnly())
                .isTrue();
        assertThat(run.out()).contains("(only checked)").contains("512 MB").contains("8 buffers x 64 MB");
    }

    @Test
    void watchFollowsTheJobAndPrintsItOnce() {
        services.onStream(JobServiceGrpc.getWatchJobMethod(), request -> List.of());
        services.on(
                JobServiceGrpc.getGetJobMethod(),
                request ->
                        JOB.toBuilder().setState(JobState.JOB_STATE_CANCELLED).build());

        CommandRun run = run("transfer graft --diff delta/2 --target e5/1 --output-model grafted --watch -o json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json().get("state").getAsString()).isEqualTo("JOB_STATE_CANCELLED");
    }

    private CommandRun run(String line) {
        return CommandRun.of(services, home, line.split(" "));
    }
}
