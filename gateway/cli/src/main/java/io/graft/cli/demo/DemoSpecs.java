package io.graft.cli.demo;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.v1.Baseline;
import io.graft.v1.DataColumns;
import io.graft.v1.DiffSpec;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.GateRule;
import io.graft.v1.GraftSpec;
import io.graft.v1.Holdout;
import io.graft.v1.LongRows;
import io.graft.v1.MergeSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.OutputForm;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import io.graft.v1.VersionPair;
import java.util.List;

/**
 * What the demonstration asks for.
 *
 * @param tenant whose models the results become
 * @param data the data set version
 */
record DemoSpecs(String tenant, String data) {
    /** The head is new and belongs to the task: it is in neither base. */
    private static final List<String> HEAD = List.of("classifier\\..*", "pooler\\..*");

    /** What is decided on. */
    static final String METRIC = "accuracy";

    /** How much accuracy a version may lose that takes another one's place. */
    static final double MARGIN = 0.03;

    private static final int TOKENS = 64;

    FinetuneSpec finetune(String base, String output, OutputForm form) {
        return FinetuneSpec.newBuilder()
                .setBase(base)
                .setOutputModel(model(output))
                .setData(TrainingData.newBuilder()
                        .setDataset(data)
                        .setSplit("train")
                        .setColumns(columns())
                        .setHoldout(Holdout.newBuilder().setSplit("test")))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setAdapter(MethodChoice.newBuilder()
                        .setName("lora")
                        .setParams(Struct.newBuilder()
                                .putFields("r", number(8))
                                .putFields("alpha", number(16))
                                .putFields("target_modules", texts("query", "value"))))
                .setLoop(TrainingLoop.newBuilder()
                        .setOptimizer(MethodChoice.newBuilder()
                                .setName("adamw")
                                .setParams(Struct.newBuilder().putFields("lr", number(1e-3))))
                        .setEpochs(1)
                        .setBatchSize(16)
                        .setMaxLength(TOKENS)
                        .setLongRows(LongRows.LONG_ROWS_TRUNCATE)
                        .setSeed(1))
                .setOutput(form)
                .build();
    }

    MergeSpec merge(String adapter, String output) {
        return MergeSpec.newBuilder()
                .setAdapter(adapter)
                .setOutputModel(model(output))
                .build();
    }

    DiffSpec diff(String base, String finetuned, String output) {
        return DiffSpec.newBuilder()
                .setSource(VersionPair.newBuilder().setBase(base).setFinetuned(finetuned))
                .setOutputModel(model(output))
                .addAllExclude(HEAD)
                .build();
    }

    GraftSpec graft(String diff, String target, String output, double lambda) {
        return GraftSpec.newBuilder()
                .setDiff(diff)
                .setTarget(target)
                .setOutputModel(model(output))
                .setLambda(lambda)
                .build();
    }

    /** The version under the head that was trained on the old base. */
    EvaluateSpec evaluate(String version, String head) {
        return EvaluateSpec.newBuilder()
                .setVersion(version)
                .setHead(head)
                .setData(TrainingData.newBuilder()
                        .setDataset(data)
                        .setSplit("test")
                        .setColumns(columns()))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setMaxLength(TOKENS)
                .setLongRows(LongRows.LONG_ROWS_TRUNCATE)
                .build();
    }

    /** The same beside another version without a head of its own, which the first must gain anything over. */
    EvaluateSpec compare(String version, String other, String head) {
        return evaluate(version, head).toBuilder()
                .setAgainst(Baseline.newBuilder().setVersion(other).setHead(head))
                .setGate(GateRule.newBuilder().setMetric(METRIC).setMinEffect(0))
                .build();
    }

    /** May the version take the place of the one whose head it borrows? It may not lose more than {@link #MARGIN}. */
    EvaluateSpec gate(String version, String today) {
        return evaluate(version, today).toBuilder()
                .setAgainst(Baseline.newBuilder().setVersion(today))
                .setGate(GateRule.newBuilder().setMetric(METRIC).setMaxRegression(MARGIN))
                .build();
    }

    private String model(String id) {
        return tenant + "/models/" + id;
    }

    private static DataColumns columns() {
        return DataColumns.newBuilder().setText("text").setLabel("label").build();
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    private static Value texts(String... values) {
        ListValue.Builder list = ListValue.newBuilder();
        for (String value : values) {
            list.addValues(Value.newBuilder().setStringValue(value));
        }
        return Value.newBuilder().setListValue(list).build();
    }
}
