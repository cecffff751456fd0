package io.graft.cli.terminal;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results, nothing else
 * @param err progress, notes and problems
 * @param live whether {@code err} is a terminal that can redraw a line
 */
public record Console(PrintStream out, PrintStream err, boolean live) {

    /** The process's own streams. */
    public static Console system() {
        return new Console(System.out, System.err, StandardErrorTerminal.isLive());
    }
}
