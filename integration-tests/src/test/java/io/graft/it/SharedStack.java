package io.graft.it;

/** The one stack of the test run, started at first use and stopped when the run ends. */
final class SharedStack {
    private SharedStack() {}

    static GraftStack get() {
        return Holder.STACK;
    }

    private static final class Holder {
        static final GraftStack STACK = GraftStack.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(STACK::close, "stop-stack"));
        }
    }
}
