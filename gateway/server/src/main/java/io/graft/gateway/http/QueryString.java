package io.graft.gateway.http;

import io.graft.gateway.route.PercentEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a URL. */
final class QueryString {
    private QueryString() {}

    /** Decoded values by decoded name, in the order given; {@code raw} is what follows the question mark. */
    static Map<String, List<String>> parse(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return values;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(PercentEncoding.decode(name, true), _ -> new ArrayList<>())
                    .add(PercentEncoding.decode(value, true));
        }
        return values;
    }
}
