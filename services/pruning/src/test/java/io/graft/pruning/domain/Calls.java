package io.graft.pruning.domain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.TrainingData;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Sound submissions, and what is said about others. */
final class Calls {
    static final TenantName TENANT = new TenantName("default");
    static final String OUTPUT = "tenants/default/datasets/less";

    private Calls() {}

    /** Reviews pruned for other reviews. */
    static PruneSpec.Builder mapping() {
        return PruneSpec.newBuilder()
                .setSource(rows("reviews"))
                .setTarget(rows("target"))
                .setMethod(MethodChoice.newBuilder().setName("label_mapping"))
                .setSurrogate(KnownVersions.name("encoder"))
                .setPruneRatio(0.5)
                .setOutputDataset(OUTPUT);
    }

    static TrainingData.Builder rows(String dataset) {
        return TrainingData.newBuilder()
                .setDataset(KnownVersions.datasetName(dataset))
                .setSplit("train");
    }

    static Mutation call() {
        return new Mutation("Submit", "", "hash", false, TraceContext.begin().traceparent());
    }

    static GraftException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(GraftException.class, call), "was not refused");
    }

    static List<String> fields(GraftException refusal) {
        return refusal.violations().stream().map(FieldViolation::field).toList();
    }
}
