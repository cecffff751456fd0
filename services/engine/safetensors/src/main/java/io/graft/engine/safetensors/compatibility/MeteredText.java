package io.graft.engine.safetensors.compatibility;

/** A tensor name that stops a regular expression once it has looked at too many characters. */
final class MeteredText implements CharSequence {
    private static final int BUDGET = 200_000;

    private final String text;
    private final String pattern;
    private int reads;

    MeteredText(String text, String pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    @Override
    public char charAt(int index) {
        reads++;
        if (reads > BUDGET) {
            throw new TensorPatternException(pattern, "takes too many steps on tensor '" + text + "': simplify it");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
