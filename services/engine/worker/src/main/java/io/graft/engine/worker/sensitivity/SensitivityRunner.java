package io.graft.engine.worker.sensitivity;

import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.Objective;
import io.graft.engine.methods.objective.ObjectiveMethod;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.metrics.sensitivity.HessianProduct;
import io.graft.engine.metrics.sensitivity.Sharpness;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.tensors.Torch;
import io.graft.engine.training.task.TrainingTask;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.evaluation.ReportFacts;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Labels;
import io.graft.engine.worker.training.MethodParams;
import io.graft.engine.worker.training.Roles;
import io.graft.engine.worker.training.TaskChoice;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import io.graft.v1.SensitivitySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Jobs of kind {@code sensitivity}. The output is a report, and no version. */
public final class SensitivityRunner implements JobRunner {
    private static final long REPORT_BYTES = 1L << 19;
    private static final double TOLERANCE = 1e-3;

    /** Networks of which every operator can be differentiated twice. */
    private static final Set<String> TWICE = Set.of("mlp", "resnet");

    /** For ServiceLoader. */
    public SensitivityRunner() {}

    @Override
    public String kind() {
        return "sensitivity";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return input.getRole().equals(Roles.DATA) || !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return REPORT_BYTES;
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        SensitivitySpec spec = JobSpec.of(run.assignment(), SensitivitySpec.class);
        SensitivityReport report = Computation.with(spec.getSeed(), torch -> measure(torch, run, spec));
        OutputFolder output = new OutputFolder(run.output());
        output.write("report.json", report.json());
        output.write("report.html", report.html());
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, output.files(), report.metrics());
    }

    private static SensitivityReport measure(Torch torch, JobRun run, SensitivitySpec spec) throws IOException {
        run.progress().begin("prepare", 0);
        Path version = run.input(Roles.VERSION).folder();
        TaskChoice choice = choice(run, spec, version);
        ModelFamilies.Opened opened = ModelFamilies.load().open(torch.root(), version, choice.opening());
        Model model = opened.model();
        model.setTrainable(true);
        TaskChoice.Built built = choice.build(torch, model, spec.getBatchSize(), false, null);
        TrainingTask task = built.task();
        task.training(false);
        BatchedLoss loss = loss(run, spec, task, built.rows());
        double initial = measured(torch, run, task, loss);
        if (!Double.isFinite(initial)) {
            throw new GraftException(
                    ErrorCode.NON_FINITE_SCORES,
                    spec.getVersion() + " has a loss of " + initial
                            + " on these rows: look for NaN or infinity in its weights",
                    Map.of("version", spec.getVersion()));
        }
        Weights weights = new Weights(model.trainableParameters());
        boolean twice = TWICE.contains(model.config().path("model_type").asText());
        Sharpness sharpness = twice
                ? sharpness(run, spec, new DifferentiatedHessian(torch, loss, weights), weights.dimension())
                : null;
        List<SweptRate> rates =
                new Sweep(torch, run, spec, model, task, built.rows()).run(any -> measured(torch, run, any, loss));
        requireOne(spec, rates);
        return new SensitivityReport(facts(run, spec, twice, opened.initialised()), sharpness, initial, rates);
    }

    private static TaskChoice choice(JobRun run, SensitivitySpec spec, Path version) throws IOException {
        Objective objective =
                ObjectiveMethod.choose(spec.getObjective().getName(), MethodParams.of(spec.getObjective()));
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(),
                spec.getData(),
                spec.getMaxLength(),
                spec.getLongRows(),
                spec.getSeed());
        List<String> own = objective instanceof LabelPrediction ? Labels.of(version) : List.of();
        List<String> labels = objective instanceof LabelPrediction && own.isEmpty() ? rows.classes() : own;
        return new TaskChoice(objective, rows, version, labels, false);
    }

    /** The mean loss of the rows that the seed draws, a batch a part. */
    private static BatchedLoss loss(JobRun run, SensitivitySpec spec, TrainingTask task, int rows) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        Collections.shuffle(order, new Random(spec.getSeed()));
        int[] drawn = order.stream()
                .limit(spec.getHessianRows())
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        long targets = Math.max(1, task.targets(drawn));
        int size = spec.getBatchSize();
        int parts = (drawn.length + size - 1) / size;
        return new BatchedLoss(
                parts,
                part -> task.loss(
                        Arrays.copyOfRange(drawn, part * size, Math.min(drawn.length, (part + 1) * size)), targets),
                run.stop()::check);
    }

    private static double measured(Torch torch, JobRun run, TrainingTask task, BatchedLoss loss) {
        return task.canEvaluate()
                ? task.evaluate(run.stop()::isRequested).getOrDefault("loss", Double.NaN)
                : loss.value(torch);
    }

    private static Sharpness sharpness(JobRun run, SensitivitySpec spec, HessianProduct hessian, int dimension) {
        run.progress().begin("sharpness", spec.getMaxIterations());
        HessianProduct told = vector -> {
            double[] product = hessian.times(vector);
            run.progress().advance(1);
            return product;
        };
        return Sharpness.of(told, dimension, spec.getSeed(), TOLERANCE, spec.getMaxIterations());
    }

    private static void requireOne(SensitivitySpec spec, List<SweptRate> rates) {
        if (rates.stream().allMatch(SweptRate::diverged)) {
            throw new GraftException(
                    ErrorCode.DIVERGED,
                    "Training diverged with every learning rate from "
                            + spec.getSweep().getMinRate() + " on; try lower ones with spec.sweep.min_rate",
                    Map.of("statistic", "loss"));
        }
    }

    private static List<Fact> facts(JobRun run, SensitivitySpec spec, boolean twice, List<String> initialised) {
        List<Fact> facts = new ArrayList<>(ReportFacts.of(
                run,
                "sensitivity/1 " + spec.getObjective().getName() + " hessian_rows=" + spec.getHessianRows()
                        + " batch_size=" + spec.getBatchSize() + " seed=" + spec.getSeed()));
        facts.add(new Fact(
                "Hessian",
                twice
                        ? "by differentiating twice"
                        : "not taken: the attention of this network can't be differentiated twice"));
        facts.add(new Fact(
                "training",
                spec.getSweep().getSteps() + " steps of "
                        + spec.getSweep().getOptimizer().getName() + " each"));
        if (!initialised.isEmpty()) {
            facts.add(new Fact("drawn by the seed", String.join(", ", initialised)));
        }
        return facts;
    }
}
