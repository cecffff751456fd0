package io.graft.platform.servicekit;

import io.graft.embedded.EmbeddedKafka;
import io.graft.embedded.EmbeddedS3;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The real parts that one service needs beside a registry that knows {@link KnownVersions#standard}, and calls with tokens.
 * The argument {@link #SERVICE} names the service, whose data source has the same name.
 */
public final class ServiceParts implements QuarkusTestResourceLifecycleManager {
    /** Name of the argument. */
    public static final String SERVICE = "service";

    private static final String PRIVATE_KEY = "test.private-key";
    private static final String PORT = "quarkus.grpc.server.test-port";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String service = "";

    @Override
    public void init(Map<String, String> arguments) {
        service = Objects.requireNonNull(arguments.get(SERVICE), "name the service");
    }

    /** A channel to the service. */
    public static ManagedChannel channel() {
        int port = ConfigProvider.getConfig().getValue(PORT, Integer.class);
        return ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    /** Adds a token that covers some tenants. */
    public static ClientInterceptor as(String... tenants) {
        return bearer(Jwt.issuer("graft")
                .subject("tester")
                .claim("tenants", List.of(tenants))
                .expiresIn(600)
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .sign(privateKey()));
    }

    private static ClientInterceptor bearer(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path home = Files.createTempDirectory("graft-" + service);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            Map<String, String> settings = new HashMap<>(parts(home));
            settings.put(
                    "mp.jwt.verify.publickey.location",
                    publicKey(home, keys).toUri().toString());
            settings.put(
                    PRIVATE_KEY,
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
            settings.put(PORT, Integer.toString(freePort()));
            settings.put("quarkus.http.test-port", "0");
            return settings;
        } catch (Exception e) { // the parts and the JDK's security declare many
            throw new IllegalStateException("The parts do not start", e);
        }
    }

    @Override
    public void stop() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) { // declared by AutoCloseable
                throw new IllegalStateException("A part does not stop", e);
            }
        }
    }

    private Map<String, String> parts(Path home) throws Exception {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        started.push(postgres);
        EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), 0, 0);
        started.push(kafka);
        ScriptedRegistry registry = new ScriptedRegistry(KnownVersions.standard());
        started.push(registry);
        EmbeddedS3 s3 = EmbeddedS3.start(home.resolve("objects"), 0, "test-key", "test-secret");
        started.push(s3);
        return Map.of(
                "graft.registry.endpoint",
                registry.endpoint(),
                "quarkus.datasource." + service + ".jdbc.url",
                postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource." + service + ".username",
                "postgres",
                "quarkus.datasource." + service + ".password",
                "postgres",
                "graft.kafka.bootstrap",
                kafka.bootstrap(),
                "graft.s3.endpoint",
                s3.endpoint(),
                "graft.s3.access-key",
                "test-key",
                "graft.s3.secret-key",
                "test-secret",
                "graft.worker.directory",
                home.resolve("work").toString(),
                "graft.worker.lib",
                Files.createDirectory(home.resolve("lib")).toString());
    }

    private static Path publicKey(Path home, KeyPair keys) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return Files.writeString(
                home.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
    }

    private static PrivateKey privateKey() {
        byte[] encoded = Base64.getDecoder().decode(ConfigProvider.getConfig().getValue(PRIVATE_KEY, String.class));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
