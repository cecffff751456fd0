package io.graft.evaluation.domain;

import io.graft.platform.submission.AdapterBase;
import io.graft.platform.submission.Input;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.v1.ArtifactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version that is to be measured, looked up.
 *
 * @param version what is measured
 * @param base the whole weights below it, when it is an adapter
 * @param head what the head is borrowed from, if it is
 */
record Contender(ModelInput version, Optional<ModelInput> base, Optional<ModelInput> head) {
    /**
     * What a specification asks for.
     *
     * @param field path of the fields {@code version}, {@code base} and {@code head}
     * @param role of the version; those of its base and head end on {@code base} and {@code head}
     */
    record Asked(String field, String role, String version, String base, String head) {
        private String roleOf(String part) {
            return role.equals("version") ? part : role + "_" + part;
        }
    }

    /** Looks the versions up; what does not fit is noted. */
    static Contender find(Inputs inputs, SpecFields fields, Asked asked) {
        ModelInput version = inputs.model(
                asked.role(), asked.version(), ArtifactKind.ARTIFACT_KIND_FULL, ArtifactKind.ARTIFACT_KIND_ADAPTER);
        Optional<ModelInput> base = Optional.empty();
        String field = asked.field() + ".base";
        if (version.version().getKind() == ArtifactKind.ARTIFACT_KIND_FULL) {
            fields.require(asked.base().isEmpty(), field, "goes with an adapter only; leave it out");
        } else {
            base = Optional.of(
                    new AdapterBase(inputs).find(fields, field, asked.roleOf("base"), asked.base(), version));
        }
        Optional<ModelInput> head = Optional.empty();
        if (!asked.head().isEmpty()) {
            head = Optional.of(inputs.model(asked.roleOf("head"), asked.head(), ArtifactKind.ARTIFACT_KIND_FULL));
            String type = base.orElse(version).version().getArchitecture().getModelType();
            fields.require(
                    head.get().version().getArchitecture().getModelType().equals(type),
                    asked.field() + ".head",
                    "is a network of another type than " + type);
        }
        return new Contender(version, base, head);
    }

    /** The whole weights that are run: the version's own, or those below the adapter. */
    ModelInput network() {
        return base.orElse(version);
    }

    /** Everything that a worker pulls for it. */
    List<Input> inputs() {
        return new ArrayList<>(Stream.of(Optional.of(version), base, head)
                .flatMap(Optional::stream)
                .toList());
    }

    /** Whether another one would score the same on every row. */
    boolean isSameAs(Contender other) {
        return version.digest().equals(other.version().digest())
                && network().digest().equals(other.network().digest())
                && head.map(ModelInput::digest).equals(other.head().map(ModelInput::digest));
    }
}
