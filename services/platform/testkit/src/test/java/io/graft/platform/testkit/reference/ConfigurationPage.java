package io.graft.platform.testkit.reference;

import com.sun.source.tree.Tree;
import io.graft.platform.testkit.reference.SourceFile.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code docs/reference/configuration.md}, from every interface annotated with {@code @ConfigMapping}. */
final class ConfigurationPage {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Written from the @ConfigMapping interfaces by ReferencePagesTest; CONTRIBUTING.md says how to write it again. -->

            `graft up` gives every process what it needs; nobody has to set anything. Each key can be given as a system
            property (`-Dgraft.kafka.bootstrap=...`) or as an environment variable, in capitals with `_` for every other
            character (`GRAFT_KAFKA_BOOTSTRAP`). An environment variable wins over a file, a system property over both.
            Durations are written like `30S`, `5M` or in ISO 8601.

            Besides Graft's own keys, an installation sets these of Quarkus:

            | Key | Meaning |
            |---|---|
            | `quarkus.http.host`, `quarkus.http.port` | where the gateway, health (`/q/health`) and metrics (`/q/metrics`) answer |
            | `quarkus.grpc.server.host`, `quarkus.grpc.server.port` | where the services answer |
            | `quarkus.datasource.registry.jdbc.url`, `.username`, `.password`; likewise `transfer`, `finetuning`, `training`, `evaluation`, `pruning` | the database; each service has a schema of its own |
            | `mp.jwt.verify.publickey.location` | the public key (ES256) that tokens are verified with |
            """;

    private ConfigurationPage() {}

    static String of(Path repository) throws IOException {
        Map<String, String> sections = new TreeMap<>();
        for (Path file : mappings(repository)) {
            List<Member> members = SourceFile.membersOf(file);
            for (Member mapping : members) {
                String prefix = mapping.annotated("ConfigMapping");
                if (!prefix.isEmpty()) {
                    StringBuilder rows = new StringBuilder();
                    addRows(rows, members, mapping.name(), prefix);
                    sections.merge(
                            prefix,
                            "%n## `%s`%n%n%s%n%n| Key | Default | Meaning |%n|---|---|---|%n%s"
                                    .formatted(prefix, mapping.doc(), rows),
                            (first, second) -> first + second);
                }
            }
        }
        return INTRODUCTION + String.join("", sections.values());
    }

    private static void addRows(StringBuilder rows, List<Member> members, String type, String prefix) {
        for (Member member : members) {
            if (member.kind() != Tree.Kind.METHOD || !member.owner().equals(type)) {
                continue;
            }
            String key = prefix + "." + nameOf(member);
            String group = member.type().replaceAll("^(Optional|Map<String, ?)?<?|>$", "");
            if (members.stream()
                    .anyMatch(other ->
                            other.kind() == Tree.Kind.INTERFACE && other.name().equals(group))) {
                addRows(rows, members, group, key);
            } else if (member.doc().isEmpty()) {
                throw new AssertionError(key + " has no Javadoc: say what it does, its unit and its range");
            } else {
                String entry = member.type().startsWith("Map") ? key + ".NAME" : key;
                rows.append("| `%s` | %s | %s |%n".formatted(entry, defaultOf(member), member.doc()));
            }
        }
    }

    private static String nameOf(Member member) {
        String given = member.annotated("WithName");
        return given.isEmpty()
                ? member.name().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT)
                : given;
    }

    private static String defaultOf(Member member) {
        String value = member.annotated("WithDefault");
        if (!value.isEmpty()) {
            return "`" + value + "`";
        }
        boolean optional = member.type().startsWith("Optional") || member.type().startsWith("Map");
        return optional ? "unset" : "required";
    }

    private static List<Path> mappings(Path repository) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("services", "gateway")) {
            try (Stream<Path> files = Files.walk(repository.resolve(folder))) {
                files.filter(file -> file.toString().contains("/src/main/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .filter(ConfigurationPage::hasMapping)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean hasMapping(Path file) {
        try {
            return Files.readString(file).contains("\n@ConfigMapping(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
