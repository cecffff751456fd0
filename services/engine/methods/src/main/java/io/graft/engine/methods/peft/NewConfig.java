package io.graft.engine.methods.peft;

import io.graft.platform.methods.NameSelection;
import java.util.ArrayList;
import java.util.List;

/** What PEFT adds to a configuration when an adapter is made: usual targets, the head of a classifier, the base's name. */
final class NewConfig {
    private NewConfig() {}

    static LoraConfig of(LoraConfig asked, BaseModel base) {
        NameSelection targets = asked.targets().isEmpty() ? DefaultTargets.of(base.modelType()) : asked.targets();
        List<String> saved = new ArrayList<>(asked.modulesToSave());
        String task = asked.taskType() == null ? base.taskType() : asked.taskType();
        if ("SEQ_CLS".equals(task)) {
            for (String head : List.of("classifier", "score")) {
                if (!saved.contains(head)) {
                    saved.add(head);
                }
            }
        }
        return new LoraConfig(
                asked.rank(),
                asked.alpha(),
                asked.dropout(),
                targets,
                asked.excluded(),
                asked.layers(),
                asked.layersPattern(),
                asked.rankPattern(),
                asked.alphaPattern(),
                asked.rankStabilized(),
                asked.dora(),
                asked.initialization(),
                asked.bias(),
                saved,
                task,
                asked.baseModel() == null ? base.name() : asked.baseModel());
    }
}
