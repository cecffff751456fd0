package io.graft.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.methods.MethodCatalog;
import io.graft.v1.GetMethodRequest;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.ListMethodsResponse;
import io.graft.v1.Method;
import io.graft.v1.MethodServiceGrpc;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The catalogue of methods over a real gRPC connection. */
@QuarkusTest
@QuarkusTestResource(Installation.class)
class MethodApiTest {
    private Client client;
    private MethodServiceGrpc.MethodServiceBlockingStub api;

    @BeforeEach
    void connect() {
        client = new Client();
        api = client.methods();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void pagesThroughTheWholeCatalogue() {
        List<Method> seen = new ArrayList<>();
        ListMethodsRequest.Builder request = ListMethodsRequest.newBuilder().setPageSize(5);
        ListMethodsResponse page;
        do {
            page = api.listMethods(request.build());
            seen.addAll(page.getMethodsList());
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());

        assertThat(seen).hasSameSizeAs(MethodCatalog.load().methods()).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheParametersOfAMethod() {
        Method adamw = api.getMethod(
                GetMethodRequest.newBuilder().setName("methods/optimizer.adamw").build());

        assertThat(adamw.getPaper()).isNotBlank();
        assertThat(adamw.getParametersList())
                .filteredOn(parameter -> parameter.getName().equals("beta1"))
                .singleElement()
                .satisfies(beta1 -> {
                    assertThat(beta1.getDefaultValue().getNumberValue()).isEqualTo(0.9);
                    assertThat(beta1.getMinimum()).isZero();
                    assertThat(beta1.getExclusiveMaximum()).isTrue();
                });
    }

    @Test
    void filtersByKindAndRefusesWhatIsNotThere() {
        assertThat(api.listMethods(ListMethodsRequest.newBuilder()
                                .setFilter("kind = optimizer")
                                .build())
                        .getMethodsList())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getKind()).isEqualTo("optimizer"));
        Failure.check(
                Status.Code.NOT_FOUND,
                "NOT_FOUND",
                () -> api.getMethod(GetMethodRequest.newBuilder()
                        .setName("methods/optimizer.magic")
                        .build()));
    }
}
