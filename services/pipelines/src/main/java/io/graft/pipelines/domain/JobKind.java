package io.graft.pipelines.domain;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.graft.v1.Job;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.SubmitPruningRequest;
import io.graft.v1.SubmitTrainRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A kind of job that a step may run: any method of any service that takes a specification and answers with a job. Found in the
 * API itself, so that a new method can be used as soon as it is there.
 *
 * @param name as in {@code Job.kind}
 * @param submit the method
 * @param spec message of its specification
 */
public record JobKind(String name, MethodDescriptor submit, Descriptor spec) {
    /** One request of each service that takes submissions. */
    private static final List<Descriptor> SERVICES = List.of(
            SubmitEvaluationRequest.getDescriptor(),
            SubmitFinetuneRequest.getDescriptor(),
            SubmitGraftRequest.getDescriptor(),
            SubmitPruningRequest.getDescriptor(),
            SubmitTrainRequest.getDescriptor());

    private static final String SUFFIX = "Spec";
    private static final SequencedMap<String, JobKind> KINDS = kinds();

    /** All kinds by name. */
    public static SequencedMap<String, JobKind> all() {
        return KINDS;
    }

    /** The kind of that name. */
    public static Optional<JobKind> find(String name) {
        return Optional.ofNullable(KINDS.get(name));
    }

    private static SequencedMap<String, JobKind> kinds() {
        SequencedMap<String, JobKind> kinds = new TreeMap<>();
        SERVICES.stream()
                .map(Descriptor::getFile)
                .map(FileDescriptor::getServices)
                .flatMap(List::stream)
                .flatMap(service -> service.getMethods().stream())
                .flatMap(JobKind::of)
                .forEach(kind -> kinds.put(kind.name(), kind));
        return Collections.unmodifiableSequencedMap(kinds);
    }

    private static Stream<JobKind> of(MethodDescriptor method) {
        FieldDescriptor spec = method.getInputType().findFieldByName("spec");
        boolean submits = spec != null
                && method.getOutputType().equals(Job.getDescriptor())
                && method.getInputType().findFieldByName("request_id") != null;
        if (!submits) {
            return Stream.empty();
        }
        String message = spec.getMessageType().getName();
        String name = message.substring(0, message.length() - SUFFIX.length()).toLowerCase(Locale.ROOT);
        return Stream.of(new JobKind(name, method, spec.getMessageType()));
    }
}
