package io.graft.pipelines.document;

/**
 * Where something stands in a document.
 *
 * @param path for people, for example {@code steps[1].job.kind}; empty for the document as a whole
 * @param line from 1
 * @param column from 1
 */
public record Place(String path, int line, int column) {
    /** The same position under the path of an entry. */
    Place named(String name) {
        return new Place(path.isEmpty() ? name : path + "." + name, line, column);
    }
}
