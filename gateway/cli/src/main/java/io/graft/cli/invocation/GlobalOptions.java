package io.graft.cli.invocation;

import io.graft.cli.terminal.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. A flag wins over its environment variable, which wins over the default. */
public final class GlobalOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "text, or json: exactly one JSON document on standard output (GRAFT_OUTPUT; default text)")
    @Nullable
    OutputFormat output;

    @Option(
            names = "--endpoint",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "gRPC endpoint (GRAFT_ENDPOINT; default that of the stack under --home, else localhost:7481)")
    @Nullable
    String endpoint;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "file with the bearer token (GRAFT_TOKEN_FILE; default config/token under --home)")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            scope = ScopeType.INHERIT,
            description = "tenant that short names belong to (GRAFT_TENANT; default default)")
    @Nullable
    String tenant;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "directory of this machine's stack (GRAFT_HOME; default ~/.graft)")
    @Nullable
    Path home;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "longest wait for one answer, like 500ms, 30s, 5m (default 30s)")
    @Nullable
    Duration timeout;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "tell every call with its request id and trace on standard error, and the stack of a failure")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this text and end")
    boolean help;

    public boolean verbose() {
        return verbose;
    }
}
