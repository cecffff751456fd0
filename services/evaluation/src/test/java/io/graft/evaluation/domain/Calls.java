package io.graft.evaluation.domain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.TrainingData;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Sound submissions, and what is said about others. */
final class Calls {
    static final TenantName TENANT = new TenantName("default");

    private Calls() {}

    /** An encoder that classifies reviews. */
    static EvaluateSpec.Builder classification() {
        return EvaluateSpec.newBuilder()
                .setVersion(KnownVersions.name("encoder"))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setData(TrainingData.newBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setSplit("test"));
    }

    static Mutation call(String requestId, String hash, boolean validateOnly) {
        return new Mutation(
                "Submit", requestId, hash, validateOnly, TraceContext.begin().traceparent());
    }

    static GraftException refusal(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(GraftException.class, call), "was not refused");
    }

    static List<String> fields(GraftException refusal) {
        return refusal.violations().stream().map(FieldViolation::field).toList();
    }
}
