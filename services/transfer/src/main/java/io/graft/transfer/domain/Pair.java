package io.graft.transfer.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.Inputs;
import io.graft.platform.submission.ModelInput;
import io.graft.platform.submission.SpecFields;
import io.graft.v1.ArtifactKind;
import io.graft.v1.VersionPair;
import java.util.List;
import java.util.Map;

/** A base and what was fine-tuned from it: where an update comes from. */
record Pair(ModelInput base, ModelInput finetuned) {
    static void checkFields(SpecFields fields, VersionPair pair) {
        fields.version("spec.source.base", pair.getBase());
        fields.version("spec.source.finetuned", pair.getFinetuned());
    }

    /** @throws GraftException {@code ZERO_UPDATE} when the two have the same content, or what {@link Inputs} refuses */
    static Pair find(Inputs inputs, VersionPair pair) {
        ModelInput base = inputs.model(Role.BASE, pair.getBase(), ArtifactKind.ARTIFACT_KIND_FULL);
        ModelInput finetuned = inputs.model(Role.FINETUNED, pair.getFinetuned(), ArtifactKind.ARTIFACT_KIND_FULL);
        if (base.digest().equals(finetuned.digest())) {
            throw new GraftException(
                    ErrorCode.ZERO_UPDATE,
                    base.name() + " and " + finetuned.name()
                            + " have the same content, so there is no update to carry; name the fine-tuned version",
                    Map.of("digest", base.digest()));
        }
        return new Pair(base, finetuned);
    }

    /** Both, the base first. */
    List<ModelInput> inputs() {
        return List.of(base, finetuned);
    }

    /** The pair with aliases replaced by versions. */
    VersionPair effective() {
        return VersionPair.newBuilder()
                .setBase(base.name())
                .setFinetuned(finetuned.name())
                .build();
    }
}
