package io.graft.standalone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration that makes the services one installation. */
final class ServiceSettings {
    /** Services with a schema and a datasource of their own. */
    private static final List<String> SCHEMAS =
            List.of("registry", "transfer", "finetuning", "training", "evaluation", "pruning", "pipelines");

    /** Lets the worker compute with wide registers. */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private ServiceSettings() {}

    static Map<String, String> of(GraftHome home, PortPlan ports, Libraries libraries, Parts parts, Path publicKey) {
        Map<String, String> settings = new LinkedHashMap<>();
        String grpc = PortPlan.HOST + ":" + ports.grpc();
        settings.put("quarkus.http.host", PortPlan.HOST);
        settings.put("quarkus.http.port", Integer.toString(ports.http()));
        settings.put("quarkus.grpc.server.host", PortPlan.HOST);
        settings.put("quarkus.grpc.server.port", Integer.toString(ports.grpc()));
        settings.put("quarkus.log.file.path", home.logs().resolve("graft.log").toString());
        settings.put("mp.jwt.verify.publickey.location", publicKey.toUri().toString());
        settings.put("graft.registry.endpoint", grpc);
        settings.put("graft.gateway.grpc", grpc);
        settings.put("graft.pipelines.endpoint", grpc);
        settings.put(
                "graft.pipelines.token-file", home.config().resolve("token").toString());
        settings.put("graft.kafka.bootstrap", parts.kafka());
        settings.put("graft.s3.endpoint", parts.s3());
        settings.put("graft.s3.bucket", parts.bucket());
        settings.put("graft.s3.region", parts.region());
        settings.put("graft.s3.access-key", parts.s3AccessKey());
        settings.put("graft.s3.secret-key", parts.s3SecretKey());
        settings.put(
                "graft.worker.command",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        settings.put("graft.worker.lib", libraries.worker().toString());
        settings.put("graft.worker.directory", home.work().toString());
        settings.put(
                "graft.worker.jvm-args",
                String.join(",", VECTORS, Workers.mark(home.work()).replace(",", "\\,")));
        for (String schema : SCHEMAS) {
            String source = "quarkus.datasource." + schema;
            settings.put(source + ".jdbc.url", parts.postgresUrl());
            settings.put(source + ".username", parts.postgresUsername());
            settings.put(source + ".password", parts.postgresPassword());
        }
        settings.put("graft.standalone.home", home.root().toString());
        settings.put("graft.standalone.http", "http://" + PortPlan.HOST + ":" + ports.http());
        settings.put("graft.standalone.grpc", grpc);
        settings.put("graft.standalone.postgres", parts.postgresUrl());
        return settings;
    }
}
