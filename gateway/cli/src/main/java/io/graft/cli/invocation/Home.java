package io.graft.cli.invocation;

import java.nio.file.Path;

/**
 * The directory of one machine's stack.
 *
 * @param root {@code $GRAFT_HOME}
 */
public record Home(Path root) {

    /** The bearer token that the stack creates. */
    public Path token() {
        return root.resolve("config/token");
    }

    /** Written once the stack is ready, removed when it stops. */
    public Path endpoints() {
        return root.resolve("run/endpoints.json");
    }

    /** Process id of the stack. */
    public Path pid() {
        return root.resolve("run/pid");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** What can be fetched or made again. */
    public Path cache() {
        return root.resolve("cache");
    }
}
