package io.graft.cli.invocation;

import com.google.protobuf.Message;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How much of a list to fetch. */
public final class Paging {
    @Option(
            names = "--page-size",
            paramLabel = "N",
            description = "entries a page, 1000 at most (default: the service's)")
    int pageSize;

    @Option(names = "--page-token", paramLabel = "TOKEN", description = "nextPageToken of the page before")
    String pageToken = "";

    @Option(names = "--all", description = "follow the pages to the end")
    boolean all;

    public int pageSize() {
        return pageSize;
    }

    /**
     * Fetches one page, or all and merges them.
     *
     * @param fetch takes a page token
     * @param next the token of the page after; empty at the end
     * @param merge appends the second page to the first
     */
    public <P extends Message> P fetch(Function<String, P> fetch, Function<P, String> next, BinaryOperator<P> merge) {
        P pages = fetch.apply(pageToken);
        while (all && !next.apply(pages).isEmpty()) {
            pages = merge.apply(pages, fetch.apply(next.apply(pages)));
        }
        return pages;
    }
}
