package io.graft.pipelines.document;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads YAML 1.2 strictly: one document of 256 KiB at most, without anchors, aliases, tags and duplicate keys, 20 levels deep
 * at most. It works on the parser's events, so that nothing is expanded before it is refused.
 */
final class YamlReader {
    private static final int MAX_LENGTH = 256 << 10;
    private static final int MAX_DEPTH = 20;
    private static final ScalarResolver TYPES = new CoreScalarResolver(false);

    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(Problems problems, Iterator<Event> events) {
        this.problems = problems;
        this.events = events;
    }

    /** The document's tree; empty when it can't be read, which the problems tell of. */
    static Optional<Tree> read(String text, Problems problems) {
        Place start = new Place("", 1, 1);
        if (text.length() > MAX_LENGTH) {
            problems.add(start, "is longer than " + MAX_LENGTH + " characters");
            return Optional.empty();
        }
        try {
            LoadSettings settings = LoadSettings.builder().setLabel("document").build();
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return new YamlReader(problems, events).document(start);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(mark -> place("", mark)).orElse(start), "is not YAML: " + problem(e));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(start, "is not YAML: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String problem(MarkedYamlEngineException e) {
        return e.getProblem() == null ? String.valueOf(e.getMessage()) : e.getProblem();
    }

    private Optional<Tree> document(Place start) {
        Tree root = null;
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (++documents > 1) {
                    problems.add(place("", event.getStartMark().orElseThrow()), "begins a second document; give one");
                    return Optional.empty();
                }
                root = value("", events.next(), 0);
            }
        }
        if (root == null) {
            problems.add(start, "is empty");
        }
        return Optional.ofNullable(root);
    }

    private @Nullable Tree value(String path, Event event, int depth) {
        Place place = place(path, event.getStartMark().orElseThrow());
        if (event instanceof NodeEvent node) {
            refuseAnchor(place, node);
        }
        if (depth > MAX_DEPTH) {
            throw new YamlEngineException("more than " + MAX_DEPTH + " levels deep at line " + place.line());
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(place, scalar);
            case MappingStartEvent start -> mapping(place, start, depth);
            case SequenceStartEvent start -> sequence(place, start, depth);
            default -> null; // an alias, which is refused already; nothing else can stand here
        };
    }

    private void refuseAnchor(Place place, NodeEvent node) {
        String name = node.getAnchor().map(Anchor::getValue).orElse("");
        if (node instanceof AliasEvent) {
            problems.add(place, "uses the alias *" + name + "; aliases are refused, write the value out");
        } else if (!name.isEmpty()) {
            problems.add(place, "has the anchor &" + name + "; anchors are refused, write the value out");
        }
    }

    private Tree scalar(Place place, ScalarEvent event) {
        if (event.getTag().isPresent()) {
            problems.add(place, "has the tag " + event.getTag().get() + "; tags are refused");
        }
        String text = event.getValue();
        Tag type = TYPES.resolve(text, event.getImplicit().canOmitTagInPlainScalar());
        try {
            return new Tree.Scalar(place, text, event.isPlain() ? typed(text, type) : text);
        } catch (NumberFormatException e) {
            problems.add(place, "'" + text + "' is too large a number; quote it if it is text");
            return new Tree.Scalar(place, text, text);
        }
    }

    private static @Nullable Object typed(String text, Tag type) {
        if (type.equals(Tag.NULL)) {
            return null;
        }
        if (type.equals(Tag.BOOL)) {
            return Boolean.parseBoolean(text);
        }
        if (type.equals(Tag.INT)) {
            return Long.decode(text.startsWith("0o") ? "0" + text.substring(2) : decimal(text));
        }
        if (type.equals(Tag.FLOAT)) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
                case "-.inf" -> Double.NEGATIVE_INFINITY;
                case ".nan" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        }
        return text;
    }

    /** Without the leading zeros that would make {@link Long#decode} read base 8, which YAML 1.2 does not. */
    private static String decimal(String text) {
        return text.startsWith("0x") ? text : text.replaceFirst("^([-+]?)0+(?=[0-9])", "$1");
    }

    private Tree mapping(Place place, MappingStartEvent start, int depth) {
        refuseTag(place, start.getTag());
        SequencedMap<String, Tree> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            Tree key = value(place.path(), event, depth + 1);
            String name = key instanceof Tree.Scalar scalar ? scalar.text() : "";
            Tree value = value(place.named(name).path(), events.next(), depth + 1);
            if (!(key instanceof Tree.Scalar)) {
                problems.add(place, "has a key that is no text");
                continue;
            }
            Integer earlier = lines.putIfAbsent(name, key.place().line());
            if (earlier != null) {
                problems.add(
                        new Place(
                                place.named(name).path(),
                                key.place().line(),
                                key.place().column()),
                        "is there twice, first in line " + earlier + "; keep one");
            } else if (value != null) {
                entries.put(name, value);
            }
        }
        return new Tree.Mapping(place, entries);
    }

    private Tree sequence(Place place, SequenceStartEvent start, int depth) {
        refuseTag(place, start.getTag());
        List<Tree> items = new ArrayList<>();
        int index = 0;
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            Tree item = value(place.path() + "[" + index++ + "]", event, depth + 1);
            if (item != null) {
                items.add(item);
            }
        }
        return new Tree.Sequence(place, items);
    }

    private void refuseTag(Place place, Optional<String> tag) {
        tag.ifPresent(name -> problems.add(place, "has the tag " + name + "; tags are refused"));
    }

    private static Place place(String path, Mark mark) {
        return new Place(path, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
