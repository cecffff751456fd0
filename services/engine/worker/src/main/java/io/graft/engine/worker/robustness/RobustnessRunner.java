package io.graft.engine.worker.robustness;

import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.engine.worker.evaluation.Contender;
import io.graft.engine.worker.evaluation.ReportFacts;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Roles;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.LongRows;
import io.graft.v1.Manifest;
import io.graft.v1.RobustnessSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Jobs of kind {@code robustness}: attacks a version as it is registered. The output is a report, and no version. */
public final class RobustnessRunner implements JobRunner {
    private static final String SIBLING = "sibling_";
    private static final long REPORT_BYTES = 1L << 20;
    private static final int NO_TOKENS = 2;

    /** For ServiceLoader. */
    public RobustnessRunner() {}

    @Override
    public String kind() {
        return "robustness";
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
        RobustnessSpec spec = JobSpec.of(run.assignment(), RobustnessSpec.class);
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(), spec.getData(), NO_TOKENS, LongRows.LONG_ROWS_REFUSE, spec.getSeed());
        Contender attacked = Contender.of(run.input(Roles.VERSION), run.find(Roles.BASE), Optional.empty());
        Subject subject = Computation.with(spec.getSeed(), torch -> Subject.read(attacked, rows));
        AttackedVersion version = Computation.with(spec.getSeed(), torch -> attack(torch, run, spec, subject));
        List<SiblingOutcome> siblings = new ArrayList<>();
        for (int i = 1; i <= spec.getSiblingsCount(); i++) {
            String role = SIBLING + i;
            Contender sibling = Contender.of(run.input(role), run.find(role + "_" + Roles.BASE), Optional.empty());
            run.progress().begin("transfer", version.fooled().size());
            siblings.add(Computation.with(
                    spec.getSeed(),
                    torch -> AttackRun.transfer(
                            run, sibling.name(), subject.beside(torch, sibling), subject.pictures(), version)));
        }
        SortedMap<String, Double> metrics = RobustnessMetrics.of(version, siblings);
        RobustnessReport report = new RobustnessReport(facts(run, spec), metrics, version, siblings);
        OutputFolder output = new OutputFolder(run.output());
        output.write("report.json", report.json());
        output.write("report.html", report.html());
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, output.files(), metrics);
    }

    private static AttackedVersion attack(Torch torch, JobRun run, RobustnessSpec spec, Subject subject)
            throws IOException {
        PixelClassifier version = PixelClassifier.open(
                torch, subject.version(), subject.labels(), subject.pictures().shape());
        Optional<PulledInput> surrogate = run.find(Roles.SURROGATE);
        PixelClassifier other = surrogate.isEmpty()
                ? null
                : subject.beside(torch, Contender.of(surrogate.get(), Optional.empty(), Optional.empty()));
        return new AttackRun(run, spec, version, other)
                .attack(subject.pictures(), subject.labels().own());
    }

    /** What is attacked. */
    private record Subject(Contender version, DataRows rows, ModelLabels labels, Pictures pictures) {
        static Subject read(Contender version, DataRows rows) throws IOException {
            ModelLabels labels = ModelLabels.attacked(version, rows);
            return new Subject(version, rows, labels, Pictures.read(version.weights(), rows, labels.own()));
        }

        /**
         * Opens another model for the same pictures.
         *
         * @throws GraftException {@code ARCHITECTURE_MISMATCH} when it reads them in another size
         */
        PixelClassifier beside(Torch torch, Contender other) throws IOException {
            DataRows first = new DataRows(
                    rows.folder(),
                    rows.data().toBuilder().clearHoldout().setMaxRows(1).build(),
                    rows.maxLength(),
                    rows.longRows(),
                    rows.seed());
            Pictures.Shape shape =
                    Pictures.read(other.weights(), first, labels.own()).shape();
            if (!shape.equals(pictures.shape())) {
                throw new GraftException(
                        ErrorCode.ARCHITECTURE_MISMATCH,
                        other.name() + " reads pictures of " + shape + ", " + version.name() + " of " + pictures.shape()
                                + " (channels, height, width); name a model that reads the same",
                        Map.of("version", other.name(), "key", "preprocessor_config.json"));
            }
            return PixelClassifier.open(torch, other, ModelLabels.beside(other, labels), shape);
        }
    }

    private static List<Fact> facts(JobRun run, RobustnessSpec spec) {
        String attack = spec.getAttack().name().replace("ROBUSTNESS_ATTACK_", "") + " eps=" + spec.getEps() + " budget="
                + spec.getBudget();
        String evolution = spec.hasPopulation()
                ? " population=" + spec.getPopulation() + " crossover=" + spec.getCrossover() + " mutation="
                        + spec.getMutation()
                : "";
        return ReportFacts.of(
                run,
                "robustness/1 " + attack + evolution + " max_samples=" + spec.getMaxSamples() + " seed="
                        + spec.getSeed());
    }
}
