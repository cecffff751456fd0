package io.graft.finetuning.domain;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import io.graft.platform.methods.NearMiss;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Params;
import io.graft.v1.MethodChoice;
import io.graft.v1.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds the linear modules that a low-rank adapter means among the tensors of its base, as PEFT matches names. */
final class LoraTargets {
    private static final String ALL_LINEAR = "all-linear";
    private static final String TARGETS = "target_modules";
    private static final String PATH = "spec.adapter.params.";
    private static final List<List<String>> USUAL = List.of(List.of("q_proj", "v_proj"), List.of("query", "value"));
    private static final Set<String> RESIDUAL = Set.of("pissa", "olora");
    private static final Set<String> HEADS = Set.of("lm_head", "classifier", "score", "pooler");
    private static final Pattern EMBEDDING = Pattern.compile("(.*\\.)?(.*embed.*|wte|wpe)(\\..*)?");

    private final SpecFields fields;
    private final Params params;
    private final Map<String, TensorSpec> modules = new TreeMap<>();
    private final Map<NamePattern, Long> ranks = new LinkedHashMap<>();

    private LoraTargets(SpecFields fields, Params params, List<TensorSpec> tensors) {
        this.fields = fields;
        this.params = params;
        for (TensorSpec tensor : tensors) {
            String name = tensor.getName();
            if (tensor.getShapeCount() == 2
                    && name.endsWith(".weight")
                    && !EMBEDDING.matcher(name).matches()) {
                modules.put(name.substring(0, name.length() - ".weight".length()), tensor);
            }
        }
    }

    /** The adapter with its targets filled in, and what it trains; what does not fit the base is noted. */
    static Trained check(SpecFields fields, MethodChoice adapter, List<TensorSpec> tensors) {
        try {
            return new LoraTargets(fields, Params.of(adapter), tensors).check(adapter);
        } catch (PatternSyntaxException e) {
            fields.require(false, PATH + TARGETS, "or another pattern of names can't be used: " + e.getDescription());
            return new Trained(adapter, 0);
        }
    }

    private void readRanks() {
        params.object("rank_pattern").getFieldsMap().forEach((key, rank) -> {
            try {
                ranks.put(new NamePattern("(.*\\.)?(" + key + ")"), Math.round(rank.getNumberValue()));
            } catch (PatternSyntaxException e) {
                fields.require(false, PATH + "rank_pattern." + key, "is no regular expression: " + e.getDescription());
            }
        });
    }

    private Trained check(MethodChoice adapter) {
        readRanks();
        List<String> names = params.texts(TARGETS);
        String text = params.text(TARGETS);
        if (names.isEmpty() && text.isEmpty()) {
            names = usual();
        }
        fields.require(
                text.isEmpty() || params.numbers("layers_to_transform").isEmpty(),
                PATH + "layers_to_transform",
                "goes with a list of target_modules only; say the layers in the regular expression");
        fields.require(
                params.texts("layers_pattern").isEmpty()
                        || !params.numbers("layers_to_transform").isEmpty(),
                PATH + "layers_pattern",
                "goes with layers_to_transform only");
        fields.require(
                !params.isTrue("use_dora") || !RESIDUAL.contains(params.text("init")),
                PATH + "use_dora",
                "is not together with init " + params.text("init") + ", whose base is a residual");
        List<String> matched = matched(names, text);
        long elements = 0;
        for (String module : matched) {
            elements += elements(module);
        }
        checkRanks(matched);
        MethodChoice.Builder filled = adapter.toBuilder();
        if (text.isEmpty()) {
            filled.getParamsBuilder().putFields(TARGETS, list(names));
        }
        return new Trained(filled.build(), elements);
    }

    private List<String> usual() {
        for (List<String> names : USUAL) {
            if (names.stream().allMatch(name -> modules.keySet().stream().anyMatch(module -> ends(module, name)))) {
                return names;
            }
        }
        fields.require(
                false, PATH + TARGETS, "is required: the base has none of the usual modules; it has " + lastParts());
        return List.of();
    }

    private List<String> matched(List<String> names, String text) {
        Predicate<String> wanted = wanted(TARGETS, names, text)
                .and(wanted("exclude_modules", params.texts("exclude_modules"), params.text("exclude_modules"))
                        .negate())
                .and(this::isInLayers);
        List<String> matched = modules.keySet().stream().filter(wanted).toList();
        if (matched.isEmpty() && (!names.isEmpty() || !text.isEmpty())) {
            TreeSet<String> near = new TreeSet<>();
            names.forEach(name -> near.addAll(NearMiss.of(name, lastParts(), 2)));
            fields.require(
                    false,
                    PATH + TARGETS,
                    "matches no linear module of the base; "
                            + (near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ") + "It has "
                            + String.join(", ", lastParts()));
        }
        return matched;
    }

    private Predicate<String> wanted(String param, List<String> names, String text) {
        if (text.equalsIgnoreCase(ALL_LINEAR)) {
            return module -> HEADS.stream().noneMatch(head -> isPart(module, head));
        }
        if (!text.isEmpty()) {
            try {
                return new NamePattern(text)::matches;
            } catch (PatternSyntaxException e) {
                fields.require(false, PATH + param, "is no regular expression: " + e.getDescription());
                return module -> true;
            }
        }
        return module -> names.stream().anyMatch(name -> ends(module, name));
    }

    private boolean isInLayers(String module) {
        List<Double> layers = params.numbers("layers_to_transform");
        if (layers.isEmpty()) {
            return true;
        }
        Matcher index = Pattern.compile("\\.([0-9]+)\\.").matcher(module);
        return index.find() && layers.contains(Double.valueOf(index.group(1)));
    }

    private long elements(String module) {
        TensorSpec weight = modules.get(module);
        if (weight == null) {
            return 0;
        }
        long out = weight.getShape(0);
        long in = weight.getShape(1);
        long rank = rank(module);
        return rank * (in + out) + (params.isTrue("use_dora") ? out : 0);
    }

    private void checkRanks(List<String> matched) {
        matched.stream()
                .filter(module -> rank(module) > smallerSide(module))
                .findFirst()
                .ifPresent(module -> fields.require(
                        false,
                        PATH + "r",
                        "is " + rank(module) + " for " + module + ", whose smaller side is " + smallerSide(module)
                                + "; a rank above that says nothing more"));
    }

    private long smallerSide(String module) {
        TensorSpec weight = modules.get(module);
        return weight == null ? Long.MAX_VALUE : Math.min(weight.getShape(0), weight.getShape(1));
    }

    private long rank(String module) {
        for (Map.Entry<NamePattern, Long> rank : ranks.entrySet()) {
            if (rank.getKey().matches(module)) {
                return rank.getValue();
            }
        }
        return Math.round(params.number("r", 8));
    }

    private List<String> lastParts() {
        return new ArrayList<>(new TreeSet<>(modules.keySet().stream()
                .map(module -> module.substring(module.lastIndexOf('.') + 1))
                .toList()));
    }

    private static boolean ends(String module, String name) {
        return module.equals(name) || module.endsWith("." + name);
    }

    private static boolean isPart(String module, String part) {
        return List.of(module.split("\\.", -1)).contains(part);
    }

    private static Value list(List<String> names) {
        ListValue.Builder list = ListValue.newBuilder();
        names.forEach(name -> list.addValues(Value.newBuilder().setStringValue(name)));
        return Value.newBuilder().setListValue(list).build();
    }
}
