package io.graft.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.v1.ArtifactKind;
import io.graft.v1.DerivedVersion;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.Lineage;
import io.graft.v1.LineageEdge;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.VersionState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a registry over gRPC that answers with the whole lineage, as the real one does from a base downwards. */
final class DerivedVersionsTest {
    private final Map<String, ModelVersion> versions = new HashMap<>();
    private final Server server =
            ServerBuilder.forPort(0).addService(new Registry()).build();
    private ManagedChannel channel =
            ManagedChannelBuilder.forAddress("127.0.0.1", 1).build();

    @BeforeEach
    void start() throws IOException {
        server.start();
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        version("base", 1, ArtifactKind.ARTIFACT_KIND_FULL);
        version("base", 2, ArtifactKind.ARTIFACT_KIND_FULL);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void findsTheNewestOfEachModelThatStandsOnTheBase() {
        version("adapter", 1, ArtifactKind.ARTIFACT_KIND_ADAPTER, "base", "base/1", "data", "rows");
        version("adapter", 3, ArtifactKind.ARTIFACT_KIND_ADAPTER, "base", "base/1");
        version("merged", 1, ArtifactKind.ARTIFACT_KIND_FULL, "adapter", "adapter/3", "base", "base/1");
        version("diff", 1, ArtifactKind.ARTIFACT_KIND_DIFF, "source_base", "base/1", "source_finetuned", "merged/1");
        assertThat(derived()).containsExactly("adapter/3 ADAPTER", "diff/1 DIFF", "merged/1 FULL");
    }

    @Test
    void whatWasGraftedOntoAnotherBaseStandsOnThatOne() {
        version("diff", 1, ArtifactKind.ARTIFACT_KIND_DIFF, "source_base", "base/1");
        version("carried", 1, ArtifactKind.ARTIFACT_KIND_FULL, "diff", "diff/1", "target", "base/2");
        version("tuned", 1, ArtifactKind.ARTIFACT_KIND_FULL, "base", "carried/1");
        version("onto", 1, ArtifactKind.ARTIFACT_KIND_FULL, "diff", "diff/1", "target", "base/1");
        assertThat(derived()).containsExactly("diff/1 DIFF", "onto/1 FULL");
        version("onto", 2, ArtifactKind.ARTIFACT_KIND_FULL, "base", "base/1");
        assertThat(derived()).containsExactly("diff/1 DIFF", "onto/2 FULL");
    }

    @Test
    void aModelWhoseNewestVersionWasCarriedAwayOrIsQuarantinedIsLeftOut() {
        version("tuned", 1, ArtifactKind.ARTIFACT_KIND_FULL, "base", "base/1");
        version("tuned", 2, ArtifactKind.ARTIFACT_KIND_FULL, "source_base", "base/1", "target", "base/2");
        version("broken", 1, ArtifactKind.ARTIFACT_KIND_FULL, "base", "base/1");
        versions.computeIfPresent(
                name("broken/1"),
                (name, found) -> found.toBuilder()
                        .setState(VersionState.VERSION_STATE_QUARANTINED)
                        .build());
        assertThat(derived()).isEmpty();
    }

    private List<String> derived() {
        return new DerivedVersions(RegistryServiceGrpc.newBlockingStub(channel))
                .of(name("base/1")).stream().map(DerivedVersionsTest::brief).toList();
    }

    private static String brief(DerivedVersion item) {
        String version = item.getVersion().replaceFirst(".*/models/(.*)/versions/(.*)", "$1/$2");
        return version + " " + item.getKind().name().replace("ARTIFACT_KIND_", "");
    }

    /** @param parents role and {@code model/number}, or a data set's name, in turns */
    private void version(String model, int number, ArtifactKind kind, String... parents) {
        String name = name(model + "/" + number);
        ModelVersion.Builder version =
                ModelVersion.newBuilder().setName(name).setKind(kind).setState(VersionState.VERSION_STATE_ACTIVE);
        for (int i = 0; i < parents.length; i += 2) {
            version.addParents(LineageEdge.newBuilder()
                    .setChild(name)
                    .setRole(parents[i])
                    .setParent(
                            parents[i + 1].contains("/")
                                    ? name(parents[i + 1])
                                    : "tenants/default/datasets/" + parents[i + 1] + "/versions/1"));
        }
        versions.put(name, version.build());
    }

    private static String name(String brief) {
        return "tenants/default/models/" + brief.replace("/", "/versions/");
    }

    private final class Registry extends RegistryServiceGrpc.RegistryServiceImplBase {
        @Override
        public void getModelVersion(GetModelVersionRequest request, StreamObserver<ModelVersion> observer) {
            observer.onNext(Objects.requireNonNull(versions.get(request.getName())));
            observer.onCompleted();
        }

        @Override
        public void getLineage(GetLineageRequest request, StreamObserver<Lineage> observer) {
            Lineage.Builder lineage = Lineage.newBuilder().setRoot(request.getName());
            versions.values().forEach(version -> lineage.addAllEdges(version.getParentsList()));
            observer.onNext(lineage.build());
            observer.onCompleted();
        }
    }
}
