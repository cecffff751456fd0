package io.graft.gateway.reference;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.graft.gateway.openapi.Comments;
import io.graft.gateway.route.Binding;
import io.graft.gateway.route.RouteTable;
import io.graft.v1.AttemptReported;
import io.graft.v1.JobStateChanged;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The API reference as Markdown: services with their RPCs and paths, then every message and enum. */
final class ApiReference {
    private static final String HEAD = """
            # API reference

            Written from `proto/src/main/proto/graft/v1/*.proto`; change it there. The gRPC package is `graft.v1`. Over HTTP the
            same messages travel as canonical proto JSON (lowerCamelCase names, 64-bit integers as strings), errors as
            `application/problem+json`, streams as server-sent events. The gateway serves this API's OpenAPI document at
            `/openapi.json`.
            """;

    private final RouteTable routes;
    private final Comments comments;
    private final StringBuilder out = new StringBuilder(HEAD);

    private ApiReference(RouteTable routes, Comments comments) {
        this.routes = routes;
        this.comments = comments;
    }

    static String markdown() {
        ApiReference reference = new ApiReference(RouteTable.graft(), Comments.load());
        reference.write();
        return reference.out.toString();
    }

    private void write() {
        Set<ServiceDescriptor> services = new LinkedHashSet<>();
        routes.bindings().forEach(binding -> services.add(binding.rpc().schema().getService()));
        services.forEach(this::service);
        Set<FileDescriptor> files = new LinkedHashSet<>();
        services.forEach(service -> collect(service.getFile(), files));
        collect(JobStateChanged.getDescriptor().getFile(), files);
        collect(AttemptReported.getDescriptor().getFile(), files);
        out.append("\n## Messages\n");
        sorted(files.stream().flatMap(file -> file.getMessageTypes().stream())).forEach(this::message);
        out.append("\n## Enums\n");
        sorted(files.stream().flatMap(file -> file.getEnumTypes().stream())).forEach(this::enumeration);
    }

    private void service(ServiceDescriptor service) {
        out.append("\n## ")
                .append(service.getName())
                .append("\n\n")
                .append(comments.of(service))
                .append('\n');
        service.getMethods().forEach(this::method);
    }

    private void method(MethodDescriptor method) {
        out.append("\n### ")
                .append(method.getName())
                .append("\n\n")
                .append(comments.of(method))
                .append("\n\n");
        String answer = link(method.getOutputType());
        out.append("Takes ").append(link(method.getInputType())).append(", returns ");
        out.append(method.isServerStreaming() ? "a stream of " + answer : answer)
                .append(".\n\n");
        routes.bindings().stream()
                .filter(binding -> binding.rpc().schema().equals(method))
                .forEach(this::binding);
    }

    private void binding(Binding binding) {
        String body = binding.body().isEmpty() ? "" : ", body `" + binding.body() + "`";
        out.append("- `")
                .append(binding.verb())
                .append(' ')
                .append(binding.pattern())
                .append('`');
        out.append(body).append('\n');
    }

    private void message(Descriptor message) {
        out.append("\n### ")
                .append(message.getName())
                .append("\n\n")
                .append(comments.of(message))
                .append('\n');
        if (message.getFields().isEmpty()) {
            return;
        }
        out.append("\n| field | number | type | what |\n|---|---|---|---|\n");
        for (FieldDescriptor field : message.getFields()) {
            row(
                    "`" + field.getName() + "`",
                    Integer.toString(field.getNumber()),
                    type(field),
                    notes(field) + what(field));
        }
    }

    private void enumeration(EnumDescriptor type) {
        out.append("\n### ")
                .append(type.getName())
                .append("\n\n")
                .append(comments.of(type))
                .append('\n');
        out.append("\n| value | number | what |\n|---|---|---|\n");
        type.getValues()
                .forEach(value -> row("`" + value.getName() + "`", Integer.toString(value.getNumber()), what(value)));
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private String what(GenericDescriptor element) {
        return comments.of(element).replace('\n', ' ').replace("|", "\\|");
    }

    private static String notes(FieldDescriptor field) {
        List<FieldBehavior> behaviour = field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
        String required = behaviour.contains(FieldBehavior.REQUIRED) ? "Required. " : "";
        String oneof = field.getRealContainingOneof() == null
                ? ""
                : "One of `" + field.getRealContainingOneof().getName() + "`. ";
        return required + oneof;
    }

    private static String type(FieldDescriptor field) {
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return "map of " + single(entry.findFieldByName("key")) + " to " + single(entry.findFieldByName("value"));
        }
        return (field.isRepeated() ? "list of " : "") + single(field);
    }

    private static String single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> link(field.getMessageType());
            case ENUM -> link(field.getEnumType());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.getType().toProto().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
        };
    }

    private static String link(GenericDescriptor type) {
        boolean own = type.getFullName().startsWith("graft.");
        String anchor = type.getName().toLowerCase(Locale.ROOT);
        return own ? "[" + type.getName() + "](#" + anchor + ")" : type.getFullName();
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> into) {
        if (file.getPackage().startsWith("graft.") && into.add(file)) {
            file.getDependencies().forEach(dependency -> collect(dependency, into));
        }
    }

    private static <T extends GenericDescriptor> Set<T> sorted(Stream<T> types) {
        Set<T> sorted = new TreeSet<>((a, b) -> a.getFullName().compareTo(b.getFullName()));
        types.forEach(sorted::add);
        return sorted;
    }
}
