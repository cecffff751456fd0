package io.graft.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Starts Graft over a home: takes its lock, makes keys and passwords, starts the parts, and then the services. */
@QuarkusMain
public final class StandaloneMain {
    private StandaloneMain() {}

    /** Options and environment are those of {@code docs/reference/standalone.md}; so are the exit codes. */
    public static void main(String... arguments) {
        try {
            start(LaunchOptions.parse(List.of(arguments), System.getenv()), System.getenv());
        } catch (StandaloneException e) {
            fail(e.status(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail(ExitStatus.FAILED, "A file cannot be read or written: " + e);
        }
    }

    private static void start(LaunchOptions options, Map<String, String> environment) throws IOException {
        if (options.background()) {
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
            Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
        }
        Libraries libraries = Libraries.find(environment);
        Optional<Parts> external = ExternalParts.find(environment);
        GraftHome home = GraftHome.open(options.home());
        Shutdown shutdown = Shutdown.prepare(home.work(), RunLock.take(home));
        options.ports().checkServicePorts();
        TokenKeys keys = TokenKeys.open(home);
        new LocalToken(keys, Clock.systemUTC()).keep(home.config().resolve("token"));
        Parts parts = external.isPresent() ? external.get() : startParts(options, libraries, home, shutdown);
        ServiceSettings.of(home, options.ports(), libraries, parts, keys.publicFile())
                .forEach(System::setProperty);
        shutdown.servicesStarted();
        Quarkus.run(StandaloneApplication.class, (code, failure) -> end(code, failure, home, shutdown));
    }

    private static Parts startParts(LaunchOptions options, Libraries libraries, GraftHome home, Shutdown shutdown)
            throws IOException {
        PartsProcess process = PartsProcess.start(home, libraries.parts(), options.ports(), Secrets.open(home));
        shutdown.own(process);
        process.onExit(() -> {
            if (!shutdown.isStopping()) {
                fail(
                        ExitStatus.FAILED,
                        "PostgreSQL, Kafka and the S3 store ended unexpectedly; "
                                + home.logs().resolve("parts.log") + " says why. Start Graft again: no data is lost");
            }
        });
        return process.parts();
    }

    /** Called when the services have stopped, by whatever; doesn't return. */
    private static void end(int code, @Nullable Throwable failure, GraftHome home, Shutdown shutdown) {
        shutdown.servicesStopped();
        if (failure instanceof StandaloneException known) {
            fail(known.status(), String.valueOf(known.getMessage()));
        }
        if (failure != null) {
            fail(ExitStatus.FAILED, "The services do not start: " + failure + ". More is in " + home.logs());
        }
        System.exit(code);
    }

    private static void fail(ExitStatus status, String message) {
        System.err.println("graft: " + message);
        System.exit(status.code());
    }
}
