package io.graft.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a long command is, on standard error: one redrawn line on a terminal, else a line at every new label and every
 * quarter of the way. Thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final int CELLS = 24;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintStream err;
    private final boolean live;
    private final LongSupplier nanos;
    private String label = "";
    private int quarter;
    private long drawnAt;
    private boolean drawn;

    public Progress(Console console) {
        this(console, System::nanoTime);
    }

    /** @param nanos the clock that limits redrawing to ten lines a second */
    Progress(Console console, LongSupplier nanos) {
        this.err = console.err();
        this.live = console.live();
        this.nanos = nanos;
    }

    /**
     * Tells how far it is.
     *
     * @param label what is being done
     * @param of units in all; 0 when unknown
     * @param detail figures behind the bar; may be empty
     */
    public synchronized void update(String label, long step, long of, String detail) {
        boolean fresh = !label.equals(this.label);
        int reached = of <= 0 ? 0 : (int) Math.min(4, step * 4 / of);
        if (live) {
            boolean done = of > 0 && step >= of;
            if (fresh || done || nanos.getAsLong() - drawnAt >= REDRAW_NANOS) {
                draw(line(label, step, of, detail));
            }
        } else if (fresh || reached > quarter) {
            err.println(plain(label, step, of, detail));
            err.flush();
        }
        this.label = label;
        this.quarter = fresh ? reached : Math.max(quarter, reached);
    }

    /** Prints a line that stays, above the bar when there is one. */
    public synchronized void note(String line) {
        erase();
        err.println(line);
        err.flush();
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public synchronized void close() {
        erase();
        err.flush();
    }

    private void draw(String line) {
        err.print("\r" + line + "\u001b[K");
        err.flush();
        drawn = true;
        drawnAt = nanos.getAsLong();
    }

    private void erase() {
        if (drawn) {
            err.print("\r\u001b[K");
            drawn = false;
        }
    }

    private static String line(String label, long step, long of, String detail) {
        int filled = of <= 0 ? 0 : (int) Math.min(CELLS, step * CELLS / of);
        String bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
        return String.format(Locale.ROOT, "%-10s [%s] %s  %s", label, bar, percent(step, of), detail)
                .stripTrailing();
    }

    private static String plain(String label, long step, long of, String detail) {
        return (label + " " + percent(step, of).strip() + "  " + detail).stripTrailing();
    }

    private static String percent(long step, long of) {
        return of <= 0 ? "  ..." : String.format(Locale.ROOT, "%3d %%", Math.min(100, step * 100 / of));
    }
}
