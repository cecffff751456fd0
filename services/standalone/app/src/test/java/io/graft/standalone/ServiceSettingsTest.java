package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceSettingsTest {
    private static final Parts PARTS = new Parts(
            "jdbc:postgresql://db/graft", "me", "p", "kafka:1", "http://s3", "key", "secret", "graft", "us-east-1");

    @Test
    void bindsTheServicesTogetherOnLoopbackOnly() {
        Map<String, String> settings = ServiceSettings.of(
                new GraftHome(Path.of("/home, sweet")),
                new PortPlan(9000),
                new Libraries(Path.of("/lib/worker"), Path.of("/lib/parts")),
                PARTS,
                Path.of("/home/config/token-public.pem"));

        assertThat(settings)
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry("quarkus.http.port", "9000")
                .containsEntry("quarkus.grpc.server.host", "127.0.0.1")
                .containsEntry("quarkus.grpc.server.port", "9001")
                .containsEntry("graft.registry.endpoint", "127.0.0.1:9001")
                .containsEntry("graft.gateway.grpc", "127.0.0.1:9001")
                .containsEntry("mp.jwt.verify.publickey.location", "file:///home/config/token-public.pem")
                .containsEntry("quarkus.datasource.transfer.jdbc.url", "jdbc:postgresql://db/graft")
                .containsEntry("quarkus.datasource.registry.password", "p")
                .containsKeys(
                        "quarkus.datasource.finetuning.jdbc.url",
                        "quarkus.datasource.training.jdbc.url",
                        "quarkus.datasource.evaluation.jdbc.url",
                        "quarkus.datasource.pruning.jdbc.url",
                        "quarkus.datasource.pipelines.jdbc.url")
                .containsEntry("graft.pipelines.endpoint", "127.0.0.1:9001")
                .containsEntry("graft.pipelines.token-file", "/home, sweet/config/token")
                .containsEntry(
                        "graft.worker.jvm-args", "--add-modules=jdk.incubator.vector,-Dgraft.work=/home\\, sweet/work")
                .containsEntry("graft.standalone.http", "http://127.0.0.1:9000");
    }
}
