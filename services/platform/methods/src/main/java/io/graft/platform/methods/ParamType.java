package io.graft.platform.methods;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The type of a parameter, as it travels in JSON and as a component of a record of parameters. */
public enum ParamType {
    /** A finite number; {@code double} or {@code Double}. */
    NUMBER,
    /** A whole number, also when written with a fraction of zero; {@code int}, {@code long} or a box of them. */
    INTEGER,
    /** {@code boolean}. */
    BOOLEAN,
    /** A non-empty text; {@code String}. */
    TEXT,
    /** One of a few words; an enum, whose constants travel in lower case. */
    CHOICE,
    /** {@code List<String>}. */
    TEXT_LIST,
    /** {@code List<Integer>}. */
    INTEGER_LIST,
    /** An object of finite numbers; {@code Map<String, Double>} in the order given. */
    NUMBER_MAP,
    /** A list of names or one text; {@link NameSelection}. */
    NAME_SELECTION;

    /** The type in the catalogue's JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ParamType ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The type of a record component; a list's element type is told apart by its generic name. */
    static ParamType of(Class<?> raw, String genericName) {
        if (raw == double.class || raw == Double.class) {
            return NUMBER;
        }
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return INTEGER;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return BOOLEAN;
        }
        if (raw == String.class) {
            return TEXT;
        }
        if (raw.isEnum()) {
            return CHOICE;
        }
        if (raw == NameSelection.class) {
            return NAME_SELECTION;
        }
        if (raw == Map.class) {
            return NUMBER_MAP;
        }
        if (raw == List.class) {
            return genericName.contains("Integer") ? INTEGER_LIST : TEXT_LIST;
        }
        throw new IllegalArgumentException(raw + " cannot be a parameter's type; use one of those of ParamType");
    }

    boolean isCollection() {
        return switch (this) {
            case TEXT_LIST, INTEGER_LIST, NUMBER_MAP, NAME_SELECTION -> true;
            case NUMBER, INTEGER, BOOLEAN, TEXT, CHOICE -> false;
        };
    }
}
