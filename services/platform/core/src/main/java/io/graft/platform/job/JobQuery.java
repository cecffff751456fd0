package io.graft.platform.job;

import io.graft.platform.query.FilterTerm;
import java.util.List;

/**
 * Which jobs to list.
 *
 * @param tenant the tenant's id
 * @param terms conditions that all hold
 * @param pageSize 1 to 1000
 * @param pageToken token of the page before; empty for the first
 */
public record JobQuery(String tenant, List<FilterTerm> terms, int pageSize, String pageToken) {
    public JobQuery {
        terms = List.copyOf(terms);
    }
}
