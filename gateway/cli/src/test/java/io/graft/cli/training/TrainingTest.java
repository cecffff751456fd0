package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.CombineSpec;
import io.graft.v1.DataColumns;
import io.graft.v1.EmbeddingNeighbours;
import io.graft.v1.EmbeddingPooling;
import io.graft.v1.EmbeddingProbe;
import io.graft.v1.EmbeddingRetrieval;
import io.graft.v1.EmbeddingSimilarity;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.LongRows;
import io.graft.v1.MergeSpec;
import io.graft.v1.OutputForm;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import io.graft.v1.PruningServiceGrpc;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import io.graft.v1.SubmitCombineRequest;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitMergeRequest;
import io.graft.v1.SubmitPruningRequest;
import io.graft.v1.SubmitScoringRequest;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TieBreak;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingServiceGrpc;
import io.graft.v1.WeightedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final String MODELS = "tenants/default/models/";
    private static final Job JOB =
            Job.newBuilder().setName("tenants/default/jobs/finetune-1").build();

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(FinetuningServiceGrpc.getSubmitFinetuneMethod(), request -> JOB);
        services.on(FinetuningServiceGrpc.getSubmitMergeMethod(), request -> JOB);
        services.on(FinetuningServiceGrpc.getSubmitCombineMethod(), request -> JOB);
        services.on(TrainingServiceGrpc.getSubmitTrainMethod(), request -> JOB);
        services.on(EvaluationServiceGrpc.getSubmitEvaluationMethod(), request -> JOB);
        services.on(EvaluationServiceGrpc.getSubmitScoringMethod(), request -> JOB);
        services.on(PruningServiceGrpc.getSubmitPruningMethod(), request -> JOB);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aTaskOfAFileReachesTheSpec() throws IOException {
        Path task = Files.writeString(
                home.resolve("task.yaml"), "output_type: loglikelihood_rolling\ndoc_to_target: text\n");

        run("evaluate llama/1 --task " + task + " --data texts/1");

        assertThat(services.requests(SubmitEvaluationRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(
                                request.getSpec().getTask().getPerplexity().getText())
                        .isEqualTo("{{text}}"));
        assertThat(run("evaluate llama/1 --task " + task + " --objective causal_lm --data texts/1")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void theOptionsOfAnEmbeddingReachTheSpec() {
        run("evaluate bge/2 --embedding retrieval --k 5 --relevance-column grade --pooling cls --data pairs/1"
                + " --pair-column answer");
        run("evaluate bge/2 --embedding probe --l2 0.01 --data reviews/2 --split train --holdout test");
        run("evaluate bge/2 --embedding neighbours --temperature 0.1 --data reviews/2 --holdout 0.2");
        run("evaluate bge/2 --embedding similarity --score-column likeness --data pairs/1");

        assertThat(services.requests(SubmitEvaluationRequest.class))
                .extracting(request -> request.getSpec().getEmbedding())
                .containsExactly(
                        EmbeddingTask.newBuilder()
                                .setRetrieval(
                                        EmbeddingRetrieval.newBuilder().setK(5).setRelevance("grade"))
                                .setPooling(EmbeddingPooling.EMBEDDING_POOLING_CLS)
                                .build(),
                        EmbeddingTask.newBuilder()
                                .setProbe(EmbeddingProbe.newBuilder().setL2(0.01))
                                .build(),
                        EmbeddingTask.newBuilder()
                                .setNeighbours(EmbeddingNeighbours.newBuilder().setTemperature(0.1))
                                .build(),
                        EmbeddingTask.newBuilder()
                                .setSimilarity(EmbeddingSimilarity.newBuilder().setScore("likeness"))
                                .build());
        assertThat(run("evaluate bge/2 --data pairs/1").exit()).isEqualTo(2);
        assertThat(run("evaluate bge/2 --data pairs/1 --embedding retrieval --objective contrastive")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void theOptionsOfAScoringReachTheSpec() {
        CommandRun run = run("score --data scans/1 --split test --max-rows 100 --kind transcription --prediction ocr"
                + " --reference truth --against old --gate wer --max-regression 0.01 --gate-subset page=first");

        assertThat(run.exit()).isZero();
        assertThat(services.requests(SubmitScoringRequest.class).getFirst().getSpec())
                .isEqualTo(ScoreSpec.newBuilder()
                        .setDataset("tenants/default/datasets/scans/versions/1")
                        .setSplit("test")
                        .setMaxRows(100)
                        .setKind(ScoringKind.SCORING_KIND_TRANSCRIPTION)
                        .setPrediction("ocr")
                        .addReferences("truth")
                        .setBaseline("old")
                        .setGate(GateRule.newBuilder()
                                .setMetric("wer")
                                .setMaxRegression(0.01)
                                .addSubsets(GateSubset.newBuilder()
                                        .setColumn("page")
                                        .addValues("first")))
                        .build());
        assertThat(run("score --data scans/1 --kind answer --prediction a --reference b --reference c --gate f1")
                        .exit())
                .as("a gate without predictions to stand up to")
                .isEqualTo(2);
        assertThat(run("score --data scans/1 --kind ocr --prediction a --reference b")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void theOptionsOfAFineTuningReachTheSpec() {
        CommandRun run = run("finetune --base bge/1 --output-model tuned --objective classification --data reviews/2"
                + " --split train --holdout 0.1 --text-column review --label-column stars --class 0 --class 1"
                + " --set adapter.r=16 --set adapter.target_modules=[\"query\",\"value\"] --set adapter.init=pissa"
                + " --lr 0.001 --schedule linear --set schedule.warmup_ratio=0.1 --epochs 1 --batch-size 16"
                + " --accumulate 2 --max-length 128 --truncate --eval-every 50 --seed 7 --merged --dtype BF16");

        assertThat(run.exit()).isZero();
        FinetuneSpec spec =
                services.requests(SubmitFinetuneRequest.class).getFirst().getSpec();
        assertThat(spec.getBase()).isEqualTo(MODELS + "bge/versions/1");
        assertThat(spec.getOutputModel()).isEqualTo(MODELS + "tuned");
        assertThat(spec.getData().getDataset()).isEqualTo("tenants/default/datasets/reviews/versions/2");
        assertThat(spec.getData().getHoldout().getFraction()).isEqualTo(0.1);
        assertThat(spec.getData().getColumns())
                .isEqualTo(DataColumns.newBuilder()
                        .setText("review")
                        .setLabel("stars")
                        .build());
        assertThat(spec.getData().getClassesList()).containsExactly("0", "1");
        Struct adapter = spec.getAdapter().getParams();
        assertThat(adapter.getFieldsOrThrow("r").getNumberValue()).isEqualTo(16);
        assertThat(adapter.getFieldsOrThrow("init").getStringValue()).isEqualTo("pissa");
        assertThat(adapter.getFieldsOrThrow("target_modules").getListValue().getValuesList())
                .extracting(Value::getStringValue)
                .containsExactly("query", "value");
        assertThat(spec.getLoop()
                        .getOptimizer()
                        .getParams()
                        .getFieldsOrThrow("lr")
                        .getNumberValue())
                .isEqualTo(0.001);
        assertThat(spec.getLoop().getSchedule().getName()).isEqualTo("linear");
        assertThat(spec.getLoop().getEpochs()).isEqualTo(1);
        assertThat(spec.getLoop().getGradientAccumulation()).isEqualTo(2);
        assertThat(spec.getLoop().getLongRows()).isEqualTo(LongRows.LONG_ROWS_TRUNCATE);
        assertThat(spec.getLoop().getSeed()).isEqualTo(7);
        assertThat(spec.getOutput()).isEqualTo(OutputForm.OUTPUT_FORM_MERGED);
        assertThat(spec.getWeights().getDtype()).isEqualTo("BF16");
    }

    @Test
    void whatIsNotGivenIsLeftToTheService() {
        run("finetune --base bge/1 --output-model tuned --objective classification --data reviews/2 --max-steps 5"
                + " --holdout test");

        FinetuneSpec spec =
                services.requests(SubmitFinetuneRequest.class).getFirst().getSpec();
        assertThat(spec.getAdapter().getName()).isEmpty();
        assertThat(spec.getLoop().hasSeed()).isFalse();
        assertThat(spec.getLoop().hasMaxGradNorm()).isFalse();
        assertThat(spec.getLoop().hasStopping()).isFalse();
        assertThat(spec.hasWeights()).isFalse();
        assertThat(spec.getData().getHoldout().getSplit()).isEqualTo("test");
    }

    @Test
    void aLengthIsGivenOnceAndParametersNameTheirKind() {
        String sound = "finetune --base bge/1 --output-model tuned --objective classification --data reviews/2";

        assertThat(run(sound).exit()).isEqualTo(2);
        assertThat(run(sound + " --epochs 1 --max-steps 5").exit()).isEqualTo(2);
        CommandRun strange = run(sound + " --epochs 1 --set r=16");
        assertThat(strange.exit()).isEqualTo(2);
        assertThat(strange.err()).contains("--set r names no method of this command");
    }

    @Test
    void aMergeReachesItsSpec() {
        run("merge --adapter tuned/1 --output-model merged");

        assertThat(services.requests(SubmitMergeRequest.class).getFirst().getSpec())
                .isEqualTo(MergeSpec.newBuilder()
                        .setAdapter(MODELS + "tuned/versions/1")
                        .setOutputModel(MODELS + "merged")
                        .setWeights(io.graft.v1.WeightsFormat.getDefaultInstance())
                        .build());
    }

    @Test
    void aCombinationReachesItsSpec() {
        run("combine --adapter good/1 --adapter toxic/2=-0.5 --method svd --set combination.svd_rank=4"
                + " --output-model better");

        CombineSpec spec =
                services.requests(SubmitCombineRequest.class).getFirst().getSpec();
        assertThat(spec.getAdaptersList())
                .extracting(WeightedAdapter::getAdapter, WeightedAdapter::getWeight)
                .containsExactly(tuple(MODELS + "good/versions/1", 1.0), tuple(MODELS + "toxic/versions/2", -0.5));
        assertThat(spec.getMethod().getName()).isEqualTo("svd");
        assertThat(spec.getMethod().getParams().getFieldsOrThrow("svd_rank").getNumberValue())
                .isEqualTo(4);
        assertThat(spec.getOutputModel()).isEqualTo(MODELS + "better");
    }

    @Test
    void anEvaluationReachesItsSpecAndShowsItsNumbers() {
        services.on(
                EvaluationServiceGrpc.getSubmitEvaluationMethod(),
                request -> JOB.toBuilder()
                        .setResult(JobResult.newBuilder().putMetrics("accuracy", 0.892))
                        .build());

        CommandRun run = run("evaluate --model bge/2 --head tuned/1 --objective classification --data reviews/2"
                + " --split test --batch-size 64");

        EvaluateSpec spec =
                services.requests(SubmitEvaluationRequest.class).getFirst().getSpec();
        assertThat(spec.getVersion()).isEqualTo(MODELS + "bge/versions/2");
        assertThat(spec.getHead()).isEqualTo(MODELS + "tuned/versions/1");
        assertThat(spec.getBatchSize()).isEqualTo(64);
        assertThat(run.out()).contains("accuracy = 0.892");
    }

    @Test
    void aGateReachesItsSpec() {
        run("evaluate bge/2 --against old/1 --gate loss --max-regression 0.01 --alpha 0.1 --objective classification"
                + " --data reviews/2");
        run("evaluate bge/2 --against old/1 --against-head tuned/1 --gate --objective classification --data reviews/2");

        List<SubmitEvaluationRequest> submitted = services.requests(SubmitEvaluationRequest.class);
        EvaluateSpec strict = submitted.getFirst().getSpec();
        assertThat(strict.getVersion()).isEqualTo(MODELS + "bge/versions/2");
        assertThat(strict.getAgainst().getVersion()).isEqualTo(MODELS + "old/versions/1");
        assertThat(strict.getGate())
                .isEqualTo(GateRule.newBuilder()
                        .setMetric("loss")
                        .setMaxRegression(0.01)
                        .setAlpha(0.1)
                        .build());
        EvaluateSpec standard = submitted.getLast().getSpec();
        assertThat(standard.getAgainst().getHead()).isEqualTo(MODELS + "tuned/versions/1");
        assertThat(standard.hasGate()).isTrue();
        assertThat(standard.getGate()).isEqualTo(GateRule.getDefaultInstance());
    }

    @Test
    void subsetsOfAGateReachItsSpec() {
        String rest = "evaluate bge/2 --against old/1 --objective classification --data reviews/2 --gate-subset ";

        run(rest + "language=de --gate-subset formula=a=b");

        assertThat(services.requests(SubmitEvaluationRequest.class)
                        .getFirst()
                        .getSpec()
                        .getGate()
                        .getSubsetsList())
                .containsExactly(
                        GateSubset.newBuilder()
                                .setColumn("language")
                                .addValues("de")
                                .build(),
                        GateSubset.newBuilder()
                                .setColumn("formula")
                                .addValues("a=b")
                                .build());
        assertThat(run(rest + "de").err()).contains("COLUMN=VALUE");
    }

    @Test
    void aGateWithoutAnotherVersionIsAUsageError() {
        String rest = " --objective classification --data reviews/2";

        assertThat(run("evaluate bge/2 --gate accuracy" + rest).err()).contains("--against");
        assertThat(run("evaluate bge/2 --against-head tuned/1" + rest).exit()).isEqualTo(2);
        assertThat(run("evaluate" + rest).exit()).isEqualTo(2);
        assertThat(run("evaluate bge/2 --model bge/2" + rest).exit()).isEqualTo(2);
    }

    @Test
    void aPruningReachesItsSpec() {
        CommandRun run = run("prune --source birds/1 --source-split train --target pets/3 --target-split train"
                + " --target-holdout 0.2 --method feature_mapping --set pruning.clusters=50 --surrogate small/2"
                + " --ratio 0.6 --ties class_id --output-dataset birds-for-pets --image-column picture --seed 3"
                + " --surrogate-share 0.1 --targets 4");

        assertThat(run.exit()).isZero();
        PruneSpec spec =
                services.requests(SubmitPruningRequest.class).getFirst().getSpec();
        assertThat(spec.getSource().getDataset()).isEqualTo("tenants/default/datasets/birds/versions/1");
        assertThat(spec.getSource().getColumns().getImage()).isEqualTo("picture");
        assertThat(spec.getTarget().getHoldout().getFraction()).isEqualTo(0.2);
        assertThat(spec.getMethod().getParams().getFieldsOrThrow("clusters").getNumberValue())
                .isEqualTo(50);
        assertThat(spec.getSurrogate()).isEqualTo(MODELS + "small/versions/2");
        assertThat(spec.getPruneRatio()).isEqualTo(0.6);
        assertThat(spec.getTies()).isEqualTo(TieBreak.TIE_BREAK_CLASS_ID);
        assertThat(spec.getOutputDataset()).isEqualTo("tenants/default/datasets/birds-for-pets");
        assertThat(spec.getSeed()).isEqualTo(3);
        assertThat(spec.getSurrogateCost().getTargets()).isEqualTo(4);
    }

    @Test
    void aVerificationReachesItsSpec() {
        String rest = "prune --source birds/1 --target pets/3 --target-split train --method label_mapping"
                + " --surrogate small/2 --ratio 0.6 --output-dataset birds-for-pets";
        CommandRun run = run(rest + " --verify --verify-model tiny/1 --verify-steps 800 --verify-lr 0.003"
                + " --verify-batch-size 32 --verify-label-column breed --verify-holdout test --verify-seed 4"
                + " --verify-seed 5 --verify-tolerance 0.03 --verify-ratio 0.4 --verify-ratio 0.8");

        assertThat(run.exit()).isZero();
        PruneVerification verify = services.requests(SubmitPruningRequest.class)
                .getFirst()
                .getSpec()
                .getVerify();
        assertThat(verify.getModel()).isEqualTo(MODELS + "tiny/versions/1");
        assertThat(verify.getLoop().getMaxSteps()).isEqualTo(800);
        assertThat(verify.getLoop().getBatchSize()).isEqualTo(32);
        assertThat(verify.getLoop()
                        .getOptimizer()
                        .getParams()
                        .getFieldsOrThrow("lr")
                        .getNumberValue())
                .isEqualTo(0.003);
        assertThat(verify.getTarget().getDataset()).isEmpty();
        assertThat(verify.getTarget().getColumns().getLabel()).isEqualTo("breed");
        assertThat(verify.getTarget().getHoldout().getSplit()).isEqualTo("test");
        assertThat(verify.getSeedsList()).containsExactly(4L, 5L);
        assertThat(verify.getTolerance()).isEqualTo(0.03);
        assertThat(verify.getRatiosList()).containsExactly(0.4, 0.8);
        assertThat(run(rest + " --verify-steps 800").err()).contains("go with --verify");
    }

    @Test
    void aNewModelIsReadFromItsConfiguration() throws IOException {
        Path config =
                Files.writeString(home.resolve("config.json"), "{\"model_type\": \"llama\", \"hidden_size\": 64}");

        run("train --config " + config + " --new-tokenizer 512 --output-model tiny --objective causal_lm --data plays/1"
                + " --packing --max-steps 100 --parametrization mup --set parametrization.base_width=32");

        TrainSpec spec = services.requests(SubmitTrainRequest.class).getFirst().getSpec();
        assertThat(spec.getNewModel()
                        .getConfig()
                        .getFieldsOrThrow("hidden_size")
                        .getNumberValue())
                .isEqualTo(64);
        assertThat(spec.getNewModel().getNewTokenizer().getVocabularySize()).isEqualTo(512);
        assertThat(spec.getParametrization().getName()).isEqualTo("mup");
        assertThat(spec.getPacking()).isTrue();
    }

    @Test
    void aPreTrainingGoesOnWithReplay() {
        run("train --base tiny/1 --output-model tiny --objective causal_lm --data plays/2 --max-steps 100"
                + " --replay plays/1 --replay-share 0.25 --schedule rewarm_redecay --set schedule.min_lr=1e-5");

        TrainSpec spec = services.requests(SubmitTrainRequest.class).getFirst().getSpec();
        assertThat(spec.getBase()).isEqualTo(MODELS + "tiny/versions/1");
        assertThat(spec.getReplay().getShare()).isEqualTo(0.25);
        assertThat(spec.getReplay().getData().getDataset()).isEqualTo("tenants/default/datasets/plays/versions/1");
        assertThat(spec.getLoop()
                        .getSchedule()
                        .getParams()
                        .getFieldsOrThrow("min_lr")
                        .getNumberValue())
                .isEqualTo(1e-5);
    }

    @Test
    void aTrainingBeginsInOneWay() {
        String rest = " --output-model tiny --objective causal_lm --data plays/2 --max-steps 1";

        assertThat(run("train --base tiny/1 --new-tokenizer" + rest).exit()).isEqualTo(2);
        assertThat(run("train --config missing.json" + rest).exit()).isEqualTo(2);
        assertThat(run("train" + rest).exit()).isEqualTo(2);
    }

    private CommandRun run(String line) {
        return CommandRun.of(services, home, line.split(" "));
    }
}
