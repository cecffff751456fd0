package io.graft.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results, nothing else
 * @param err progress, notes and problems
 * @param live whether {@code err} is a terminal that can redraw a line
 */
public record Console(PrintStream out, PrintStream err, boolean live) {

    /** The process's own streams, in UTF-8 whatever the locale, as JSON has to be. */
    public static Console system() {
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), StandardErrorTerminal.isLive());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }
}
