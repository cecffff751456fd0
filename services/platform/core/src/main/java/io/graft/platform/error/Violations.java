package io.graft.platform.error;

import java.util.ArrayList;
import java.util.List;

/** Collects the bad fields of one request so that the caller learns of all at once. Not thread-safe. */
public final class Violations {
    private final List<FieldViolation> found = new ArrayList<>();

    public void add(String field, String description) {
        found.add(new FieldViolation(field, description));
    }

    /** Adds a violation unless {@code holds}. */
    public void require(boolean holds, String field, String description) {
        if (!holds) {
            add(field, description);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws GraftException with code {@link ErrorCode#INVALID_REQUEST} naming every violation, if there is any */
    public void throwIfAny() {
        throwIfAny(ErrorCode.INVALID_REQUEST);
    }

    /** @throws GraftException with that code naming every violation, if there is any */
    public void throwIfAny(ErrorCode code) {
        if (!found.isEmpty()) {
            throw GraftException.invalid(code, found);
        }
    }
}
