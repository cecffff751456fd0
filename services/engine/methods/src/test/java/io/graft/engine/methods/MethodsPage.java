package io.graft.engine.methods;

import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.methods.MethodDescriptor;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.ParamDescriptor;
import io.graft.platform.methods.ParamType;
import java.util.Locale;

/** {@code docs/methods.md}: what the catalogue says, for a reader. */
final class MethodsPage {
    private final StringBuilder page = new StringBuilder();

    private MethodsPage() {}

    static String of(MethodCatalog catalog) {
        return new MethodsPage().write(catalog);
    }

    private String write(MethodCatalog catalog) {
        page.append("""
                # Methods

                Written from the code. A spec chooses a method by its name and may set its parameters; what it leaves
                out gets the default, and the effective parameters are echoed on the job. An unknown name or parameter
                and a value out of range are refused at submission, all at once.
                """);
        for (MethodKind kind : MethodKind.values()) {
            if (!catalog.of(kind).isEmpty()) {
                String title = kind.wireName();
                page.append("\n## ")
                        .append(title.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(title.substring(1))
                        .append('\n');
                catalog.of(kind).forEach(this::method);
            }
        }
        return page.toString();
    }

    private void method(MethodDescriptor method) {
        page.append("\n### ")
                .append(method.title())
                .append(": `")
                .append(method.name())
                .append("`\n\n");
        page.append(method.summary()).append("\n\n");
        page.append("Source: ").append(method.paper()).append(".\n");
        if (!method.params().isEmpty()) {
            page.append("\n| Parameter | Type | Default | What |\n|---|---|---|---|\n");
            method.params().forEach(this::param);
        }
        if (!method.notes().isEmpty()) {
            page.append('\n');
            method.notes().forEach(note -> page.append("* ").append(note).append('\n'));
        }
    }

    private void param(ParamDescriptor param) {
        page.append("| `")
                .append(param.name())
                .append("` | ")
                .append(type(param))
                .append(" | ")
                .append(absent(param))
                .append(" | ")
                .append(param.doc().replace("|", "\\|"))
                .append(" |\n");
    }

    private static String type(ParamDescriptor param) {
        if (!param.choices().isEmpty()) {
            return "`" + String.join("`, `", param.choices()) + "`";
        }
        String range = param.range().words()
                + (param.below() == null ? "" : " below `" + param.below() + "`")
                + (param.atMost() == null ? "" : " up to `" + param.atMost() + "`");
        return (word(param.type()) + " " + range.strip()).strip();
    }

    private static String word(ParamType type) {
        return switch (type) {
            case NUMBER -> "number";
            case INTEGER -> "whole number";
            case BOOLEAN -> "true or false";
            case TEXT, CHOICE -> "text";
            case TEXT_LIST -> "list of texts";
            case INTEGER_LIST -> "list of whole numbers";
            case NUMBER_MAP -> "numbers by name";
            case NAME_SELECTION -> "text, or list of texts";
        };
    }

    private static String absent(ParamDescriptor param) {
        if (param.defaultText() != null) {
            return "`" + param.defaultText() + "`";
        }
        return param.required() ? "required" : param.optional() ? "none" : "empty";
    }
}
