package io.graft.platform.request;

import io.graft.platform.error.Violations;
import java.util.Map;
import java.util.regex.Pattern;

/** Rules for fields that many requests share. */
public final class RequestRules {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/-]{0,128}");
    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final int MAX_LABELS = 64;
    private static final int MAX_LABEL_LENGTH = 256;
    private static final int MAX_DESCRIPTION = 2000;

    private RequestRules() {}

    /** An idempotency key; empty is allowed. */
    public static void checkRequestId(Violations violations, String requestId) {
        violations.require(
                REQUEST_ID.matcher(requestId).matches(), "request_id", "has at most 128 letters, digits and . _ : / -");
    }

    /** Labels: 64 at most; keys that a filter can name, short values. */
    public static void checkLabels(Violations violations, String field, Map<String, String> labels) {
        violations.require(labels.size() <= MAX_LABELS, field, "has more than " + MAX_LABELS + " entries");
        labels.forEach((key, value) -> {
            violations.require(
                    LABEL_KEY.matcher(key).matches(),
                    field,
                    "key '" + excerpt(key) + "' is refused; use 1 to 63 letters, digits and . _ -");
            violations.require(
                    value.length() <= MAX_LABEL_LENGTH && value.indexOf('\0') < 0,
                    field + "." + excerpt(key),
                    "has at most " + MAX_LABEL_LENGTH + " characters and no NUL");
        });
    }

    /** Text for people. */
    public static void checkDescription(Violations violations, String field, String description) {
        violations.require(
                description.length() <= MAX_DESCRIPTION && description.indexOf('\0') < 0,
                field,
                "has at most " + MAX_DESCRIPTION + " characters and no NUL");
    }

    private static String excerpt(String text) {
        return text.length() <= 63 ? text : text.substring(0, 63) + "...";
    }
}
