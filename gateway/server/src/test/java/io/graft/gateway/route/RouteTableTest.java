package io.graft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.api.HttpRule;
import io.graft.gateway.openapi.Comments;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private static final HttpRule GET =
            HttpRule.newBuilder().setGet("/v2/{name=things/*}").build();

    private final RouteTable routes = RouteTable.graft();

    @Test
    void everyRpcOfTheApiHasARoute() {
        Set<String> declared = Comments.files().stream()
                .flatMap(file -> file.getServiceList().stream()
                        .flatMap(service -> service.getMethodList().stream()
                                .map(method -> file.getPackage() + "." + service.getName() + "." + method.getName())))
                .collect(Collectors.toSet());
        Set<String> routed = routes.bindings().stream()
                .map(binding -> binding.rpc().schema().getFullName())
                .collect(Collectors.toSet());
        assertThat(routed).as("add the new service to RouteTable.graft()").isEqualTo(declared);
    }

    @Test
    void aVerbAndAPathFindTheirRpc() {
        assertThat(routes.find("GET", RequestPath.parse("/v1/tenants/t/models/m/aliases/a")))
                .isInstanceOfSatisfying(Route.Found.class, found -> {
                    assertThat(found.binding().rpc().schema().getName()).isEqualTo("GetAlias");
                    assertThat(found.variables()).containsEntry("name", "tenants/t/models/m/aliases/a");
                });
        assertThat(routes.find("PUT", RequestPath.parse("/v1/tenants/t/models/m/aliases/a")))
                .isInstanceOfSatisfying(
                        Route.Found.class,
                        found -> assertThat(found.variables()).containsOnlyKeys("alias.name"));
    }

    @Test
    void anotherVerbIsToldApartFromNoPath() {
        assertThat(routes.find("DELETE", RequestPath.parse("/v1/tenants/t/models")))
                .isEqualTo(new Route.OtherVerb(List.of("GET", "POST")));
        assertThat(routes.find("GET", RequestPath.parse("/v1/tenants/t/nothing")))
                .isEqualTo(new Route.None());
    }

    @Test
    void aLaterRpcAppearsByItsAnnotationAlone() {
        RouteTable later = RouteTable.of(List.of(TestApi.service("graft.v1.Job", false, GET)));
        assertThat(later.roots()).containsExactly("v2");
        assertThat(later.find("GET", RequestPath.parse("/v2/things/1"))).isInstanceOf(Route.Found.class);
    }

    @Test
    void whatCantBeServedIsRefusedAtStart() {
        HttpRule response = GET.toBuilder().setResponseBody("name").build();
        refused(List.of(TestApi.service("graft.v1.Job", false, GET, GET)), "same route");
        refused(List.of(TestApi.service("graft.v1.Job", true, GET)), "takes a stream");
        refused(List.of(TestApi.service("graft.v1.Job", false, response)), "response_body");
        refused(List.of(TestApi.service("graft.v1.Job", false, HttpRule.getDefaultInstance())), "without a path");
    }

    private static void refused(List<io.grpc.ServiceDescriptor> services, String why) {
        assertThatIllegalStateException()
                .isThrownBy(() -> RouteTable.of(services))
                .withMessageContaining(why);
    }
}
