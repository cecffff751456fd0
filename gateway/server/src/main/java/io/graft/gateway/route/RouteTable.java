package io.graft.gateway.route;

import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FinetuningServiceGrpc;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.MethodServiceGrpc;
import io.graft.v1.PipelineServiceGrpc;
import io.graft.v1.PruningServiceGrpc;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.TrainingServiceGrpc;
import io.graft.v1.TransferServiceGrpc;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every HTTP route of a set of services. */
public final class RouteTable {
    private final List<Binding> bindings;

    private RouteTable(List<Binding> bindings) {
        this.bindings = bindings;
    }

    /** The routes of Graft's public API. */
    public static RouteTable graft() {
        return of(List.of(
                EvaluationServiceGrpc.getServiceDescriptor(),
                FinetuningServiceGrpc.getServiceDescriptor(),
                JobServiceGrpc.getServiceDescriptor(),
                MethodServiceGrpc.getServiceDescriptor(),
                PipelineServiceGrpc.getServiceDescriptor(),
                PruningServiceGrpc.getServiceDescriptor(),
                RegistryServiceGrpc.getServiceDescriptor(),
                TrainingServiceGrpc.getServiceDescriptor(),
                TransferServiceGrpc.getServiceDescriptor()));
    }

    /** @throws IllegalStateException when an annotation can't be served, or two claim the same method and path */
    public static RouteTable of(List<ServiceDescriptor> services) {
        List<Binding> bindings = services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(Rpc::of)
                .flatMap(rpc -> Binding.of(rpc).stream())
                .toList();
        bindings.stream()
                .collect(Collectors.groupingBy(b ->
                        b.verb() + b.template().segments() + ":" + b.template().verb()))
                .values()
                .forEach(RouteTable::requireSingle);
        return new RouteTable(bindings);
    }

    public List<Binding> bindings() {
        return bindings;
    }

    /** The first path segments in use, for example {@code v1}; every pattern begins with a literal one. */
    public Set<String> roots() {
        return bindings.stream()
                .map(binding -> binding.template().segments().getFirst())
                .map(segment -> ((PathTemplate.Segment.Literal) segment).text())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Finds what a request asks for. */
    public Route find(String verb, RequestPath path) {
        Set<String> allowed = new TreeSet<>();
        for (Binding binding : bindings) {
            Optional<Map<String, String>> values = binding.template().match(path);
            if (values.isPresent() && binding.verb().equals(verb)) {
                return new Route.Found(binding, values.get());
            }
            values.ifPresent(_ -> allowed.add(binding.verb()));
        }
        return allowed.isEmpty() ? new Route.None() : new Route.OtherVerb(List.copyOf(allowed));
    }

    private static void requireSingle(List<Binding> same) {
        if (same.size() > 1) {
            throw new IllegalStateException(same.get(0).rpc().schema().getFullName() + " and "
                    + same.get(1).rpc().schema().getFullName() + " claim the same route "
                    + same.get(0).pattern());
        }
    }
}
