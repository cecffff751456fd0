package io.graft.cli.invocation;

/** While it is open, Ctrl-C ends the command with a message that says how to go on. */
public final class Interruption implements AutoCloseable {
    private final Interruptions open;
    private final String message;

    Interruption(Interruptions open, String message) {
        this.open = open;
        this.message = message;
    }

    String message() {
        return message;
    }

    @Override
    public void close() {
        open.close(this);
    }
}
