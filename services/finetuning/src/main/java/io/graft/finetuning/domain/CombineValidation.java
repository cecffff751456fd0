package io.graft.finetuning.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.AdapterBase;
import io.graft.platform.submission.ByteCount;
import io.graft.platform.submission.Draft;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.VersionCatalog;
import io.graft.v1.ArtifactKind;
import io.graft.v1.CombineSpec;
import io.graft.v1.JobEstimate;
import io.graft.v1.WeightedAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides whether adapters can be combined, before anything is started. Thread-safe. */
final class CombineValidation {
    private static final long JVM_BYTES = 384L << 20;
    private static final int COPIES = 4;

    private final VersionCatalog versions;
    private final Inputs inputs;

    CombineValidation(VersionCatalog versions) {
        this.versions = versions;
        this.inputs = new Inputs(versions);
    }

    /**
     * Checks the versions that a sound specification names.
     *
     * @throws GraftException {@code ADAPTER_MISMATCH} when they are of several bases, or why a version can't be used
     */
    Draft check(SpecFields fields, CombineSpec spec) {
        List<Input> read = new ArrayList<>();
        CombineSpec.Builder effective = spec.toBuilder().clearAdapters();
        ModelInput base = null;
        for (WeightedAdapter each : spec.getAdaptersList()) {
            ModelInput adapter = inputs.model(
                    Role.ADAPTER + "_" + (read.size() + 1), each.getAdapter(), ArtifactKind.ARTIFACT_KIND_ADAPTER);
            ModelInput own = new AdapterBase(inputs).find(fields, field(read.size()), Role.BASE, "", adapter);
            if (base != null && !base.digest().equals(own.digest())) {
                throw new GraftException(
                        ErrorCode.ADAPTER_MISMATCH,
                        adapter.name() + " was trained on " + own.name() + ", and the first adapter on " + base.name()
                                + "; combine adapters of one base, or graft them onto one first",
                        Map.of("adapter", adapter.name(), "base", own.name()));
            }
            base = base == null ? own : base;
            effective.addAdapters(each.toBuilder().setAdapter(adapter.name()));
            read.add(adapter);
        }
        CombineRanks.check(
                fields,
                spec.getMethod(),
                read.stream().map(Input::name).map(versions::tensors).toList());
        fields.throwIfAny();
        JobEstimate estimate = estimate(read);
        if (base != null) {
            read.addFirst(base);
        }
        return new Draft(
                effective.build(),
                read,
                spec.getOutputModel(),
                ArtifactKind.ARTIFACT_KIND_ADAPTER,
                estimate,
                List.of());
    }

    private static String field(int index) {
        return "spec.adapters[" + index + "].adapter";
    }

    private static JobEstimate estimate(List<Input> adapters) {
        long bytes = adapters.stream().mapToLong(Input::bytes).sum();
        long memory = JVM_BYTES + COPIES * bytes;
        return JobEstimate.newBuilder()
                .setMemoryBytes(memory)
                .setDiskBytes(2 * bytes)
                .setOutputBytes(bytes)
                .addArithmetic("memory: " + ByteCount.text(JVM_BYTES) + " for the JVM + " + COPIES + " x adapters "
                        + ByteCount.text(bytes) + " = " + ByteCount.text(memory))
                .addArithmetic("output: at most all adapters together, " + ByteCount.text(bytes))
                .addArithmetic("disk: adapters " + ByteCount.text(bytes) + " + output " + ByteCount.text(bytes))
                .build();
    }
}
