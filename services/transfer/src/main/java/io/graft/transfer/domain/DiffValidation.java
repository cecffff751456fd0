package io.graft.transfer.domain;

import io.graft.engine.safetensors.compatibility.DifferencePlan;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DiffSpec;
import io.graft.v1.VocabularyPolicy;
import java.util.List;

/** Decides whether a diff vector can be taken, before anything is started. Thread-safe. */
final class DiffValidation {
    private static final List<String> DTYPES = List.of("F64", "F32", "BF16");
    private static final String STANDARD_DTYPE = "F32";

    private final VersionCatalog catalog;
    private final Inputs inputs;

    DiffValidation(VersionCatalog catalog) {
        this.catalog = catalog;
        this.inputs = new Inputs(catalog);
    }

    /** Adds what is wrong with the specification itself. */
    static void checkFields(SpecFields fields, DiffSpec spec) {
        Pair.checkFields(fields, spec.getSource());
        fields.outputModel(spec.getOutputModel());
        fields.patterns("spec.include", spec.getIncludeList());
        fields.patterns("spec.exclude", spec.getExcludeList());
        fields.dtype("spec.output_dtype", spec.getOutputDtype(), DTYPES);
        fields.shardBytes("spec.max_shard_bytes", spec.getMaxShardBytes());
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException for the first reason why the diff can't be taken, naming all of its kind
     */
    Draft check(DiffSpec spec) {
        Pair pair = Pair.find(inputs, spec.getSource());
        DiffSpec.Builder effective = spec.toBuilder().setSource(pair.effective());
        if (spec.getOutputDtype().isEmpty()) {
            effective.setOutputDtype(STANDARD_DTYPE);
        }
        if (spec.getMaxShardBytes() == 0) {
            effective.setMaxShardBytes(SpecFields.STANDARD_SHARD);
        }
        List<ModelInput> read = pair.inputs();
        List<String> warnings = ArchitectureCheck.check(read);
        DifferencePlan plan = plan(pair, effective);
        TensorCheck.throwIfAny(plan.problems());
        return new Draft(
                effective.build(),
                read,
                spec.getOutputModel(),
                ArtifactKind.ARTIFACT_KIND_DIFF,
                Estimate.of(read, plan.tensors(), pair.finetuned().version()),
                warnings);
    }

    private DifferencePlan plan(Pair pair, DiffSpec.Builder spec) {
        GraftRules rules = Rules.of(
                spec.getIncludeList(),
                spec.getExcludeList(),
                VocabularyPolicy.VOCABULARY_POLICY_REFUSE,
                spec.getOutputDtype());
        return Rules.guarded(() -> DifferencePlan.check(
                TensorCheck.listing(catalog.tensors(pair.base().name())),
                TensorCheck.listing(catalog.tensors(pair.finetuned().name())),
                rules));
    }
}
