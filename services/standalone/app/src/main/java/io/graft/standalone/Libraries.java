package io.graft.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the jars of the processes lie that this one starts.
 *
 * @param worker directory of the worker's jars
 * @param parts directory of the jars of the embedded parts
 */
record Libraries(Path worker, Path parts) {

    /** @throws StandaloneException when a directory is not named or not there */
    static Libraries find(Map<String, String> environment) {
        return new Libraries(
                directory(environment, "GRAFT_WORKER_LIB", "services/engine/worker/target/lib"),
                directory(environment, "GRAFT_PARTS_LIB", "services/standalone/embedded/target/lib"));
    }

    private static Path directory(Map<String, String> environment, String variable, String inDistribution) {
        String named = environment.getOrDefault(variable, "");
        String distribution = environment.getOrDefault("GRAFT_DIST", "");
        if (named.isEmpty() && distribution.isEmpty()) {
            throw new StandaloneException(
                    ExitStatus.WRONG_SETTING,
                    "Set GRAFT_DIST to the folder of Graft, or start it with the script graft");
        }
        Path directory = named.isEmpty() ? Path.of(distribution, inDistribution) : Path.of(named);
        if (!Files.isDirectory(directory)) {
            throw new StandaloneException(
                    ExitStatus.WRONG_SETTING,
                    "There is no directory " + directory + ". Build Graft with ./graft build, or correct " + variable);
        }
        return directory.toAbsolutePath().normalize();
    }
}
