package io.graft.pipelines.document;

import com.google.protobuf.Message;
import io.graft.v1.AliasMoved;
import io.graft.v1.DatasetVersionRegistered;
import io.graft.v1.JobStateChanged;
import io.graft.v1.ModelCreated;
import io.graft.v1.ModelVersionRegistered;
import io.graft.v1.VersionRejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The events that can start a run, by the name of their message, and what of them a document can name. */
public final class EventKinds {
    private static final Map<String, Message> PROTOTYPES = List.<Message>of(
                    AliasMoved.getDefaultInstance(),
                    DatasetVersionRegistered.getDefaultInstance(),
                    JobStateChanged.getDefaultInstance(),
                    ModelCreated.getDefaultInstance(),
                    ModelVersionRegistered.getDefaultInstance(),
                    VersionRejected.getDefaultInstance())
            .stream()
            .collect(Collectors.toUnmodifiableMap(
                    message -> message.getDescriptorForType().getName(), Function.identity()));

    private EventKinds() {}

    /** The names, sorted. */
    public static List<String> names() {
        return PROTOTYPES.keySet().stream().sorted().toList();
    }

    /** An empty event of that name. */
    public static Message prototype(String name) {
        return Objects.requireNonNull(PROTOTYPES.get(name), name);
    }

    /** Which of `model`, `alias` and `dataset` a document may ask of an event. */
    static Set<String> conditions(String name) {
        return switch (name) {
            case "AliasMoved" -> Set.of("model", "alias");
            case "ModelVersionRegistered", "ModelCreated" -> Set.of("model");
            case "DatasetVersionRegistered" -> Set.of("dataset");
            default -> Set.of();
        };
    }

    /** The resource that an event is about, for `model`, `alias` and `dataset`; empty when it is about none of them. */
    public static String resource(Message event) {
        return switch (event) {
            case AliasMoved moved -> moved.getAlias().getName();
            case ModelVersionRegistered registered -> registered.getVersion().getName();
            case ModelCreated created -> created.getModel().getName();
            case DatasetVersionRegistered registered -> registered.getVersion().getName();
            default -> "";
        };
    }
}
