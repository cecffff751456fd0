package io.graft.cli.model;

import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.ModelVersion;

/** Finds versions by what people type. */
public final class Versions {
    private Versions() {}

    /** The version that {@code text} names, through its alias if it is one. */
    public static ModelVersion find(Invocation invocation, String text) {
        return invocation
                .services()
                .registry()
                .getModelVersion(GetModelVersionRequest.newBuilder()
                        .setName(invocation.names().version(text))
                        .build());
    }

    /** The full name of the version that {@code text} names; asks the service only for an alias. */
    public static String nameOf(Invocation invocation, String text) {
        String name = invocation.names().anyVersion(text);
        return name.contains("/aliases/") ? find(invocation, text).getName() : name;
    }
}
