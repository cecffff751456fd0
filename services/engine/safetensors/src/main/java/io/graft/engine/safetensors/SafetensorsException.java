package io.graft.engine.safetensors;

import org.jspecify.annotations.Nullable;

/**
 * Weights that cannot be trusted. The message names the file, the tensor where there is one, and the cure; it holds no
 * more than a short excerpt of the file's own text, so it may be shown to a caller.
 */
public final class SafetensorsException extends RuntimeException {
    private static final int LONGEST_EXCERPT = 120;
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String file;
    private final @Nullable String tensor;

    private SafetensorsException(Problem problem, String file, @Nullable String tensor, String message) {
        super(message);
        this.problem = problem;
        this.file = file;
        this.tensor = tensor;
    }

    /** A problem of a whole file or folder. */
    public static SafetensorsException of(Problem problem, String file, String what, String cure) {
        return new SafetensorsException(problem, file, null, excerpt(file) + ": " + what + ". " + cure);
    }

    /** A problem of one tensor. */
    public static SafetensorsException ofTensor(Problem problem, String file, String tensor, String what, String cure) {
        return new SafetensorsException(
                problem, file, tensor, excerpt(file) + ": tensor '" + excerpt(tensor) + "' " + what + ". " + cure);
    }

    /** The same, with what brought it to light as its cause. */
    SafetensorsException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** The kind of problem. */
    public Problem problem() {
        return problem;
    }

    /** The file or folder, as the caller named it. */
    public String file() {
        return file;
    }

    /** The tensor, or null when the problem is of the whole file. */
    public @Nullable String tensor() {
        return tensor;
    }

    static String excerpt(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_EXCERPT ? printable : printable.substring(0, LONGEST_EXCERPT) + "...";
    }
}
