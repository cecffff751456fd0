package io.graft.finetuning.domain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Sound submissions, and what is said about others. */
final class Calls {
    static final TenantName TENANT = new TenantName("default");
    static final String OUTPUT = "tenants/default/models/tuned";

    private Calls() {}

    /** LoRA on an encoder that classifies reviews. */
    static FinetuneSpec.Builder classification() {
        return FinetuneSpec.newBuilder()
                .setBase(KnownVersions.name("encoder"))
                .setOutputModel(OUTPUT)
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setData(TrainingData.newBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setSplit("train"))
                .setLoop(TrainingLoop.newBuilder().setEpochs(2));
    }

    static MethodChoice.Builder method(String name, String param, Value.Builder value) {
        return MethodChoice.newBuilder()
                .setName(name)
                .setParams(Struct.newBuilder().putFields(param, value.build()));
    }

    static Value.Builder number(double number) {
        return Value.newBuilder().setNumberValue(number);
    }

    static Value.Builder text(String text) {
        return Value.newBuilder().setStringValue(text);
    }

    static Value.Builder truth(boolean truth) {
        return Value.newBuilder().setBoolValue(truth);
    }

    static Value.Builder texts(String... texts) {
        Value.Builder list = Value.newBuilder();
        for (String each : texts) {
            list.getListValueBuilder().addValues(text(each));
        }
        return list;
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
