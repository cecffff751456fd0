package io.graft.cli.source;

import io.graft.engine.conversion.maven.EmbeddingJar;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The published models that can be imported by name. */
record PublishedModel(String name, EmbeddingJar jar) {

    /** The published model of that name, like {@code bge-small-en}. */
    static Optional<PublishedModel> find(String name) {
        return Arrays.stream(EmbeddingJar.values())
                .map(PublishedModel::of)
                .filter(model -> model.name.equals(name))
                .findFirst();
    }

    /** Every name, separated by commas. */
    static String names() {
        return Arrays.stream(EmbeddingJar.values()).map(jar -> of(jar).name).collect(Collectors.joining(", "));
    }

    String description() {
        return jar.model() + " from " + jar.artifact().coordinates();
    }

    private static PublishedModel of(EmbeddingJar jar) {
        String name = jar.model().substring(jar.model().indexOf('/') + 1);
        return new PublishedModel(name.toLowerCase(Locale.ROOT), jar);
    }
}
