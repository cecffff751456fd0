package io.graft.registry.domain;

import io.graft.platform.query.Filter;
import io.graft.platform.query.FilterTerm;
import io.graft.platform.query.PageToken;
import java.util.List;
import java.util.Set;

/**
 * Which page of which list.
 *
 * @param parent resource name whose children are listed
 * @param terms conditions that all hold
 * @param size items at most
 * @param after position of the last item of the page before; empty for the first page
 * @param list what a page token is bound to
 */
public record Listing(String parent, List<FilterTerm> terms, int size, String after, String list) {
    public Listing {
        terms = List.copyOf(terms);
    }

    /**
     * Reads the paging fields of a request.
     *
     * @param fields fields that the filter may compare
     */
    public static Listing of(String parent, int pageSize, String pageToken, String filter, Set<String> fields) {
        return of(parent, PageToken.size(pageSize), pageToken, filter, Filter.parse(filter, fields));
    }

    /** A list of tensors: 1000 a page unless said otherwise, 10000 at most, without filter. */
    public static Listing ofTensors(String parent, int pageSize, String pageToken) {
        return of(parent, PageToken.size(pageSize, 1000, 10_000), pageToken, "tensors", List.of());
    }

    private static Listing of(String parent, int size, String pageToken, String what, List<FilterTerm> terms) {
        String list = parent + "\n" + what;
        String after =
                pageToken.isEmpty() ? "" : PageToken.decode(pageToken, list).position();
        return new Listing(parent, terms, size, after, list);
    }

    /** Token of the page that follows an item. */
    public String tokenAfter(String position) {
        return new PageToken(position).encode(list);
    }
}
