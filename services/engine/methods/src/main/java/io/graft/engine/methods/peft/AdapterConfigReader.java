package io.graft.engine.methods.peft;

import io.graft.platform.methods.NameSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code adapter_config.json}. A field that is not known is let pass while it is null, false or empty, since later
 * versions of PEFT add many; an unknown field that asks for something is refused.
 */
final class AdapterConfigReader {
    /** Fields that say nothing about the mathematics, whatever their value. */
    private static final Set<String> INERT = Set.of(
            "peft_version",
            "inference_mode",
            "revision",
            "auto_mapping",
            "megatron_core",
            "qalora_group_size",
            "runtime_config",
            "loftq_config",
            "eva_config",
            "corda_config");

    private static final Set<String> KNOWN = Set.of(
            "peft_type",
            "task_type",
            "base_model_name_or_path",
            "r",
            "lora_alpha",
            "lora_dropout",
            "target_modules",
            "exclude_modules",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern",
            "use_rslora",
            "use_dora",
            "init_lora_weights",
            "bias",
            "modules_to_save",
            "fan_in_fan_out");

    private final Map<String, @Nullable Object> fields;
    private final List<String> wrong = new ArrayList<>();

    private AdapterConfigReader(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static LoraConfig read(String file, byte[] json) throws IOException {
        return new AdapterConfigReader(JsonTree.read(file, json)).config(file);
    }

    private LoraConfig config(String file) {
        refuseUnsupported(file);
        LoraConfig config = config();
        if (!wrong.isEmpty()) {
            throw new AdapterException(AdapterProblem.CONFIG_VALUE, wrong);
        }
        return config;
    }

    private LoraConfig config() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        numbers("rank_pattern").forEach((key, value) -> ranks.put(key, value.intValue()));
        int rank = (int) number("r", 8);
        double alpha = number("lora_alpha", 8);
        double dropout = number("lora_dropout", 0);
        NameSelection targets = selection("target_modules");
        NameSelection excluded = selection("exclude_modules");
        List<Integer> layers = layers();
        List<String> layersPattern = selectionAsList("layers_pattern");
        Map<String, Double> alphas = numbers("alpha_pattern");
        boolean stabilized = truth("use_rslora");
        boolean dora = truth("use_dora");
        Initialization initialization = initialization();
        BiasMode bias = bias();
        List<String> saved = selectionAsList("modules_to_save");
        @Nullable String task = text("task_type");
        @Nullable String base = text("base_model_name_or_path");
        if (!wrong.isEmpty()) {
            throw new AdapterException(AdapterProblem.CONFIG_VALUE, wrong);
        }
        return new LoraConfig(
                rank,
                alpha,
                dropout,
                targets,
                excluded,
                layers,
                layersPattern,
                ranks,
                alphas,
                stabilized,
                dora,
                initialization,
                bias,
                saved,
                task,
                base);
    }

    private void refuseUnsupported(String file) {
        List<String> refused = new ArrayList<>();
        if (!"LORA".equals(fields.get("peft_type"))) {
            refused.add("peft_type is " + fields.get("peft_type") + "; only LORA is read");
        }
        if (isActive(fields.get("fan_in_fan_out"))) {
            refused.add("fan_in_fan_out is set; models with transposed weights are not supported");
        }
        fields.forEach((name, value) -> {
            if (!KNOWN.contains(name) && !INERT.contains(name) && isActive(value)) {
                refused.add(name + " is " + excerpt(value) + ", which is not supported");
            }
        });
        if (isActive(fields.get("loftq_config"))) {
            refused.add("loftq_config is set; quantised bases are not supported");
        }
        if (!refused.isEmpty()) {
            throw new AdapterException(
                    AdapterProblem.CONFIG_UNSUPPORTED,
                    file + ": " + String.join("; ", refused) + ". Merge the adapter with PEFT and import the model");
        }
    }

    private static boolean isActive(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> !list.isEmpty();
            case String text -> !text.isEmpty();
            default -> true;
        };
    }

    private static String excerpt(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private Initialization initialization() {
        Object value = fields.getOrDefault("init_lora_weights", true);
        return switch (value) {
            case Boolean flag -> flag ? Initialization.KAIMING : Initialization.RANDOM;
            case String text when text.equals("gaussian") -> Initialization.GAUSSIAN;
            case String text when text.equals("pissa") -> Initialization.PISSA;
            case String text when text.equals("olora") -> Initialization.OLORA;
            case String text when text.equals("eva") -> Initialization.EVA;
            case String text when text.equals("orthogonal") -> Initialization.ORTHOGONAL;
            case null -> Initialization.KAIMING;
            default -> {
                wrong.add("init_lora_weights: " + excerpt(value)
                        + " changes the base in a way that cannot be repeated; save the adapter with"
                        + " path_initial_model_for_weight_conversion");
                yield Initialization.KAIMING;
            }
        };
    }

    private BiasMode bias() {
        Object value = fields.getOrDefault("bias", "none");
        for (BiasMode mode : BiasMode.values()) {
            if (mode.wireName().equals(value)) {
                return mode;
            }
        }
        wrong.add("bias: " + excerpt(value) + " is none of none, all, lora_only");
        return BiasMode.NONE;
    }

    private List<Integer> layers() {
        Object value = fields.get("layers_to_transform");
        List<?> list = value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
        List<Integer> layers = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof Long index && index >= 0 && index < 1_000_000) {
                layers.add(index.intValue());
            } else {
                wrong.add("layers_to_transform: " + excerpt(each) + " is not an index");
            }
        }
        return layers;
    }

    private double number(String name, double absent) {
        Object value = fields.get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Number number && (!name.equals("r") || number instanceof Long)) {
            return number.doubleValue();
        }
        wrong.add(name + ": " + excerpt(value) + " is not a " + (name.equals("r") ? "whole " : "") + "number");
        return absent;
    }

    private boolean truth(String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Boolean)) {
            wrong.add(name + ": " + excerpt(value) + " is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    private @Nullable String text(String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            wrong.add(name + ": " + excerpt(value) + " is not a text");
        }
        return value instanceof String text ? text : null;
    }

    private NameSelection selection(String name) {
        Object value = fields.get(name);
        return switch (value) {
            case null -> NameSelection.NONE;
            case String text -> NameSelection.of(text);
            case List<?> list -> NameSelection.of(texts(name, list));
            default -> {
                wrong.add(name + ": " + excerpt(value) + " is neither a text nor a list");
                yield NameSelection.NONE;
            }
        };
    }

    private List<String> selectionAsList(String name) {
        NameSelection selection = selection(name);
        return selection.text() == null ? selection.names() : List.of(selection.text());
    }

    private List<String> texts(String name, List<?> list) {
        List<String> texts = new ArrayList<>();
        for (Object each : list) {
            if (each instanceof String text && !text.isEmpty()) {
                texts.add(text);
            } else {
                wrong.add(name + ": " + excerpt(each) + " is not a name");
            }
        }
        return texts;
    }

    private Map<String, Double> numbers(String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Object value = fields.get(name);
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                if (each instanceof Number number && (!name.equals("rank_pattern") || number instanceof Long)) {
                    numbers.put(String.valueOf(key), number.doubleValue());
                } else {
                    wrong.add(name + "." + key + ": " + excerpt(each) + " is not a number of its kind");
                }
            });
        } else if (value != null) {
            wrong.add(name + ": " + excerpt(value) + " is not an object");
        }
        return numbers;
    }
}
