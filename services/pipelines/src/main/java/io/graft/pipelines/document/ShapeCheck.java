package io.graft.pipelines.document;

import java.util.Set;
import java.util.stream.Collectors;

/** Compares a tree with a shape and names everything that differs. */
final class ShapeCheck {
    private final Problems problems;

    ShapeCheck(Problems problems) {
        this.problems = problems;
    }

    void check(Tree tree, Shape shape) {
        switch (shape) {
            case Shape.Named named -> check(tree, named.shape().get());
            case Shape.Text text -> text(tree, text);
            case Shape.Expression _ ->
                require(tree, isText(tree), "is an expression, not " + tree.kind() + "; quote it");
            case Shape.AnyValue _ -> {
                // Checked where it is used: by the specification's message.
            }
            case Shape.Whole whole -> whole(tree, whole);
            case Shape.Flag _ ->
                require(
                        tree,
                        tree instanceof Tree.Scalar scalar && scalar.value() instanceof Boolean,
                        "is true or false, not " + tree.kind());
            case Shape.Choice choice ->
                require(
                        tree,
                        tree instanceof Tree.Scalar scalar && choice.values().contains(scalar.text()),
                        "is one of " + String.join(", ", choice.values()) + ", not " + shown(tree));
            case Shape.ListOf list -> list(tree, list);
            case Shape.MapOf map -> map(tree, map);
            case Shape.Keys keys -> keys(tree, keys);
        }
    }

    private void text(Tree tree, Shape.Text text) {
        boolean fits = isText(tree)
                && (text.pattern().isEmpty() || ((Tree.Scalar) tree).text().matches(text.pattern()));
        require(tree, fits, "is text such as '" + text.example() + "', not " + shown(tree));
    }

    private void whole(Tree tree, Shape.Whole whole) {
        boolean fits = tree instanceof Tree.Scalar scalar
                && scalar.value() instanceof Long number
                && number >= whole.least()
                && number <= whole.greatest();
        require(
                tree,
                fits,
                "is a whole number from " + whole.least() + " to " + whole.greatest() + ", not " + shown(tree));
    }

    private void list(Tree tree, Shape.ListOf list) {
        if (!(tree instanceof Tree.Sequence sequence)) {
            problems.add(tree.place(), "is a list, not " + tree.kind());
            return;
        }
        int size = sequence.items().size();
        require(
                tree,
                size >= list.least() && size <= list.greatest(),
                "has " + list.least() + " to " + list.greatest() + " entries, not " + size);
        sequence.items().forEach(item -> check(item, list.item()));
    }

    private void map(Tree tree, Shape.MapOf map) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problems.add(tree.place(), "is a mapping, not " + tree.kind());
            return;
        }
        require(tree, mapping.entries().size() <= map.greatest(), "has more than " + map.greatest() + " entries");
        mapping.entries().forEach((key, value) -> {
            require(value, key.matches(map.keyPattern()), "has a name that is not of the form " + map.keyPattern());
            check(value, map.value());
        });
    }

    private void keys(Tree tree, Shape.Keys keys) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            problems.add(tree.place(), "is a mapping, not " + tree.kind());
            return;
        }
        mapping.entries().forEach((name, value) -> {
            Shape.Key key = keys.keys().get(name);
            if (key == null) {
                problems.add(
                        value.place(),
                        "is an unknown key; known are "
                                + String.join(", ", keys.keys().keySet()));
            } else {
                check(value, key.shape());
            }
        });
        keys.keys().forEach((name, key) -> {
            if (key.required()) {
                require(tree, mapping.get(name) != null, "lacks the key " + name);
            }
        });
        exactlyOne(mapping, keys.exactlyOne());
    }

    private void exactlyOne(Tree.Mapping mapping, Set<String> names) {
        if (!names.isEmpty()) {
            String there = names.stream().filter(mapping.entries()::containsKey).collect(Collectors.joining(" and "));
            boolean one = names.contains(there);
            require(
                    mapping,
                    one,
                    "has one of " + String.join(", ", names) + ", not " + (there.isEmpty() ? "none" : there));
        }
    }

    private void require(Tree tree, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(tree.place(), otherwise);
        }
    }

    private static boolean isText(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.value() instanceof String;
    }

    private static String shown(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.value() != null ? "'" + scalar.text() + "'" : tree.kind();
    }
}
