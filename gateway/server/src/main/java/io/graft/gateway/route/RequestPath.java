package io.graft.gateway.route;

import io.graft.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a request, split and decoded exactly once.
 *
 * @param segments what stands between slashes, decoded; none is empty, a dot segment, or holds a slash, a backslash,
 *     a percent sign or a control character
 * @param verb what follows the last segment's last colon, also one that came as {@code %3A}, as some clients send it: no
 *     id holds a colon; empty when there is none
 */
public record RequestPath(List<String> segments, String verb) {
    public RequestPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads the path as it came in the request line.
     *
     * @throws ProblemException with status 400 for whatever could be read in two ways
     */
    public static RequestPath parse(String raw) {
        if (!raw.startsWith("/")) {
            throw ProblemException.invalid("the path must begin with '/'");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : raw.substring(1).split("/", -1)) {
            segments.add(safe(segment));
        }
        String last = segments.removeLast();
        int colon = last.lastIndexOf(':');
        segments.add(colon < 0 ? last : last.substring(0, colon));
        if (colon == 0 || colon == last.length() - 1) {
            throw ProblemException.invalid("path segment '" + last + "' lacks an id or a verb beside its colon");
        }
        return new RequestPath(segments, colon < 0 ? "" : last.substring(colon + 1));
    }

    private static String safe(String segment) {
        String decoded = PercentEncoding.decode(segment, false);
        boolean dots = decoded.equals(".") || decoded.equals("..");
        if (decoded.isEmpty() || dots || decoded.chars().anyMatch(RequestPath::isAmbiguous)) {
            throw ProblemException.invalid(
                    "path segment '" + segment
                            + "' is refused: a segment can't be empty, '.' or '..', nor hold '/', '\\', '%' or control characters");
        }
        return decoded;
    }

    private static boolean isAmbiguous(int c) {
        return c == '/' || c == '\\' || c == '%' || Character.isISOControl(c);
    }
}
