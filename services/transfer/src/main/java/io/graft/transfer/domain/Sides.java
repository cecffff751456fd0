package io.graft.transfer.domain;

import java.util.Map;
import java.util.stream.Collectors;

/** Words for what each input has. */
final class Sides {
    private Sides() {}

    /** For example {@code source_base 384, target 512}. */
    static String describe(Map<String, String> byRole) {
        return byRole.entrySet().stream()
                .map(side -> side.getKey() + " " + side.getValue())
                .collect(Collectors.joining(", "));
    }
}
