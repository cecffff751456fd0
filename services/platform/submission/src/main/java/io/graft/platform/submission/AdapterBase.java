package io.graft.platform.submission;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactKind;
import io.graft.v1.LineageEdge;
import java.util.Map;
import java.util.Optional;

/** Finds the version that an adapter was trained on. Thread-safe. */
public final class AdapterBase {
    private static final String BASE = "base";

    private final Inputs inputs;

    public AdapterBase(Inputs inputs) {
        this.inputs = inputs;
    }

    /**
     * The base: the one that is asked for, or the one that the adapter's lineage names.
     *
     * @param field that may name it
     * @param role of the base in the job
     * @param asked empty for the lineage's
     * @throws GraftException {@code INVALID_REQUEST} when none is known, {@code ADAPTER_MISMATCH} when another is asked for
     */
    public ModelInput find(SpecFields fields, String field, String role, String asked, ModelInput adapter) {
        Optional<String> own = adapter.version().getParentsList().stream()
                .filter(parent -> parent.getRole().equals(BASE))
                .map(LineageEdge::getParent)
                .findFirst();
        fields.require(
                !asked.isEmpty() || own.isPresent(),
                field,
                "is required: the lineage of " + adapter.name() + " names no base; name the version it was trained on");
        fields.throwIfAny();
        ModelInput base =
                inputs.model(role, asked.isEmpty() ? own.orElseThrow() : asked, ArtifactKind.ARTIFACT_KIND_FULL);
        own.filter(name -> !name.equals(base.name()))
                .map(name -> inputs.model(role, name, ArtifactKind.ARTIFACT_KIND_FULL))
                .filter(trainedOn -> !trainedOn.digest().equals(base.digest()))
                .ifPresent(trainedOn -> {
                    throw new GraftException(
                            ErrorCode.ADAPTER_MISMATCH,
                            adapter.name() + " was trained on " + trainedOn.name() + ", not on " + base.name()
                                    + "; leave " + field + " out, or graft the update onto the other base",
                            Map.of("adapter", adapter.name(), "base", trainedOn.name()));
                });
        return base;
    }
}
