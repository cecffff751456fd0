package io.graft.cli.invocation;

import io.graft.cli.connection.Connection;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Console;
import io.graft.cli.terminal.Output;
import io.graft.cli.terminal.OutputFormat;
import io.graft.cli.terminal.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command needs of its surroundings. Its values hold once the command line is parsed. Used by one thread. */
public final class Invocation implements AutoCloseable {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Console console;
    private final Map<String, String> environment;
    private final GlobalOptions options = new GlobalOptions();
    private @Nullable Output output;
    private @Nullable Connection connection;
    private @Nullable Interruptions interruptions;

    public Invocation(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = Map.copyOf(environment);
    }

    /** What is wrong with the environment; empty when nothing is. */
    public String environmentProblem() {
        return List.of("text", "json").contains(environmentFormat())
                ? ""
                : "GRAFT_OUTPUT is '" + environmentFormat() + "', which is neither text nor json";
    }

    public GlobalOptions options() {
        return options;
    }

    public Console console() {
        return console;
    }

    public Output output() {
        if (output == null) {
            output = new Output(console, format());
        }
        return output;
    }

    public Progress progress() {
        return new Progress(console);
    }

    public Names names() {
        return new Names(options.tenant != null ? options.tenant : environment("GRAFT_TENANT", "default"));
    }

    /** How a resource is named in a command that a person is told to type. */
    public String typed(String name) {
        boolean tenantIsKept = options.tenant == null && name.startsWith(names().tenant() + "/");
        return tenantIsKept ? Names.brief(name) : name;
    }

    public Home home() {
        Path root = options.home != null
                ? options.home
                : Path.of(environment("GRAFT_HOME", System.getProperty("user.home") + "/.graft"));
        return new Home(root.toAbsolutePath().normalize());
    }

    /** Longest wait for one answer. */
    public Duration timeout() {
        return options.timeout != null ? options.timeout : DEFAULT_TIMEOUT;
    }

    /** The services; connects with the first call. */
    public Connection services() {
        if (connection == null) {
            connection =
                    new Connection(endpoint(), tokenFile(), timeout(), options.verbose ? output()::note : line -> {});
        }
        return connection;
    }

    /** Whether the caller named the endpoint, instead of leaving it to the stack of this machine. */
    public boolean hasEndpoint() {
        return options.endpoint != null || !environment("GRAFT_ENDPOINT", "").isEmpty();
    }

    /** {@code host:port} of the gRPC endpoint. */
    public String endpoint() {
        if (options.endpoint != null) {
            return options.endpoint;
        }
        String configured = environment("GRAFT_ENDPOINT", "");
        return configured.isEmpty() ? Endpoints.grpc(home()) : configured;
    }

    /** An environment variable; {@code otherwise} when it is unset or empty. */
    public String environment(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** Tells how to go on should Ctrl-C end the command before the guard is closed. */
    public Interruption onInterrupt(String message) {
        if (interruptions == null) {
            interruptions = new Interruptions(output());
        }
        return interruptions.open(message);
    }

    @Override
    public void close() {
        if (interruptions != null) {
            interruptions.close();
        }
        if (connection != null) {
            connection.close();
        }
    }

    private Path tokenFile() {
        if (options.tokenFile != null) {
            return options.tokenFile;
        }
        String configured = environment("GRAFT_TOKEN_FILE", "");
        return configured.isEmpty() ? home().token() : Path.of(configured);
    }

    private OutputFormat format() {
        if (options.output != null) {
            return options.output;
        }
        return environmentFormat().equals("json") ? OutputFormat.JSON : OutputFormat.TEXT;
    }

    private String environmentFormat() {
        return environment("GRAFT_OUTPUT", "text").toLowerCase(Locale.ROOT);
    }
}
