package io.graft.platform.process;

import io.graft.platform.launch.WorkerEnvironment;
import io.graft.v1.Assignment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line and the environment of a worker. No shell sees either. */
final class WorkerCommand {
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "TZ");

    private final WorkerSettings settings;

    WorkerCommand(WorkerSettings settings) {
        this.settings = settings;
    }

    Process start(Assignment assignment, WorkerHome home) {
        ProcessBuilder builder = new ProcessBuilder(arguments(assignment.getKind(), home));
        builder.directory(home.work().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.logFile().toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(PASSED_ON);
        environment.putAll(environment(assignment, home));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("No worker can be started; check graft.worker.command", e);
        }
    }

    private List<String> arguments(String kind, WorkerHome home) {
        List<String> arguments = new ArrayList<>();
        arguments.add(settings.java().toString());
        arguments.add("-Xmx" + settings.heapOf().getOrDefault(kind, settings.heap()));
        arguments.add("-XX:+ExitOnOutOfMemoryError");
        arguments.addAll(settings.jvmArguments());
        arguments.addAll(settings.jvmArgumentsOf().getOrDefault(kind, List.of()));
        arguments.add(home.mark());
        arguments.add("-cp");
        arguments.add(settings.libraries() + File.separator + "*");
        arguments.add(settings.mainClass());
        return arguments;
    }

    private Map<String, String> environment(Assignment assignment, WorkerHome home) {
        Map<String, String> environment = new java.util.HashMap<>(settings.environment());
        environment.put(WorkerEnvironment.JOB, assignment.getJob());
        environment.put(WorkerEnvironment.ATTEMPT, Integer.toString(assignment.getAttempt()));
        environment.put(WorkerEnvironment.FENCING_TOKEN, Long.toString(assignment.getFencingToken()));
        environment.put(WorkerEnvironment.WORK_DIRECTORY, home.work().toString());
        environment.put(WorkerEnvironment.TRACEPARENT, assignment.getTraceparent());
        return environment;
    }
}
