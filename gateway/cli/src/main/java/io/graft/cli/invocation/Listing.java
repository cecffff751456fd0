package io.graft.cli.invocation;

import io.graft.cli.terminal.OutputFormat;

/** What a list says on standard error beside its rows. */
public final class Listing {
    private Listing() {}

    /** Tells a person that there is nothing, or how to see more. */
    public static void note(Invocation invocation, int shown, String what, String nextPageToken) {
        if (invocation.output().format() == OutputFormat.JSON) {
            return;
        }
        if (shown == 0) {
            invocation.output().note("There are no " + what + ".");
        }
        if (!nextPageToken.isEmpty()) {
            invocation.output().note("There are more: add --all, or --page-token " + nextPageToken);
        }
    }
}
