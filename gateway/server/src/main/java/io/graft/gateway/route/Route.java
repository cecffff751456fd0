package io.graft.gateway.route;

import java.util.List;
import java.util.Map;

/** What the route table knows about a request. */
public sealed interface Route {
    /**
     * It reaches an RPC.
     *
     * @param variables values that the path gives, by field path in proto spelling
     */
    record Found(Binding binding, Map<String, String> variables) implements Route {
        public Found {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * The path exists, for other HTTP methods only.
     *
     * @param allowed those methods, sorted
     */
    record OtherVerb(List<String> allowed) implements Route {
        public OtherVerb {
            allowed = List.copyOf(allowed);
        }
    }

    /** There is no such path. */
    record None() implements Route {}
}
