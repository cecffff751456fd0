package io.graft.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.graft.gateway.message.ProtoJson;
import io.graft.gateway.route.RouteTable;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusProblemsTest {
    private final StatusProblems problems =
            new StatusProblems(ProtoJson.of(RouteTable.graft()).detailPrinter());

    @ParameterizedTest
    @CsvSource({
        "CANCELLED,499",
        "UNKNOWN,500",
        "INVALID_ARGUMENT,400",
        "DEADLINE_EXCEEDED,504",
        "NOT_FOUND,404",
        "ALREADY_EXISTS,409",
        "PERMISSION_DENIED,403",
        "UNAUTHENTICATED,401",
        "RESOURCE_EXHAUSTED,429",
        "FAILED_PRECONDITION,400",
        "ABORTED,409",
        "OUT_OF_RANGE,400",
        "UNIMPLEMENTED,501",
        "INTERNAL,500",
        "UNAVAILABLE,503",
        "DATA_LOSS,500"
    })
    void everyCodeHasItsHttpStatus(Code code, int status) {
        assertThat(HttpStatuses.of(code)).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(value = io.grpc.Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void aFailureOfTheTransportKeepsItsInnards(io.grpc.Status.Code code) {
        Problem problem = problems.of(code.toStatus().withDescription("secret"), new Metadata());
        assertThat(problem.code()).isEqualTo(code.name());
        assertThat(problem.detail()).isNotEmpty().doesNotContain("secret");
    }

    @Test
    void aServicesReasonAndFurtherDetailsArePassedOn() {
        Problem problem = of(
                ErrorInfo.newBuilder()
                        .setReason("TENSOR_MISMATCH")
                        .setDomain("d")
                        .putMetadata("tensor", "w")
                        .build(),
                PreconditionFailure.newBuilder()
                        .addViolations(
                                PreconditionFailure.Violation.newBuilder().setType("SHAPE"))
                        .build());
        assertThat(problem.reason()).isEqualTo("TENSOR_MISMATCH");
        assertThat(problem.metadata()).isEqualTo(Map.of("tensor", "w"));
        assertThat(problem.toJson("r").toString())
                .contains("\"title\":\"Tensor mismatch\"", "\"type\":\"urn:graft:reason:TENSOR_MISMATCH\"")
                .contains("\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.PreconditionFailure\"")
                .contains("\"requestId\":\"r\"");
    }

    private Problem of(com.google.protobuf.Message... details) {
        Status.Builder status =
                Status.newBuilder().setCode(Code.FAILED_PRECONDITION_VALUE).setMessage("m");
        for (com.google.protobuf.Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        StatusRuntimeException thrown = StatusProto.toStatusRuntimeException(status.build());
        return problems.of(thrown.getStatus(), Objects.requireNonNull(thrown.getTrailers()));
    }
}
