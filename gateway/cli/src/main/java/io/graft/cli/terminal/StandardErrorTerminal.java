package io.graft.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether standard error is a terminal; the JDK only tells it for standard input and output together. */
final class StandardErrorTerminal {
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/2");

    private StandardErrorTerminal() {}

    static boolean isLive() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(DESCRIPTOR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noProcFileSystem) {
            return System.console() != null && System.console().isTerminal();
        }
    }
}
