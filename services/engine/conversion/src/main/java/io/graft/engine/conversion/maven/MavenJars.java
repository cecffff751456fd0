package io.graft.engine.conversion.maven;

import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds jars in the local repository, else has the machine's Maven copy them into a cache folder. Runs a child process from
 * an argument list; no shell is involved.
 *
 * @param localRepository Maven's own repository, usually {@code ~/.m2/repository}
 * @param cache where fetched jars are kept
 * @param command the program, usually {@code mvn}
 * @param patience how long a download may take
 */
public record MavenJars(Path localRepository, Path cache, String command, Duration patience) {
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";
    private static final int LAST_LINES = 5;

    /** With Maven's default places and ten minutes. */
    public static MavenJars withDefaults(Path cache) {
        Path repository =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        return new MavenJars(repository, cache, "mvn", Duration.ofMinutes(10));
    }

    /**
     * The jar's file, with its digest checked.
     *
     * @throws ImportException if Maven is missing or fails, for example offline, or if the content differs
     */
    public Path resolve(EmbeddingJar jar) throws IOException {
        Path file = resolve(jar.artifact());
        String actual = Sha256.ofFile(file);
        if (!actual.equals(jar.sha256())) {
            throw new ImportException(
                    ImportProblem.DIGEST_DIFFERS,
                    file.toString(),
                    "SHA-256 is " + actual + ", expected " + jar.sha256(),
                    "Delete the file and fetch it again");
        }
        return file;
    }

    /** The file of any artifact; its content is not checked. */
    public Path resolve(MavenArtifact artifact) throws IOException {
        Path installed = localRepository
                .resolve(artifact.group().replace('.', '/'))
                .resolve(artifact.artifact())
                .resolve(artifact.version())
                .resolve(artifact.fileName());
        if (Files.isRegularFile(installed)) {
            return installed;
        }
        Path cached = cache.resolve(artifact.fileName());
        if (!Files.isRegularFile(cached)) {
            Files.createDirectories(cache);
            fetch(artifact);
        }
        if (!Files.isRegularFile(cached)) {
            throw failed(artifact, "it reported success but copied nothing");
        }
        return cached;
    }

    private void fetch(MavenArtifact artifact) throws IOException {
        Path log = Files.createTempFile(cache, "maven-", ".log");
        try {
            Process process = start(artifact, log);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                throw failed(artifact, "it did not end within " + patience);
            }
            if (process.exitValue() != 0) {
                List<String> lines =
                        Files.readString(log, StandardCharsets.UTF_8).lines().toList();
                List<String> errors = lines.stream()
                        .filter(line -> line.contains("ERROR"))
                        .limit(LAST_LINES)
                        .toList();
                throw failed(artifact, "it ended with " + process.exitValue() + ": " + String.join(" ", errors));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw failed(artifact, "the fetch was interrupted").causedBy(stop);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private Process start(MavenArtifact artifact, Path log) {
        List<String> arguments = List.of(
                command,
                "--batch-mode",
                "--quiet",
                GOAL,
                "-Dartifact=" + artifact.coordinates(),
                "-DoutputDirectory=" + cache.toAbsolutePath(),
                "-Dmdep.useBaseVersion=true");
        try {
            return new ProcessBuilder(arguments)
                    .directory(cache.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException absent) {
            throw new ImportException(
                            ImportProblem.MAVEN_MISSING,
                            artifact.coordinates(),
                            "'" + command + "' cannot be run (" + absent.getMessage() + ")",
                            "Install Maven, or put the jar into the local repository")
                    .causedBy(absent);
        }
    }

    private static ImportException failed(MavenArtifact artifact, String what) {
        return new ImportException(
                ImportProblem.MAVEN_FAILED,
                artifact.coordinates(),
                "Maven could not get the jar, " + what,
                "Check the network and Maven's settings, or put the jar into the local repository");
    }
}
