package io.graft.finetuning.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.AdapterBase;
import io.graft.platform.submission.ByteCount;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.platform.submission.training.WeightsFields;
import io.graft.v1.ArtifactKind;
import io.graft.v1.JobEstimate;
import io.graft.v1.MergeSpec;
import io.graft.v1.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides whether an adapter can be merged, before anything is started. Thread-safe. */
final class MergeValidation {
    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final long JVM_BYTES = 384L << 20;

    private final VersionCatalog versions;
    private final Inputs inputs;

    MergeValidation(VersionCatalog versions) {
        this.versions = versions;
        this.inputs = new Inputs(versions);
    }

    /** The specification with its defaults; what is wrong is noted. */
    static MergeSpec effective(SpecFields fields, MergeSpec spec) {
        fields.version("spec.adapter", spec.getAdapter());
        fields.optionalVersion("spec.base", spec.getBase());
        fields.outputModel(spec.getOutputModel());
        return spec.toBuilder()
                .setWeights(WeightsFields.effective(fields, "spec.weights", spec.getWeights()))
                .build();
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException {@code ADAPTER_MISMATCH}, or why a version can't be used
     */
    Draft check(SpecFields fields, MergeSpec spec) {
        ModelInput adapter = inputs.model(Role.ADAPTER, spec.getAdapter(), ArtifactKind.ARTIFACT_KIND_ADAPTER);
        ModelInput base = new AdapterBase(inputs).find(fields, "spec.base", Role.BASE, spec.getBase(), adapter);
        checkTensors(adapter, base);
        MergeSpec effective =
                spec.toBuilder().setAdapter(adapter.name()).setBase(base.name()).build();
        return new Draft(
                effective,
                List.of(base, adapter),
                spec.getOutputModel(),
                ArtifactKind.ARTIFACT_KIND_FULL,
                estimate(base, adapter),
                List.of());
    }

    /** Pairs must be whole and fit modules of the same name; a module under another name is the worker's to find. */
    private void checkTensors(ModelInput adapter, ModelInput base) {
        Map<String, TensorSpec> own = byName(versions.tensors(adapter.name()));
        Map<String, TensorSpec> weights = byName(versions.tensors(base.name()));
        own.forEach((name, tensor) -> {
            if (name.endsWith(A) || name.endsWith(B)) {
                String module = name.substring(0, name.length() - A.length());
                TensorSpec partner = own.get(module + (name.endsWith(A) ? B : A));
                if (partner == null) {
                    throw mismatch(adapter, name, "has no partner; an adapter has lora_A and lora_B of each module");
                }
                TensorSpec weight = weights.get(module.replace(PREFIX, "") + ".weight");
                if (name.endsWith(A) && weight != null && !fits(tensor, partner, weight)) {
                    throw mismatch(
                            adapter,
                            name,
                            "is " + tensor.getShapeList() + " and its partner " + partner.getShapeList()
                                    + ", which do not fit " + weight.getShapeList() + " of " + base.name());
                }
            }
        });
    }

    private static boolean fits(TensorSpec a, TensorSpec b, TensorSpec weight) {
        return weight.getShapeCount() != 2
                || (a.getShapeCount() == 2
                        && b.getShapeCount() == 2
                        && a.getShape(0) == b.getShape(1)
                        && a.getShape(1) == weight.getShape(1)
                        && b.getShape(0) == weight.getShape(0));
    }

    private static GraftException mismatch(ModelInput adapter, String tensor, String why) {
        return new GraftException(
                ErrorCode.ADAPTER_MISMATCH,
                tensor + " of " + adapter.name() + " " + why,
                Map.of("adapter", adapter.name(), "tensor", tensor));
    }

    private static JobEstimate estimate(ModelInput base, ModelInput adapter) {
        long largest = base.files().stream()
                .mapToLong(io.graft.v1.ArtifactFile::getSize)
                .max()
                .orElse(0);
        long memory = JVM_BYTES + 2 * largest;
        long disk = 2 * base.bytes() + adapter.bytes();
        return JobEstimate.newBuilder()
                .setMemoryBytes(memory)
                .setDiskBytes(disk)
                .setOutputBytes(base.bytes())
                .addArithmetic("memory: " + ByteCount.text(JVM_BYTES) + " for the JVM + 2 x largest file "
                        + ByteCount.text(largest) + " = " + ByteCount.text(memory))
                .addArithmetic("output: as large as the base, " + ByteCount.text(base.bytes()))
                .addArithmetic("disk: base " + ByteCount.text(base.bytes()) + " + adapter "
                        + ByteCount.text(adapter.bytes()) + " + output " + ByteCount.text(base.bytes()) + " = "
                        + ByteCount.text(disk))
                .build();
    }

    private static Map<String, TensorSpec> byName(List<TensorSpec> tensors) {
        return tensors.stream().collect(Collectors.toMap(TensorSpec::getName, Function.identity()));
    }
}
