package io.graft.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.Page;
import io.graft.registry.domain.Listing;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Between columns and values. */
final class Rows {
    /** Source of every event of this service. */
    static final String SOURCE = "/graft/registry";

    private static final JsonMapper JSON = new JsonMapper();

    private Rows() {}

    static Timestamp time(ResultSet row, String column) throws SQLException {
        Instant time = row.getTimestamp(column).toInstant();
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static String json(Map<String, String> labels) {
        try {
            return JSON.writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings are always JSON", e);
        }
    }

    static Map<String, String> labels(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("labels"), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored labels are not readable; the database was damaged", e);
        }
    }

    static byte[] files(List<ArtifactFile> files) {
        return Manifest.newBuilder().addAllFiles(files).build().toByteArray();
    }

    static List<ArtifactFile> files(ResultSet row) throws SQLException {
        return message(row, "files", Manifest.parser()).getFilesList();
    }

    static <T extends Message> T message(ResultSet row, String column, Parser<T> parser) throws SQLException {
        try {
            return parser.parseFrom(row.getBytes(column));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored message is not readable; the database was damaged", e);
        }
    }

    /** A page out of what was found by asking for one item more than the page holds. */
    static <T> Page<T> page(List<T> found, Listing listing, Function<T, String> position) {
        if (found.size() <= listing.size()) {
            return new Page<>(found, "");
        }
        List<T> items = found.subList(0, listing.size());
        return new Page<>(items, listing.tokenAfter(position.apply(items.getLast())));
    }

    static GraftException notFound(String name) {
        return new GraftException(
                ErrorCode.NOT_FOUND, name + " does not exist; check the name", Map.of("resource", name));
    }
}
