package io.graft.platform.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How workers are started on this machine.
 *
 * @param directory root of the work directories
 * @param java the program that starts a JVM
 * @param libraries directory of the worker's jars
 * @param mainClass what the JVM runs
 * @param heap largest heap, as {@code -Xmx} takes it
 * @param heapOf largest heap for kinds of jobs that want another one
 * @param jvmArguments further arguments of the JVM
 * @param jvmArgumentsOf further arguments of the JVM for kinds of jobs that want more
 * @param environment the variables that every worker gets; nothing of the service's own environment is passed on but
 *     {@code PATH}, {@code HOME}, {@code LANG} and {@code TZ}
 */
public record WorkerSettings(
        Path directory,
        Path java,
        Path libraries,
        String mainClass,
        String heap,
        Map<String, String> heapOf,
        List<String> jvmArguments,
        Map<String, List<String>> jvmArgumentsOf,
        Map<String, String> environment) {
    public WorkerSettings {
        heapOf = Map.copyOf(heapOf);
        jvmArguments = List.copyOf(jvmArguments);
        jvmArgumentsOf = Map.copyOf(jvmArgumentsOf);
        environment = Map.copyOf(environment);
    }

    /** Without the environment, which holds keys. */
    @Override
    public String toString() {
        return "WorkerSettings[" + java + " " + mainClass + " of " + libraries + " in " + directory + "]";
    }
}
