package io.graft.platform.datasets.format;

import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what the Parquet library hands out into values; dates, times and identifiers become their ISO text. */
final class ParquetValues {
    private final Pictures pictures;

    ParquetValues(ReadLimits limits) {
        this.pictures = new Pictures(limits);
    }

    /** The cells of a row or struct, by name. */
    Map<String, Value> fields(StructAccessor struct) throws PictureException {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < struct.getFieldCount(); i++) {
            values.put(struct.getFieldName(i), struct.isNull(i) ? Value.Absent.ABSENT : value(struct.getValue(i)));
        }
        return values;
    }

    private Value value(@Nullable Object value) throws PictureException {
        return switch (value) {
            case null -> Value.Absent.ABSENT;
            case String text -> new Value.Text(text);
            case Long number -> new Value.Whole(number);
            case Integer number -> new Value.Whole(number);
            case Short number -> new Value.Whole(number);
            case Byte number -> new Value.Whole(number);
            case Double number -> decimal(number);
            case Float number -> decimal(number);
            case BigDecimal number -> decimal(number.doubleValue());
            case Boolean truth -> new Value.Truth(truth);
            case byte[] bytes -> new Value.Image(pictures.decode(bytes));
            case PqList list -> items(list);
            case PqStruct struct -> struct(struct);
            default -> new Value.Text(String.valueOf(value));
        };
    }

    private static Value decimal(double number) {
        return Double.isFinite(number) ? new Value.Decimal(number) : Value.Absent.ABSENT;
    }

    private Value items(PqList list) throws PictureException {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            values.add(list.isNull(i) ? Value.Absent.ABSENT : value(list.get(i)));
        }
        return new Value.Items(values);
    }

    /** The image columns of the Hugging Face hub are structs of the bytes of a file and its path. */
    private Value struct(PqStruct struct) throws PictureException {
        Map<String, Value> values = fields(struct);
        if (values.keySet().equals(Set.of("bytes", "path")) && values.get("bytes") instanceof Value.Image image) {
            return image;
        }
        return new Value.Fields(values);
    }
}
