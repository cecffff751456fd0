package io.graft.platform.artifact;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The one canonicaliser of paths inside a version. A path that passes is a safe object key and a safe relative file. */
public final class ArtifactPath {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+=@-]{0,199}");
    private static final Pattern PICKLE = Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl|pickle)");
    private static final int MAX_LENGTH = 500;

    private ArtifactPath() {}

    /**
     * Checks a path.
     *
     * @return the path itself
     * @throws GraftException {@code INVALID_REQUEST} for a path that climbs, is absolute or holds odd characters;
     *     {@code UNSUPPORTED_FILE} for a pickle, which could run code on load
     */
    public static String check(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            throw new GraftException(
                    ErrorCode.INVALID_REQUEST,
                    "A file path has 1 to " + MAX_LENGTH + " characters",
                    Map.of("path", path));
        }
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new GraftException(
                        ErrorCode.INVALID_REQUEST,
                        "File path '" + path
                                + "' is refused: each segment begins with a letter, digit or '_' and has only"
                                + " letters, digits and . _ + = @ -",
                        Map.of("path", path));
            }
        }
        if (PICKLE.matcher(path.toLowerCase(Locale.ROOT)).matches()) {
            throw new GraftException(
                    ErrorCode.UNSUPPORTED_FILE,
                    "File '" + path + "' is a pickle, which may run code when it is loaded; convert it to safetensors",
                    Map.of("path", path));
        }
        return path;
    }
}
