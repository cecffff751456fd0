package io.graft.engine.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.nn.NewWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every family of models on the class path: opens model folders and makes new models. Immutable. */
public final class ModelFamilies {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ModelFamily> families = new TreeMap<>();

    private ModelFamilies(Iterable<ModelFamily> found) {
        found.forEach(family -> families.put(family.modelType(), family));
    }

    /** The families that META-INF/services lists. */
    public static ModelFamilies load() {
        return new ModelFamilies(ServiceLoader.load(ModelFamily.class));
    }

    /** The known values of {@code model_type}. */
    public List<String> modelTypes() {
        return List.copyOf(families.keySet());
    }

    /**
     * An opened model.
     *
     * @param initialised parameters that the folder does not have and that were filled from the seed
     * @param neutral parameters that the folder does not have and that start as a layer which changes nothing
     * @param ignored tensors of the folder that belong to another task
     */
    public record Opened(Model model, List<String> initialised, List<String> neutral, List<String> ignored) {
        public Opened {
            initialised = List.copyOf(initialised);
            neutral = List.copyOf(neutral);
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * Opens a folder with {@code config.json} and safetensors; the parameters live in {@code home}, frozen, as F32.
     *
     * @throws ModelException naming every problem of configuration and weights
     */
    public Opened open(Scope home, Path folder, OpenOptions options) throws IOException {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelException(folder.toString(), "there is no config.json; a model folder needs one");
        }
        ObjectNode config = parse(file.toString(), Files.readString(file));
        ModelFamily family = family(file.toString(), config);
        String architecture = architecture(file.toString(), family, config, options.task());
        config.set("architectures", JSON.createArrayNode().add(architecture));
        if (options.labels() != null) {
            Labels.write(config, options.labels());
        }
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder);
                Scope building = home.torch().scope()) {
            CheckpointWeights weights = new CheckpointWeights(home, checkpoint, family, options.changesTheHead());
            Model model = family.build(config, architecture, weights);
            List<String> ignored = weights.finish();
            return new Opened(model, weights.initialised(), weights.neutral(), ignored);
        }
    }

    /**
     * What a folder can be opened for.
     *
     * @throws ModelException if its configuration names no known family
     */
    public Set<Task> tasks(Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = parse(file.toString(), Files.readString(file));
        return Set.copyOf(family(file.toString(), config).architectures().keySet());
    }

    /**
     * A new model with trainable parameters filled from the runtime's seed, as the reference library fills them.
     *
     * @throws ModelException naming every problem of the configuration
     */
    public Model create(Scope home, ObjectNode config) {
        return create(home, config.deepCopy(), (Task) null);
    }

    /** The same, for the task and the labels of the options, whatever task the configuration is of. */
    public Model create(Scope home, ObjectNode config, OpenOptions options) {
        ObjectNode own = config.deepCopy();
        if (options.labels() != null) {
            Labels.write(own, options.labels());
        }
        return create(home, own, options.task());
    }

    private Model create(Scope home, ObjectNode own, @Nullable Task task) {
        ModelFamily family = family("config", own);
        String architecture = architecture("config", family, own, task);
        own.set("architectures", JSON.createArrayNode().add(architecture));
        try (Scope building = home.torch().scope()) {
            return family.build(own, architecture, new NewWeights(home));
        }
    }

    /** Prefixes of the parameters that belong to a model's task and not to the model below it. */
    public List<String> heads(Model model) {
        return family("config", model.config()).heads();
    }

    /** Parses the text of a configuration. */
    public static ObjectNode parse(String source, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode config) {
                return config;
            }
            throw new ModelException(source, "it is not a JSON object");
        } catch (JsonProcessingException broken) {
            ModelException failure = new ModelException(source, "it is not JSON: " + broken.getOriginalMessage());
            failure.initCause(broken);
            throw failure;
        }
    }

    private ModelFamily family(String source, ObjectNode config) {
        String type = config.path("model_type").asText("");
        @Nullable ModelFamily family = families.get(type);
        if (family == null) {
            throw new ModelException(
                    source, "model_type '" + type + "' can't be computed with; known are " + families.keySet());
        }
        return family;
    }

    private static String architecture(String source, ModelFamily family, ObjectNode config, @Nullable Task task) {
        if (task != null) {
            @Nullable String architecture = family.architectures().get(task);
            if (architecture == null) {
                throw new ModelException(
                        source,
                        "a " + family.modelType() + " model can't do " + task + "; it can do "
                                + family.architectures().keySet());
            }
            return architecture;
        }
        JsonNode named = config.path("architectures").path(0);
        if (!family.architectures().containsValue(named.asText())) {
            throw new ModelException(
                    source,
                    "architecture " + named + " is none of "
                            + family.architectures().values() + "; name the task to open it for");
        }
        return named.asText();
    }
}
