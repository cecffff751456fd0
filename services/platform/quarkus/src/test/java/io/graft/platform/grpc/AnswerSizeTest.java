package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AnswerSizeTest {
    /** What gRPC Java takes unless told otherwise. */
    private static final int MAX_HEADERS = 8192;

    @ParameterizedTest
    @EnumSource
    void aLongRefusalFitsIntoHeaders(ErrorCode code) {
        Map<String, String> facts = new HashMap<>();
        IntStream.range(0, 1000).forEach(i -> facts.put("key" + i, "v".repeat(5000)));
        GraftException refusal = new GraftException(code, "m".repeat(100_000), facts);
        assertThat(size(refusal)).isLessThan(MAX_HEADERS);
    }

    @Test
    void manyBadFieldsFitAndTheRestIsCounted() {
        List<FieldViolation> bad = IntStream.range(0, 10_000)
                .mapToObj(i -> new FieldViolation("files[" + i + "].path", "is no path: it climbs out of its folder"))
                .toList();
        assertThat(size(GraftException.invalid(ErrorCode.INVALID_REQUEST, bad))).isLessThan(MAX_HEADERS);
        List<FieldViolation> shown = AnswerSize.violations(bad);
        assertThat(shown).hasSizeGreaterThan(10).startsWith(bad.getFirst());
        assertThat(shown.getLast().description()).startsWith("and " + (10_000 - shown.size() + 1) + " fields");
    }

    @Test
    void aShortRefusalIsToldInFull() {
        List<FieldViolation> bad = List.of(new FieldViolation("a", "is bad"), new FieldViolation("b", "is bad too"));
        assertThat(AnswerSize.violations(bad)).isEqualTo(bad);
        assertThat(AnswerSize.message("short")).isEqualTo("short");
        assertThat(AnswerSize.metadata(Map.of("a", "b"))).isEqualTo(Map.of("a", "b"));
    }

    private static int size(GraftException refusal) {
        Status status = Status.UNKNOWN.withCause(refusal);
        ErrorStatus.Answer answer = ErrorStatus.of(status, new Metadata(), "method", "request");
        int details = Objects.requireNonNull(StatusProto.fromStatusAndTrailers(answer.status(), answer.trailers()))
                .getSerializedSize();
        int message = String.valueOf(answer.status().getDescription()).length();
        return message + (details + 2) / 3 * 4;
    }
}
