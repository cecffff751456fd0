package io.graft.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.registry.TinyModel;
import io.graft.registry.domain.Listing;
import io.graft.registry.domain.RegistryRules;
import io.graft.v1.Alias;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VersionTest {
    private static final AliasName BASE = new AliasName(World.MODEL, "base");

    private final World world = new World();

    @BeforeEach
    void createModel() {
        world.createModel();
    }

    @Test
    void listsNewestFirstWithoutFiles() {
        world.version(1);
        world.version(2);
        Page<ModelVersion> page = list(1, "", "");
        assertThat(page.items()).singleElement().satisfies(version -> {
            assertThat(version.getName()).endsWith("/versions/2");
            assertThat(version.getFilesList()).isEmpty();
        });
        Page<ModelVersion> next = list(1, page.nextPageToken(), "");
        assertThat(next.items()).extracting(ModelVersion::getName).containsExactly(World.MODEL + "/versions/1");
        assertThat(next.nextPageToken()).isEmpty();
    }

    @Test
    void filtersByKindAndDigest() {
        world.version(1);
        world.version(2);
        String digest = TinyModel.sound(1).digest();
        assertThat(list(0, "", "digest = \"" + digest + "\"").items())
                .extracting(ModelVersion::getName)
                .containsExactly(World.MODEL + "/versions/1");
        assertThat(list(0, "", "kind = FULL").items()).hasSize(2);
        assertThat(list(0, "", "kind = DIFF").items()).isEmpty();
        refuses(ErrorCode.INVALID_FILTER, () -> list(0, "", "kind = WHOLE"));
    }

    @Test
    void aListOfNothingIsNotTheListOfAnAbsentModel() {
        assertThat(list(0, "", "").items()).isEmpty();
        refuses(
                ErrorCode.NOT_FOUND,
                () -> world.versions.list(Listing.of("tenants/default/models/absent", 0, "", "", Set.of())));
    }

    @Test
    void listsTensorsByName() {
        byte[] weights = TinyModel.safetensors("""
                {"b": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}, \
                "a": {"dtype": "BF16", "shape": [], "data_offsets": [16, 18]}}""", 18, 1);
        String version = world.commit(world.uploadFiles(TinyModel.sound(1).with("model.safetensors", weights)))
                .getVersion();
        List<TensorSpec> seen = new ArrayList<>();
        String token = "";
        do {
            Page<TensorSpec> page = world.versions.tensors(Listing.ofTensors(version, 1, token));
            seen.addAll(page.items());
            token = page.nextPageToken();
        } while (!token.isEmpty());
        assertThat(seen)
                .containsExactly(
                        TensorSpec.newBuilder()
                                .setName("a")
                                .setDtype("BF16")
                                .setFile("model.safetensors")
                                .build(),
                        TensorSpec.newBuilder()
                                .setName("b")
                                .setDtype("F32")
                                .addShape(2)
                                .addShape(2)
                                .setFile("model.safetensors")
                                .build());
    }

    @Test
    void anAliasLeadsToItsVersionAndMoves() {
        String first = world.version(1);
        String second = world.version(2);
        Alias alias = set(first, "");
        assertThat(world.versions.get(BASE).getName()).isEqualTo(first);
        Alias moved = set(second, alias.getEtag());
        assertThat(moved.getEtag()).isNotEqualTo(alias.getEtag());
        assertThat(world.versions.get(BASE).getName()).isEqualTo(second);
        refuses(ErrorCode.ETAG_MISMATCH, () -> set(first, alias.getEtag()));
        assertThat(set(second, "")).as("to where it is").isEqualTo(moved);
        assertThat(world.events()).filteredOn("graft.v1.AliasMoved"::equals).hasSize(2);
        assertThat(world.aliases
                        .list(Listing.of(World.MODEL.toString(), 0, "", "", Set.of()))
                        .items())
                .containsExactly(world.aliases.get(BASE));
    }

    @Test
    void validatingAMoveOnlyMovesNothing() {
        Alias alias = alias(world.version(1), "");
        world.aliases.set(alias, World.call("", true));
        refuses(ErrorCode.NOT_FOUND, () -> world.aliases.get(BASE));
    }

    @Test
    void anAliasNamesAUsableVersionOfItsOwnModel() {
        String version = world.version(1);
        refuses(ErrorCode.NOT_FOUND, () -> set(World.MODEL + "/versions/9", ""));
        refuses(ErrorCode.ETAG_MISMATCH, () -> set(version, "1"));
        refuses(
                ErrorCode.INVALID_REQUEST,
                () -> RegistryRules.alias(alias("tenants/default/models/other/versions/1", "")));
        world.versions.setQuarantined(ResourceName.parse("name", version), true);
        refuses(ErrorCode.VERSION_QUARANTINED, () -> set(version, ""));
    }

    @Test
    void downloadsNameEveryUnknownPath() {
        ResourceName version = ResourceName.parse("name", world.version(1));
        assertThat(world.downloads.create(version, List.of("config.json")).getFilesList())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.getMethod()).isEqualTo("GET");
                    assertThat(file.getUrl()).contains("/config.json?");
                });
        assertThatThrownBy(() -> world.downloads.create(version, List.of("a", "config.json", "b")))
                .isInstanceOfSatisfying(
                        GraftException.class,
                        e -> assertThat(e.violations())
                                .extracting(FieldViolation::description)
                                .allMatch(text -> text.contains("is not a file"))
                                .hasSize(2));
        world.versions.setQuarantined(version, true);
        refuses(ErrorCode.VERSION_QUARANTINED, () -> world.downloads.create(version, List.of()));
    }

    private Page<ModelVersion> list(int size, String token, String filter) {
        return world.versions.list(Listing.of(World.MODEL.toString(), size, token, filter, Set.of("kind", "digest")));
    }

    private Alias set(String version, String etag) {
        return world.aliases.set(alias(version, etag), World.call());
    }

    private static Alias alias(String version, String etag) {
        return Alias.newBuilder()
                .setName(BASE.toString())
                .setVersion(version)
                .setEtag(etag)
                .build();
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
