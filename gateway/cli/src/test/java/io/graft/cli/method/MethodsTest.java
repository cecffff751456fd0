package io.graft.cli.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.ListMethodsResponse;
import io.graft.v1.Method;
import io.graft.v1.MethodParameter;
import io.graft.v1.MethodServiceGrpc;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodsTest {
    private static final Method ADAMW = Method.newBuilder()
            .setName("methods/optimizer.adamw")
            .setKind("optimizer")
            .setTitle("AdamW")
            .addParameters(MethodParameter.newBuilder()
                    .setName("beta1")
                    .setType("number")
                    .setDefaultValue(Value.newBuilder().setNumberValue(0.9))
                    .setMinimum(0)
                    .setMaximum(1)
                    .setExclusiveMaximum(true)
                    .setDescription("decay of the first moment"))
            .build();

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(
                MethodServiceGrpc.getListMethodsMethod(),
                request -> ListMethodsResponse.newBuilder()
                        .addMethods(ADAMW)
                        .addMethods(ADAMW.toBuilder().setName("methods/schedule.linear"))
                        .addMethods(ADAMW.toBuilder().setName("methods/combination.linear"))
                        .build());
        services.on(MethodServiceGrpc.getGetMethodMethod(), request -> ADAMW);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void listsByKind() {
        CommandRun run = CommandRun.of(services, home, "methods", "list", "--kind", "optimizer");

        assertThat(run.out()).contains("optimizer  adamw").contains("AdamW");
        assertThat(services.requests(ListMethodsRequest.class).getFirst().getFilter())
                .isEqualTo("kind = \"optimizer\"");
    }

    @Test
    void showsParametersWithDefaultsAndRanges() {
        CommandRun run = CommandRun.of(services, home, "methods", "show", "adamw");

        assertThat(run.out()).contains("optimizer.adamw").containsPattern("beta1 +number +0.9 +>= 0 < 1 +decay");
    }

    @Test
    void asksWhichOneWhenAKindIsNeeded() {
        CommandRun run = CommandRun.of(services, home, "methods", "show", "linear");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("schedule.linear, combination.linear");
    }
}
