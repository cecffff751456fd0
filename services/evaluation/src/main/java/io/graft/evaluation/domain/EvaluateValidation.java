package io.graft.evaluation.domain;

import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.CheckedData;
import io.graft.platform.submission.training.DataCheck;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Network;
import io.graft.platform.submission.training.SequenceLength;
import io.graft.platform.submission.training.Task;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Baseline;
import io.graft.v1.DataColumns;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.JobEstimate;
import io.graft.v1.LanguageTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether an evaluation can succeed, before anything is started. Thread-safe. */
final class EvaluateValidation {
    private static final String MAX_LENGTH = "spec.max_length";

    private final Inputs inputs;
    private final DataCheck data;

    EvaluateValidation(VersionCatalog versions) {
        this.inputs = new Inputs(versions);
        this.data = new DataCheck(inputs);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException naming every field that does not fit them, or the version that can't be used
     */
    Draft check(SpecFields fields, EvaluateSpec spec) {
        Contender candidate = Contender.find(
                inputs,
                fields,
                new Contender.Asked("spec", "version", spec.getVersion(), spec.getBase(), spec.getHead()));
        Optional<Contender> baseline = spec.hasAgainst() ? Optional.of(baseline(fields, spec)) : Optional.empty();
        Task task = Measured.of(spec).task();
        CheckedData rows = data.check(fields, "spec.data", "data", spec.getData(), task);
        EmbeddingFields.fit(fields, spec, rows.input().version());
        SubsetFields.fit(fields, spec.getGate().getSubsetsList(), rows.input().version());
        int length = length(fields, "spec", spec, candidate, task, rows);
        if (baseline.isPresent()) {
            length = Math.min(length, length(fields, "spec.against", spec, baseline.get(), task, rows));
            fields.require(
                    !baseline.get().isSameAs(candidate),
                    "spec.against.version",
                    "is the evaluated version itself, so that nothing could differ; name another version, or another head");
        }
        LanguageTask asked = LanguageFields.within(
                fields,
                spec.getTask(),
                Stream.concat(Stream.of(candidate), baseline.stream()).toList());
        new TemplateColumns(fields, rows.input().version()).check(asked);
        fields.throwIfAny();
        List<Input> read = candidate.inputs();
        baseline.ifPresent(other -> read.addAll(other.inputs()));
        read.add(rows.input());
        EvaluationEstimate needs = new EvaluationEstimate(runs(spec, rows), spec.getBatchSize(), length);
        JobEstimate estimate =
                baseline.map(other -> needs.two(candidate, other, read)).orElseGet(() -> needs.one(candidate, read));
        return new Draft(
                spec.hasTask()
                        ? effective(spec, candidate, baseline).setTask(asked).build()
                        : effective(spec, candidate, baseline)
                                .setData(rows.effective())
                                .setMaxLength(length)
                                .build(),
                read,
                "",
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                estimate,
                List.of());
    }

    /** How many rows a model is run over; both texts of a pair count, and each choice; answers are written one by one. */
    private static long runs(EvaluateSpec spec, CheckedData rows) {
        long measured = rows.held() > 0 ? rows.held() : rows.rows();
        if (spec.hasTask()) {
            return measured * LanguageFields.runs(spec);
        }
        return switch (spec.getEmbedding().getKindCase()) {
            case SIMILARITY, RETRIEVAL -> 2 * measured;
            case PROBE, NEIGHBOURS -> rows.rows() + measured;
            case KIND_NOT_SET -> measured;
        };
    }

    private Contender baseline(SpecFields fields, EvaluateSpec spec) {
        Baseline against = spec.getAgainst();
        return Contender.find(
                inputs,
                fields,
                new Contender.Asked(
                        "spec.against", "against", against.getVersion(), against.getBase(), against.getHead()));
    }

    private static int length(
            SpecFields fields, String field, EvaluateSpec spec, Contender contender, Task task, CheckedData rows) {
        String type = contender.network().version().getArchitecture().getModelType();
        DataColumns columns = rows.effective().getColumns();
        boolean arePictures = !columns.getImage().isEmpty();
        Task family = task;
        if (spec.hasTask()) {
            family = Task.CAUSAL_LM;
        } else if (spec.hasEmbedding() && !arePictures) {
            family = Task.PAIRS;
        }
        Families.check(fields, field + ".version", type, family, columns);
        if (spec.hasEmbedding()) {
            EmbeddingFields.fit(fields, field, contender, arePictures);
        }
        return SequenceLength.of(
                fields,
                MAX_LENGTH,
                spec.getMaxLength(),
                Network.of(contender.network().version()));
    }

    private static EvaluateSpec.Builder effective(
            EvaluateSpec spec, Contender candidate, Optional<Contender> baseline) {
        EvaluateSpec.Builder effective =
                spec.toBuilder().setVersion(candidate.version().name());
        candidate.base().map(ModelInput::name).ifPresent(effective::setBase);
        candidate.head().map(ModelInput::name).ifPresent(effective::setHead);
        baseline.ifPresent(other -> {
            Baseline.Builder against =
                    effective.getAgainstBuilder().setVersion(other.version().name());
            other.base().map(ModelInput::name).ifPresent(against::setBase);
            other.head().map(ModelInput::name).ifPresent(against::setHead);
        });
        return effective;
    }
}
