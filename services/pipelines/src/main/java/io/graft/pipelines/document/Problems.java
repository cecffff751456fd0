package io.graft.pipelines.document;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a document, all of it. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /**
     * One problem.
     *
     * @param message what is wrong and the cure
     */
    public record Problem(Place place, String message) {}

    /** Notes a problem. */
    public void add(Place place, String message) {
        found.add(new Problem(place, message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The problems by line. */
    public List<Problem> sorted() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }

    /** @throws GraftException {@code INVALID_PIPELINE} naming every problem with its line, if there is any */
    public void throwIfAny(String field) {
        if (!found.isEmpty()) {
            throw GraftException.invalid(
                    ErrorCode.INVALID_PIPELINE,
                    sorted().stream()
                            .map(problem -> new FieldViolation(field, text(problem)))
                            .toList());
        }
    }

    private static String text(Problem problem) {
        Place place = problem.place();
        String path = place.path().isEmpty() ? "" : place.path() + " ";
        return "line " + place.line() + ": " + path + problem.message();
    }
}
