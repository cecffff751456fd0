package io.graft.platform.event;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.graft.v1.AliasMoved;
import io.graft.v1.AttemptReported;
import io.graft.v1.DatasetVersionRegistered;
import io.graft.v1.JobStateChanged;
import io.graft.v1.ModelCreated;
import io.graft.v1.ModelVersionRegistered;
import io.graft.v1.PipelineRunChanged;
import io.graft.v1.VersionCommitted;
import io.graft.v1.VersionRejected;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every type of event: its payload and its topic. */
public final class EventTypes {
    /** Jobs: what they do and what they commit. */
    public static final String JOB_TOPIC = "graft.job.v1";

    /** Reports of workers. */
    public static final String ATTEMPT_TOPIC = "graft.attempt.v1";

    /** Models, versions and aliases. */
    public static final String MODEL_TOPIC = "graft.model.v1";

    /** Data sets and versions. */
    public static final String DATASET_TOPIC = "graft.dataset.v1";

    /** Runs of pipelines. */
    public static final String PIPELINE_TOPIC = "graft.pipeline.v1";

    /** Added to a topic's name for its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    private static final Map<String, EventType> TYPES = Stream.of(
                    new EventType(JOB_TOPIC, JobStateChanged.getDefaultInstance()),
                    new EventType(JOB_TOPIC, VersionCommitted.getDefaultInstance()),
                    new EventType(ATTEMPT_TOPIC, AttemptReported.getDefaultInstance()),
                    new EventType(MODEL_TOPIC, ModelCreated.getDefaultInstance()),
                    new EventType(MODEL_TOPIC, ModelVersionRegistered.getDefaultInstance()),
                    new EventType(MODEL_TOPIC, VersionRejected.getDefaultInstance()),
                    new EventType(MODEL_TOPIC, AliasMoved.getDefaultInstance()),
                    new EventType(DATASET_TOPIC, DatasetVersionRegistered.getDefaultInstance()),
                    new EventType(PIPELINE_TOPIC, PipelineRunChanged.getDefaultInstance()))
            .collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private EventTypes() {}

    /** The type of that name; empty when it comes from another release. */
    public static Optional<EventType> find(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    /** The type that a payload is of. */
    public static EventType of(Message data) {
        return find(data.getDescriptorForType().getFullName())
                .orElseThrow(() -> new IllegalArgumentException(
                        data.getDescriptorForType().getFullName() + " is not the payload of an event"));
    }

    /** Every topic, without the dead letters'. */
    public static Stream<String> topics() {
        return TYPES.values().stream().map(EventType::topic).distinct().sorted();
    }

    /**
     * One type of event.
     *
     * @param topic where it is published
     * @param prototype an empty payload
     */
    public record EventType(String topic, Message prototype) {
        public String name() {
            return prototype.getDescriptorForType().getFullName();
        }

        public Parser<? extends Message> parser() {
            return prototype.getParserForType();
        }
    }
}
