package io.graft.engine.worker.representation;

import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.data.picture.PictureChange;
import io.graft.engine.tensors.Torch;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.engine.worker.training.Computation;
import io.graft.engine.worker.training.ComputeRefusals;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.FeatureModel;
import io.graft.engine.worker.training.FeatureModel.Wanted;
import io.graft.engine.worker.training.InputBatches;
import io.graft.engine.worker.training.Roles;
import io.graft.engine.worker.training.Tokenizing;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.AssignmentInput;
import io.graft.v1.InvarianceMatrix;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.LongRows;
import io.graft.v1.Manifest;
import io.graft.v1.PictureTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Jobs of kind {@code invariance}: what a version makes of the same pictures under two draws of each change. The output is a
 * report and no version.
 */
public final class InvarianceRunner implements JobRunner {
    private static final long REPORT = 1L << 18;
    private static final int ANY_LENGTH = 2;

    /** For ServiceLoader. */
    public InvarianceRunner() {}

    @Override
    public String kind() {
        return "invariance";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return input.getRole().equals(Roles.DATA) || !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return REPORT;
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        InvarianceSpec spec = JobSpec.of(run.assignment(), InvarianceSpec.class);
        run.stop().poll();
        try {
            return measured(run, spec);
        } catch (RuntimeException e) {
            throw ComputeRefusals.explained(e);
        }
    }

    private static JobOutput measured(JobRun run, InvarianceSpec spec) throws IOException {
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(), spec.getData(), ANY_LENGTH, LongRows.LONG_ROWS_TRUNCATE, 0);
        int count = InputReader.count(
                rows.folder(), spec.getData().getSplit(), spec.getData().getMaxRows());
        if (count < 2) {
            throw new GraftException(
                    ErrorCode.MALFORMED_DATASET,
                    "The split has " + count + " row; invariance is measured against other rows, so give two or more");
        }
        BitSet all = new BitSet();
        all.set(0, count);
        BitSet chosen = RowDraw.of(all, spec.getN(), spec.getSeedA());
        InvarianceMatrix.Builder matrix = InvarianceMatrix.newBuilder().setMetric(spec.getMetric());
        Computation.with(spec.getSeedA(), torch -> {
            measure(torch, run, spec, new Pictures(rows, chosen), matrix);
            return matrix;
        });
        InvarianceReport report = new InvarianceReport(run, spec, chosen.cardinality(), matrix.build());
        OutputFolder output = new OutputFolder(run.output());
        output.write("report.json", report.json());
        output.write("report.html", report.html());
        return JobOutput.invariant(output.files(), report.metrics(), report.matrix());
    }

    /** Those that are looked at, by index within the split. */
    private record Pictures(DataRows rows, BitSet chosen) {
        BitSet left() {
            BitSet left = new BitSet();
            left.set(0, chosen.length());
            left.andNot(chosen);
            return left;
        }
    }

    private static void measure(
            Torch torch, JobRun run, InvarianceSpec spec, Pictures pictures, InvarianceMatrix.Builder matrix)
            throws IOException {
        PulledInput version = run.input(Roles.VERSION);
        Tokenizing tokenizing = new Tokenizing(null);
        FeatureModel model = FeatureModel.open(
                torch, version.folder(), tokenizing, new Wanted(true, spec.getPooling(), spec.getLayersList()));
        List<String> layers = spec.getLayersCount() == 0 ? List.of("") : spec.getLayersList();
        run.progress()
                .begin(
                        "score",
                        2L * spec.getTransformsCount() * pictures.chosen().cardinality());
        for (PictureTransform transform : spec.getTransformsList()) {
            PictureChange change = PictureChanges.of(transform);
            List<FeatureRows> first = draw(run, spec, pictures, model, change, spec.getSeedA());
            List<FeatureRows> second = draw(run, spec, pictures, model, change, spec.getSeedB());
            for (int i = 0; i < layers.size(); i++) {
                run.stop().check();
                matrix.addCells(InvarianceCells.of(
                                spec, first.get(i).matrix(), second.get(i).matrix())
                        .setChange(transform.getChange())
                        .setLayer(layers.get(i)));
            }
        }
    }

    private static List<FeatureRows> draw(
            JobRun run, InvarianceSpec spec, Pictures pictures, FeatureModel model, PictureChange change, long seed)
            throws IOException {
        PulledInput version = run.input(Roles.VERSION);
        List<FeatureRows> layers = new ArrayList<>();
        for (int i = 0; i < Math.max(1, spec.getLayersCount()); i++) {
            layers.add(new FeatureRows(version.input().getVersion(), "a feature"));
        }
        new InputBatches(version.folder(), null, spec.getBatchSize())
                .forEach(
                        pictures.rows(),
                        pictures.left(),
                        new Limits(ANY_LENGTH, true, pictures.chosen().length()),
                        (index, picture) -> change.apply(picture, PictureChanges.draw(seed, index)),
                        batch -> {
                            run.stop().check();
                            FeatureModel.Outputs outputs = model.run(batch);
                            for (int i = 0; i < layers.size(); i++) {
                                layers.get(i).add(outputs.features().get(i), batch.size());
                            }
                            run.progress().advance(batch.size());
                        });
        return layers;
    }
}
