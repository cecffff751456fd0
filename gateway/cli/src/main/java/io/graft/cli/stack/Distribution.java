package io.graft.cli.stack;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the programs of the stack lie.
 *
 * @param root {@code $GRAFT_DIST}, or the checkout that this command was built in
 */
public record Distribution(Path root) {

    /** Where this command belongs. */
    public static Distribution of(Invocation invocation) {
        String configured = invocation.environment("GRAFT_DIST", "");
        return new Distribution(
                configured.isEmpty() ? checkout() : Path.of(configured).toAbsolutePath());
    }

    /**
     * A folder that the build fills.
     *
     * @param relative its path below the root
     */
    public Path folder(String relative) {
        Path folder = root.resolve(relative);
        if (!Files.isDirectory(folder)) {
            throw notBuilt(folder);
        }
        return folder;
    }

    /** The stack's program. */
    Path program() {
        Path program = root.resolve("services/standalone/app/target/quarkus-app/" + StackProcess.MARK);
        if (!Files.isRegularFile(program)) {
            throw notBuilt(program);
        }
        return program;
    }

    private static CommandException notBuilt(Path absent) {
        return new CommandException(
                ExitCode.FAILED,
                "NOT_BUILT",
                "There is no " + absent
                        + ". Build it with: mvn package -DskipTests (the script ./graft does so), or set"
                        + " GRAFT_DIST to where it is.");
    }

    private static Path checkout() {
        try {
            Path code = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path module = code;
            while (module != null && !module.endsWith("target")) {
                module = module.getParent();
            }
            return module == null ? code : module.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
