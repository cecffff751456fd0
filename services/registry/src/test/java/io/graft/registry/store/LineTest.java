package io.graft.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.registry.domain.Listing;
import io.graft.v1.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class LineTest {
    private static final Set<String> FIELDS = Set.of("create_time", "labels");

    private final World world = new World();

    @Test
    void createsAModelAndTellsOfIt() {
        Model created = create("tiny", Map.of("team", "search"), World.call());
        assertThat(created.getName()).isEqualTo("tenants/default/models/tiny");
        assertThat(created.getLatestVersion()).isZero();
        assertThat(created.hasCreateTime()).isTrue();
        assertThat(world.lineStore.get(World.MODEL)).isEqualTo(created);
        assertThat(world.events()).containsExactly("graft.v1.ModelCreated");
    }

    @Test
    void aRepeatedRequestGetsTheFirstModel() {
        Model first = create("tiny", Map.of(), World.call("once", false));
        assertThat(create("tiny", Map.of(), World.call("once", false))).isEqualTo(first);
        assertThat(world.events()).hasSize(1);
        refuses(
                ErrorCode.REQUEST_ID_REUSED,
                () -> create("other", Map.of(), new Mutation("Test", "once", "another payload", false, World.TRACE)));
        refuses(ErrorCode.ALREADY_EXISTS, () -> create("tiny", Map.of(), World.call("twice", false)));
    }

    @Test
    void validatingOnlyFailsWhereTheCallWouldAndKeepsNothing() {
        Model checked = create("tiny", Map.of(), World.call("once", true));
        assertThat(checked.getName()).endsWith("/tiny");
        assertThat(world.events()).isEmpty();
        create("tiny", Map.of(), World.call("once", false));
        refuses(ErrorCode.ALREADY_EXISTS, () -> create("tiny", Map.of(), World.call("", true)));
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        Mutation call = World.call("bad id", false);
        assertThatThrownBy(() -> world.lines.createModel("default", "Not An Id", "\0", Map.of("a b", ""), call))
                .isInstanceOfSatisfying(
                        GraftException.class,
                        e -> assertThat(e.violations())
                                .extracting(FieldViolation::field)
                                .containsExactly("model_id", "model.description", "model.labels", "request_id"));
    }

    @Test
    void pagesByName() {
        List<String> names = IntStream.range(0, 7).mapToObj(i -> "m" + i).toList();
        names.forEach(name -> create(name, Map.of(), World.call()));
        world.lines.createDataset("default", "m9", "", Map.of(), World.call());
        world.lines.createModel("other", "m8", "", Map.of(), World.call());
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            Page<Model> page = world.lineStore.models(Listing.of("tenants/default", 3, token, "", FIELDS));
            page.items().forEach(model -> seen.add(model.getName().substring("tenants/default/models/".length())));
            token = page.nextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).isEqualTo(names);
        assertThat(world.lineStore
                        .datasets(Listing.of("tenants/default", 0, "", "", FIELDS))
                        .items())
                .hasSize(1);
    }

    @Test
    void filtersByLabelAndTime() {
        create("a", Map.of("team", "search"), World.call());
        create("b", Map.of(), World.call());
        assertThat(names("labels.team = search")).containsExactly("tenants/default/models/a");
        assertThat(names("labels.team != search")).containsExactly("tenants/default/models/b");
        assertThat(names("create_time > 2020-01-01T00:00:00Z AND labels.team = \"search\""))
                .hasSize(1);
        assertThat(names("create_time < 2020-01-01T00:00:00Z")).isEmpty();
        refuses(ErrorCode.INVALID_FILTER, () -> names("create_time > yesterday"));
        refuses(ErrorCode.INVALID_FILTER, () -> names("size = 3"));
    }

    @Test
    void aTokenOfAnotherListIsRefused() {
        create("a", Map.of(), World.call());
        create("b", Map.of(), World.call());
        String token = world.lineStore
                .models(Listing.of("tenants/default", 1, "", "", FIELDS))
                .nextPageToken();
        refuses(
                ErrorCode.INVALID_PAGE_TOKEN,
                () -> Listing.of("tenants/default", 1, token, "labels.team = search", FIELDS));
    }

    private List<String> names(String filter) {
        return world.lineStore.models(Listing.of("tenants/default", 0, "", filter, FIELDS)).items().stream()
                .map(Model::getName)
                .toList();
    }

    private Model create(String id, Map<String, String> labels, Mutation call) {
        return world.lines.createModel("default", id, "", labels, call);
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
