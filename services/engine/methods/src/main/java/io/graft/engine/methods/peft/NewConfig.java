package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Tensor;
import io.graft.platform.methods.NameSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is added to a configuration when an adapter is made: usual targets, the head of a classifier, the base's name, as PEFT
 * does, and modules that were filled at random.
 */
final class NewConfig {
    private NewConfig() {}

    static LoraConfig of(LoraConfig asked, BaseModel base) {
        NameSelection targets = asked.targets().isEmpty() ? DefaultTargets.of(base.modelType()) : asked.targets();
        List<String> saved = new ArrayList<>(asked.modulesToSave());
        String task = asked.taskType() == null ? base.taskType() : asked.taskType();
        List<String> heads = "SEQ_CLS".equals(task) ? List.of("classifier", "score") : List.of();
        for (String module : heads) {
            if (!saved.contains(module)) {
                saved.add(module);
            }
        }
        for (Set<String> added : List.of(base.fresh(), base.neutral())) {
            for (String module : added.stream().sorted().toList()) {
                if (!saved.contains(module)) {
                    saved.add(module);
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

    /** The configuration of adapters whose ranks were shared out and whose scalings stay what they were. */
    static LoraConfig withRanks(LoraConfig config, List<LoraTarget> targets, Map<String, Tensor> components) {
        List<LoraTarget> kept = new ArrayList<>();
        for (LoraTarget target : targets) {
            Tensor a = components.get(target.module());
            if (a != null) {
                kept.add(new LoraTarget(target.module(), (int) a.size(0), target.scaling()));
            }
        }
        return spelled(config, kept);
    }

    /** An adapter's configuration under other names. */
    static LoraConfig spelled(LoraAdapter adapter, Naming names) {
        List<LoraTarget> targets = new ArrayList<>();
        adapter.layers()
                .forEach((module, layer) ->
                        targets.add(new LoraTarget(names.fileName(module), layer.rank(), layer.scaling())));
        return spelled(adapter.config(), targets);
    }

    private static LoraConfig spelled(LoraConfig config, List<LoraTarget> targets) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        Map<String, Double> alphas = new LinkedHashMap<>();
        for (LoraTarget target : targets) {
            ranks.put(target.module(), target.rank());
            double divisor = config.rankStabilized() ? Math.sqrt(target.rank()) : target.rank();
            alphas.put(target.module(), target.scaling() * divisor);
        }
        return new LoraConfig(
                config.rank(),
                config.alpha(),
                config.dropout(),
                NameSelection.of(targets.stream().map(LoraTarget::module).toList()),
                NameSelection.NONE,
                List.of(),
                List.of(),
                ranks,
                alphas,
                config.rankStabilized(),
                config.dora(),
                config.initialization(),
                config.bias(),
                config.modulesToSave(),
                config.taskType(),
                config.baseModel());
    }
}
