package io.graft.gateway.http;

import io.graft.gateway.problem.FieldViolation;
import io.graft.gateway.problem.ProblemException;
import io.graft.gateway.route.Rpc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code Last-Event-ID} that a client sends when it takes a stream up again. */
final class LastEvent {
    private static final String FIELD = "from_sequence";
    private static final String FIELD_JSON = "fromSequence";

    private LastEvent() {}

    /** Puts the id in place of the query's own {@code from_sequence}, which is as old as the first connection. */
    static void apply(@Nullable String id, Rpc rpc, Map<String, List<String>> query) {
        if (id == null || id.isEmpty() || rpc.schema().getInputType().findFieldByName(FIELD) == null) {
            return;
        }
        if (!id.matches("[0-9]{1,18}")) {
            throw ProblemException.invalid(
                    "INVALID_REQUEST",
                    List.of(new FieldViolation(
                            "Last-Event-ID", "must be the id of an event of this stream, a number")));
        }
        query.remove(FIELD_JSON);
        query.put(FIELD, List.of(id));
    }
}
