package io.graft.cli.method;

import com.google.protobuf.Value;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.Method;
import io.graft.v1.MethodParameter;
import java.io.PrintStream;

/** A method as people read it. */
final class MethodText {
    private MethodText() {}

    static void print(Method method, PrintStream out) {
        new Fields()
                .add("method", method.getName().replaceFirst("^methods/", ""))
                .add("title", method.getTitle())
                .add("summary", method.getSummary())
                .add("paper", method.getPaper())
                .add("notes", String.join("\n", method.getNotesList()))
                .print(out);
        if (method.getParametersCount() > 0) {
            out.println();
            Table table = new Table("PARAMETER", "TYPE", "DEFAULT", "RANGE", "MEANING");
            method.getParametersList()
                    .forEach(parameter -> table.row(
                            parameter.getName(),
                            parameter.getType(),
                            standard(parameter),
                            range(parameter),
                            parameter.getDescription()));
            table.print(out);
        }
    }

    private static String standard(MethodParameter parameter) {
        if (parameter.getRequired()) {
            return "required";
        }
        Value value = parameter.getDefaultValue();
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> Figures.number(value.getNumberValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case STRING_VALUE -> value.getStringValue();
            case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> "";
        };
    }

    private static String range(MethodParameter parameter) {
        if (parameter.getChoicesCount() > 0) {
            return String.join("|", parameter.getChoicesList());
        }
        String least = parameter.hasMinimum()
                ? (parameter.getExclusiveMinimum() ? "> " : ">= ") + Figures.number(parameter.getMinimum())
                : "";
        String most = parameter.hasMaximum()
                ? (parameter.getExclusiveMaximum() ? "< " : "<= ") + Figures.number(parameter.getMaximum())
                : "";
        return (least + " " + most).strip();
    }
}
