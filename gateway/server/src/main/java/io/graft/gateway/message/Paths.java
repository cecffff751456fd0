package io.graft.gateway.message;

/** Field paths as violations name them: {@code spec.include[2]}. */
final class Paths {
    private Paths() {}

    static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }
}
