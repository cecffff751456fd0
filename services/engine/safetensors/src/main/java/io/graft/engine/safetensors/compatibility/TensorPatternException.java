package io.graft.engine.safetensors.compatibility;

/** An include or exclude pattern that cannot be used. */
public final class TensorPatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pattern;

    TensorPatternException(String pattern, String why) {
        super("pattern '" + pattern + "' " + why);
        this.pattern = pattern;
    }

    /** The pattern as it was given. */
    public String pattern() {
        return pattern;
    }
}
