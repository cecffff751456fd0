package io.graft.cli.terminal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.graft.v1.CombineSpec;
import io.graft.v1.DiffSpec;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.GraftSpec;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.MergeSpec;
import io.graft.v1.PruneSpec;
import io.graft.v1.RankSpec;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.ScoreSpec;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.TrainSpec;

/** Messages as proto JSON, with every field that has no presence, so that scripts find empty lists and zeros too. */
public final class ProtoJson {
    private static final TypeRegistry SPECS = TypeRegistry.newBuilder()
            .add(GraftSpec.getDescriptor())
            .add(DiffSpec.getDescriptor())
            .add(FinetuneSpec.getDescriptor())
            .add(MergeSpec.getDescriptor())
            .add(TrainSpec.getDescriptor())
            .add(EvaluateSpec.getDescriptor())
            .add(RobustnessSpec.getDescriptor())
            .add(RankSpec.getDescriptor())
            .add(InvarianceSpec.getDescriptor())
            .add(SensitivitySpec.getDescriptor())
            .add(ScoreSpec.getDescriptor())
            .add(CombineSpec.getDescriptor())
            .add(PruneSpec.getDescriptor())
            .build();
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().usingTypeRegistry(SPECS).alwaysPrintFieldsWithNoPresence();

    private ProtoJson() {}

    public static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException laterSpec) {
            throw new IllegalStateException(
                    "The answer holds a type that this release of the command does not know; update it", laterSpec);
        }
    }
}
