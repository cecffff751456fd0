package io.graft.platform.catalogue;

import com.google.protobuf.Value;
import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.ParamDescriptor;
import io.graft.platform.methods.ParamType;
import io.graft.v1.Method;
import io.graft.v1.MethodParameter;

/** Descriptors of methods as the API tells them. */
final class MethodProtos {
    private MethodProtos() {}

    static Method toProto(MethodDescriptor method) {
        Method.Builder proto = Method.newBuilder()
                .setName("methods/" + method.kind().wireName() + "." + method.name())
                .setKind(method.kind().wireName())
                .setTitle(method.title())
                .setPaper(method.paper())
                .setSummary(method.summary())
                .addAllNotes(method.notes());
        method.params().forEach(param -> proto.addParameters(toProto(param)));
        return proto.build();
    }

    private static MethodParameter toProto(ParamDescriptor param) {
        ParamDescriptor.Range range = param.range();
        MethodParameter.Builder proto = MethodParameter.newBuilder()
                .setName(param.name())
                .setDescription(param.doc())
                .setType(param.type().wireName())
                .setRequired(param.required())
                .addAllChoices(param.choices());
        if (param.defaultText() != null) {
            proto.setDefaultValue(value(param.type(), param.defaultText()));
        }
        if (Double.isFinite(range.min())) {
            proto.setMinimum(range.min()).setExclusiveMinimum(range.aboveMin());
        }
        if (Double.isFinite(range.max())) {
            proto.setMaximum(range.max()).setExclusiveMaximum(range.belowMax());
        }
        if (param.below() != null) {
            proto.setBelow(param.below());
        }
        if (param.atMost() != null) {
            proto.setAtMost(param.atMost());
        }
        return proto.build();
    }

    private static Value value(ParamType type, String text) {
        Value.Builder value = Value.newBuilder();
        return switch (type) {
            case NUMBER, INTEGER ->
                value.setNumberValue(Double.parseDouble(text)).build();
            case BOOLEAN -> value.setBoolValue(Boolean.parseBoolean(text)).build();
            case TEXT, CHOICE, TEXT_LIST, INTEGER_LIST, NUMBER_MAP, NAME_SELECTION ->
                value.setStringValue(text).build();
        };
    }
}
