package io.graft.gateway.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the proto files say about each of their elements. */
public final class Comments {
    private static final String RESOURCE = "/graft/descriptors.binpb";

    private final Map<String, String> byName = new HashMap<>();

    private Comments() {}

    /** The comments that are shipped with the API. */
    public static Comments load() {
        Comments comments = new Comments();
        files().forEach(comments::file);
        return comments;
    }

    /** The API's own files, in the compiler's order. */
    public static List<FileDescriptorProto> files() {
        try (InputStream in = Objects.requireNonNull(Comments.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return FileDescriptorSet.parseFrom(in).getFileList().stream()
                    .filter(file -> file.getPackage().startsWith("graft."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comment before an element, on one line or several; empty when it has none. */
    public String of(GenericDescriptor element) {
        return byName.getOrDefault(element.getFullName(), "");
    }

    private void file(FileDescriptorProto file) {
        Map<List<Integer>, String> byPath = file.getSourceCodeInfo().getLocationList().stream()
                .filter(Location::hasLeadingComments)
                .collect(Collectors.toMap(Location::getPathList, Comments::text));
        List<Integer> root = List.of();
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            List<Integer> path = child(root, FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i);
            message(byPath, path, file.getPackage(), file.getMessageType(i));
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            List<Integer> path = child(root, FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i);
            enumeration(byPath, path, file.getPackage(), file.getEnumType(i));
        }
        for (int i = 0; i < file.getServiceCount(); i++) {
            service(
                    byPath,
                    child(root, FileDescriptorProto.SERVICE_FIELD_NUMBER, i),
                    file.getPackage(),
                    file.getService(i));
        }
    }

    private void message(Map<List<Integer>, String> byPath, List<Integer> path, String scope, DescriptorProto message) {
        String name = scope + "." + message.getName();
        put(byPath, path, name);
        for (int i = 0; i < message.getFieldCount(); i++) {
            List<Integer> at = child(path, DescriptorProto.FIELD_FIELD_NUMBER, i);
            put(byPath, at, name + "." + message.getField(i).getName());
        }
        for (int i = 0; i < message.getOneofDeclCount(); i++) {
            List<Integer> at = child(path, DescriptorProto.ONEOF_DECL_FIELD_NUMBER, i);
            put(byPath, at, name + "." + message.getOneofDecl(i).getName());
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            message(byPath, child(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i), name, message.getNestedType(i));
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            enumeration(byPath, child(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i), name, message.getEnumType(i));
        }
    }

    private void enumeration(
            Map<List<Integer>, String> byPath, List<Integer> path, String scope, EnumDescriptorProto type) {
        put(byPath, path, scope + "." + type.getName());
        for (int i = 0; i < type.getValueCount(); i++) {
            put(
                    byPath,
                    child(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i),
                    scope + "." + type.getName() + "." + type.getValue(i).getName());
        }
    }

    private void service(
            Map<List<Integer>, String> byPath, List<Integer> path, String scope, ServiceDescriptorProto service) {
        String name = scope + "." + service.getName();
        put(byPath, path, name);
        for (int i = 0; i < service.getMethodCount(); i++) {
            List<Integer> at = child(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i);
            put(byPath, at, name + "." + service.getMethod(i).getName());
        }
    }

    private void put(Map<List<Integer>, String> byPath, List<Integer> path, String name) {
        String comment = byPath.get(path);
        if (comment != null) {
            byName.put(name, comment);
        }
    }

    private static List<Integer> child(List<Integer> path, int field, int index) {
        return Stream.concat(path.stream(), Stream.of(field, index)).toList();
    }

    private static String text(Location location) {
        return location.getLeadingComments()
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
