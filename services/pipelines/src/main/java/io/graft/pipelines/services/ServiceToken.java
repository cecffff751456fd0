package io.graft.pipelines.services;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * The token that pipelines call other services with. Runs have no caller: they go on for days, long after the token of whoever
 * made the pipeline has ended. The file is read at each call, so that a token can be renewed.
 */
final class ServiceToken extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Path file;

    ServiceToken(Path file) {
        this.file = file;
    }

    @Override
    public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
        executor.execute(() -> {
            try {
                Metadata headers = new Metadata();
                headers.put(AUTHORIZATION, "Bearer " + Files.readString(file).strip());
                applier.apply(headers);
            } catch (IOException e) {
                applier.fail(Status.UNAVAILABLE
                        .withDescription("The token of the pipelines can't be read from " + file)
                        .withCause(e));
            }
        });
    }
}
