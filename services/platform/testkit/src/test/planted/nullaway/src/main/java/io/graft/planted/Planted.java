package io.graft.planted;

import org.jspecify.annotations.Nullable;

record Planted(@Nullable String value) {
    int length() {
        return value.length();
    }
}
