package io.graft.engine.data;

/**
 * What the columns of a data set mean, by name; empty where there is none.
 *
 * @param text to learn, to classify, or the anchor of a pair; {@code text} if empty where one is needed
 * @param textPair the second text to classify, or what belongs to the anchor
 * @param label the class; {@code label} if empty where one is needed
 * @param prompt given, not learnt where completions only are
 * @param completion what follows the prompt
 * @param messages a list of {@code role} and {@code content}
 * @param image a picture; {@code image} if empty where one is needed
 * @param negative what does not belong to the anchor
 */
public record ColumnRoles(
        String text,
        String textPair,
        String label,
        String prompt,
        String completion,
        String messages,
        String image,
        String negative) {

    /** The column of the text, its default included. */
    public String textOrDefault() {
        return text.isEmpty() ? "text" : text;
    }

    /** The column of the class, its default included. */
    String labelOrDefault() {
        return label.isEmpty() ? "label" : label;
    }

    /** The column of the picture, its default included. */
    String imageOrDefault() {
        return image.isEmpty() ? "image" : image;
    }
}
