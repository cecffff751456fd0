package io.graft.transfer.domain;

import io.graft.engine.safetensors.compatibility.GraftPlan;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.ArtifactKind;
import io.graft.v1.GraftSpec;
import io.graft.v1.TokenizerSource;
import io.graft.v1.VocabularyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides whether a graft can succeed, before anything is started. Thread-safe. */
final class GraftValidation {
    private static final double SMALLEST_LAMBDA = -2;
    private static final double LARGEST_LAMBDA = 4;
    private static final List<String> DTYPES = List.of("F64", "F32", "F16", "BF16");

    private final VersionCatalog catalog;
    private final Inputs inputs;

    GraftValidation(VersionCatalog catalog) {
        this.catalog = catalog;
        this.inputs = new Inputs(catalog);
    }

    /** Adds what is wrong with the specification itself. */
    static void checkFields(SpecFields fields, GraftSpec spec) {
        switch (spec.getUpdateCase()) {
            case SOURCE -> Pair.checkFields(fields, spec.getSource());
            case DIFF -> fields.version("spec.diff", spec.getDiff());
            case UPDATE_NOT_SET ->
                fields.require(false, "spec.source", "or spec.diff is required: say where the update comes from");
        }
        fields.version("spec.target", spec.getTarget());
        fields.outputModel(spec.getOutputModel());
        double lambda = spec.hasLambda() ? spec.getLambda() : 1;
        fields.require(
                lambda >= SMALLEST_LAMBDA && lambda <= LARGEST_LAMBDA,
                "spec.lambda",
                "is " + lambda + "; it is a number from -2 to 4");
        fields.patterns("spec.include", spec.getIncludeList());
        fields.patterns("spec.exclude", spec.getExcludeList());
        fields.require(
                spec.getVocabularyPolicy() != VocabularyPolicy.UNRECOGNIZED,
                "spec.vocabulary_policy",
                "is none of REFUSE, ZERO_PAD_SOURCE, COMMON_ROWS");
        fields.require(
                spec.getTokenizerFrom() != TokenizerSource.UNRECOGNIZED,
                "spec.tokenizer_from",
                "is none of FINETUNED_SOURCE, TARGET");
        fields.dtype("spec.output_dtype", spec.getOutputDtype(), DTYPES);
        fields.shardBytes("spec.max_shard_bytes", spec.getMaxShardBytes());
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException for the first reason why the graft can't succeed, naming all of its kind
     */
    Draft check(GraftSpec spec) {
        GraftSpec.Builder effective = withDefaults(spec);
        ModelInput target = inputs.model(Role.TARGET, spec.getTarget(), ArtifactKind.ARTIFACT_KIND_FULL);
        List<ModelInput> read = new ArrayList<>(update(spec, effective));
        read.add(target);
        effective.setTarget(target.version().getName());
        List<String> warnings = new ArrayList<>(ArchitectureCheck.check(read));
        GraftPlan plan = plan(read, effective);
        TensorCheck.throwIfAny(plan.problems());
        warnings.addAll(VocabularyCheck.check(read, effective.getVocabularyPolicy()));
        return new Draft(
                effective.build(),
                read,
                spec.getOutputModel(),
                ArtifactKind.ARTIFACT_KIND_FULL,
                Estimate.of(read, plan.tensors(), target.version()),
                warnings);
    }

    private List<ModelInput> update(GraftSpec spec, GraftSpec.Builder effective) {
        if (spec.getUpdateCase() == GraftSpec.UpdateCase.DIFF) {
            ModelInput diff = inputs.model(Role.DIFF, spec.getDiff(), ArtifactKind.ARTIFACT_KIND_DIFF);
            effective.setDiff(diff.version().getName());
            return List.of(diff);
        }
        Pair pair = Pair.find(inputs, spec.getSource());
        effective.setSource(pair.effective());
        return pair.inputs();
    }

    private GraftPlan plan(List<ModelInput> read, GraftSpec.Builder spec) {
        GraftRules rules = Rules.of(
                spec.getIncludeList(), spec.getExcludeList(), spec.getVocabularyPolicy(), spec.getOutputDtype());
        var listings = read.stream()
                .map(input ->
                        TensorCheck.listing(catalog.tensors(input.version().getName())))
                .toList();
        return Rules.guarded(() -> listings.size() == 2
                ? GraftPlan.checkDifference(
                        listings.getFirst(),
                        Set.copyOf(read.getFirst().version().getDiff().getUntouchedList()),
                        listings.getLast(),
                        rules)
                : GraftPlan.check(listings.get(0), listings.get(1), listings.get(2), rules));
    }

    private static GraftSpec.Builder withDefaults(GraftSpec spec) {
        GraftSpec.Builder effective = spec.toBuilder();
        if (!spec.hasLambda()) {
            effective.setLambda(1);
        }
        if (spec.getVocabularyPolicy() == VocabularyPolicy.VOCABULARY_POLICY_UNSPECIFIED) {
            effective.setVocabularyPolicy(VocabularyPolicy.VOCABULARY_POLICY_REFUSE);
        }
        if (spec.getTokenizerFrom() == TokenizerSource.TOKENIZER_SOURCE_UNSPECIFIED) {
            effective.setTokenizerFrom(TokenizerSource.TOKENIZER_SOURCE_FINETUNED_SOURCE);
        }
        if (spec.getMaxShardBytes() == 0) {
            effective.setMaxShardBytes(SpecFields.STANDARD_SHARD);
        }
        return effective;
    }
}
