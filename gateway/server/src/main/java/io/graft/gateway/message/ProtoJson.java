package io.graft.gateway.message;

import com.google.gson.JsonElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import io.graft.gateway.route.RouteTable;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Canonical proto JSON: lowerCamelCase names, int64 as strings, enums by name. Output has every field without presence,
 * empty lists and zeros included, so that a reader never meets a missing key for a list or a number. Thread-safe.
 */
public final class ProtoJson {
    private final TypeRegistry types;
    private final JsonFormat.Parser parser;
    private final JsonFormat.Printer printer;

    private ProtoJson(TypeRegistry types) {
        this.types = types;
        this.parser = JsonFormat.parser().usingTypeRegistry(types);
        this.printer = JsonFormat.printer().usingTypeRegistry(types).omittingInsignificantWhitespace();
    }

    /** Knows every message of the routes' files, so that a job's spec can be printed, and the google.rpc details. */
    public static ProtoJson of(RouteTable routes) {
        Stream<FileDescriptor> api =
                routes.bindings().stream().map(binding -> binding.rpc().schema().getFile());
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        Stream.concat(api, Stream.of(ErrorDetailsProto.getDescriptor()))
                .distinct()
                .map(FileDescriptor::getMessageTypes)
                .flatMap(Collection::stream)
                .forEach(types::add);
        return new ProtoJson(types.build());
    }

    /** Prints an answer on one line. */
    public String print(Message message) {
        try {
            return printer.alwaysPrintFieldsWithNoPresence().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "the service sent a message of a type unknown to the gateway; update it", e);
        }
    }

    /** Prints error details, without fields that are not set. */
    public JsonFormat.Printer detailPrinter() {
        return printer;
    }

    void merge(JsonElement json, Message.Builder into) throws InvalidProtocolBufferException {
        parser.merge(json.toString(), into);
    }

    /** The message type that an Any names; null when it is unknown here. */
    @Nullable
    Descriptor find(String typeUrl) {
        try {
            return types.getDescriptorForTypeUrl(typeUrl);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }
}
